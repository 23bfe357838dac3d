/** The simulated operator of the tests in this process, and a phone that reaches it and a verifier. */

import type { HandoffOptions } from '../../src/methods/handoff/server/config.ts';
import { platformOperator } from '../../src/methods/handoff/server/providers/platform.ts';
import { createPhone, type Phone } from '../../src/testing/phone/server.ts';
import { directoryCrl, operatorsWord, type Verifier } from '../../src/verifier/index.ts';
import { ORIGIN } from '../verifier/harness.ts';
import { PlainBrowser } from './plain-browser.ts';

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
    bindsBrowser: true,
    ...changes,
  });

export const handoffOptions = (changes: Partial<HandoffOptions> = {}): HandoffOptions => ({
  url: `${ORIGIN}/id-verify`,
  providers: [testProvider()],
  trustAnchors: operator.cards.roots.map(({ certificate }) => ({ certificate, test: true })),
  revocation: { sources: [operatorsWord(), directoryCrl(async () => operator.cards.crl())] },
  ...changes,
});

export class PhoneBrowser extends PlainBrowser {
  constructor(verifier: Verifier, headers: Record<string, string> = {}) {
    super(
      // The site and the operator are in this process; whatever else is asked over HTTP.
      async (request) =>
        new URL(request.url).origin === ORIGIN
          ? ((await operator.handle(request.clone())) ?? verifier.fetch(request))
          : fetch(request),
      headers,
    );
  }
}
