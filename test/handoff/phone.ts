/** A phone's browser: follows links, keeps cookies, presses buttons, runs no script. */
import assert from 'node:assert/strict';
import { createPhone, type Phone } from '../../demo/phone/server.ts';
import type { HandoffOptions } from '../../src/methods/handoff/verify/config.ts';
import { platformOperator } from '../../src/methods/handoff/verify/providers/platform.ts';
import { crlSource, type Verifier } from '../../src/verifier/index.ts';
import { ORIGIN } from '../verifier/harness.ts';

/** One operator for a whole test file: its keys take longer than a test. */
export const operator: Phone = createPhone({ origin: ORIGIN });

const asOperator: typeof fetch = async (input, init) => {
  const answer = await operator.handle(new Request(input, init));
  return answer ?? new Response(null, { status: 404 });
};

type ProviderChanges = Partial<Parameters<typeof platformOperator>[0]>;

export const testProvider = (changes: ProviderChanges = {}) =>
  platformOperator({
    rungs: ['jpki', 'jpki-mobile', 'ic-chip'],
    app: { ja: 'テストアプリ', en: 'Test app' },
    environment: 'test',
    url: `${ORIGIN}/demo/phone/api`,
    apiKey: operator.apiKey,
    clientId: operator.clientId,
    fetch: asOperator,
    ...changes,
  });

export const handoffOptions = (changes: Partial<HandoffOptions> = {}): HandoffOptions => ({
  url: `${ORIGIN}/id-verify`,
  providers: [testProvider()],
  trustAnchors: [{ certificate: operator.cards.root.certificate, test: true }],
  revocation: { sources: [crlSource({ fetch: (request) => asOperator(request) })] },
  ...changes,
});

export interface Screen {
  readonly status: number;
  readonly text: string;
  readonly url: string;
}

export class PhoneBrowser {
  readonly cookies = new Map<string, string>();
  readonly headers: Record<string, string>;
  readonly #verifier: Verifier;
  #screen: Screen = { status: 0, text: '', url: '' };

  constructor(verifier: Verifier, headers: Record<string, string> = {}) {
    this.#verifier = verifier;
    this.headers = { 'sec-fetch-mode': 'navigate', 'accept-language': 'en', ...headers };
  }

  get screen(): Screen {
    return this.#screen;
  }

  /** Opens a link and follows redirects, as a person's tap does. */
  async open(url: string, init: RequestInit = {}): Promise<Screen> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.headers, ...(cookie && { cookie }), ...init.headers };
    const response = await this.#send(new Request(url, { ...init, headers, redirect: 'manual' }));
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    if (location !== null) return this.open(new URL(location, url).href);
    this.#screen = { status: response.status, text: await response.text(), url };
    return this.#screen;
  }

  /** The site and the simulated operator are in this process; whatever else is asked over HTTP. */
  async #send(request: Request): Promise<Response> {
    if (new URL(request.url).origin !== ORIGIN) return fetch(request);
    return (await operator.handle(request.clone())) ?? this.#verifier.fetch(request);
  }

  /** Presses a button of the screen, with what was filled in. */
  press(fields: Record<string, string>): Promise<Screen> {
    return this.open(this.#screen.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** Follows the one prominent link of the screen. */
  follow(): Promise<Screen> {
    const [, href = ''] = /<a class="button primary" href="([^"]+)"/.exec(this.#screen.text) ?? [];
    assert.notEqual(href, '', this.#screen.text);
    return this.open(href.replaceAll('&amp;', '&'));
  }

  /** From the link to the app: the code is chosen, and the app opened. */
  async toApp(link: string, code: string): Promise<Screen> {
    await this.open(link);
    assert.match(this.#screen.text, new RegExp(`value="${code}"`), this.#screen.text);
    await this.press({ code });
    return this.follow();
  }

  /** All of it, up to the first screen's turn. */
  async complete(link: string, code: string, pin = 'TEST1234'): Promise<Screen> {
    await this.toApp(link, code);
    await this.press({ action: 'sign', pin });
    return this.follow();
  }
}
