/** The frame of the pages a phone sees: plain HTML and one style sheet, nothing else is let in. */
import type { CryptoProvider } from '../../../crypto/provider.ts';
import { utf8 } from '../../../wire/bytes.ts';
import { Html, html } from './html.ts';
import { STYLES } from './page-styles.ts';

export type Language = 'ja' | 'en';

/** The language a person reads, of those there are. */
export function languageOf(request: Request): Language {
  const wanted = (request.headers.get('accept-language') ?? '').toLowerCase().split(',');
  const first = wanted.map((part) => part.trim().slice(0, 2)).find((tag) => /^(ja|en)$/.test(tag));
  return first === 'en' ? 'en' : 'ja';
}

export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

let sheet: Promise<string> | undefined;

/** Source expression of the style sheet, CSP level 3 section 2.3.1. */
async function sheetSource(crypto: CryptoProvider): Promise<string> {
  const digest = await crypto.digest('SHA-256', utf8(STYLES));
  return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
}

/** A whole page. No script runs on it, nobody frames it, and where it leads stays untold. */
export async function pageResponse(
  crypto: CryptoProvider,
  { language, title, body, status = 200, headers = {} }: Page,
): Promise<Response> {
  sheet ??= sheetSource(crypto);
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(STYLES)}</style>
</head>
<body><main>${body}</main></body>
</html>`;
  return new Response(page.text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src ${await sheet}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      // Forms here say where they come from; nobody else learns the address, which holds a token.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      ...headers,
    },
  });
}
