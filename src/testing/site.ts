/**
 * A whole site of tests in one function: a verifier with test issuer, wallet and phone beside it, and
 * what the demo's page asks of its own server. Web APIs only, so it also runs in the page itself.
 */
import {
  createVerifier,
  IdVerifyError,
  type LogEvent,
  memoryStore,
  type Profile,
  type Verifier,
  type VerifierOptions,
} from '../verifier/index.ts';
import { createTestKit } from './kit.ts';
import { ACCOUNTS, memberOf } from './scenarios.ts';
import { inspectHandler } from './seen.ts';

export interface TestSiteOptions {
  readonly origin: string;
  /** Further origins whose pages it serves. */
  readonly pages?: readonly string[];
  readonly relyingParty: VerifierOptions['relyingParty'];
  readonly profiles: Readonly<Record<string, Profile>>;
  readonly log?: (event: LogEvent) => void;
}

export interface TestSite {
  readonly verifier: Verifier;
  /** @returns undefined for what is neither the verifier's nor part of the test */
  fetch(request: Request): Promise<Response | undefined>;
}

/** @throws RangeError for an origin that is not loopback; IdVerifyError `config/*` */
export function createTestSite({
  origin,
  pages = [],
  relyingParty,
  profiles,
  log,
}: TestSiteOptions): TestSite {
  const origins = [origin, ...pages];
  const kit = createTestKit({ origin, pages, name: relyingParty.name.ja ?? '' });
  const store = memoryStore();
  const verifier = createVerifier({
    ...kit.options,
    relyingParty,
    authorize: async (_, { profile }) => ({ subject: memberOf(profile), profiles: [profile] }),
    accounts: async (subject) => ACCOUNTS[subject],
    profiles,
    transferPages: origins.map((one) => `${one}/`),
    store,
    ...(log && { log }),
  });
  const saw = inspectHandler(store);
  return {
    verifier,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/id-verify/')) return verifier.fetch(request);
      if (pathname === '/demo/redeem') return redeemed(verifier, request);
      return (await kit.handle(request)) ?? saw(request);
    },
  };
}

/** What a site's own server does, for the demo's page. */
async function redeemed(verifier: Verifier, request: Request): Promise<Response> {
  const { ref, scenario } = Object(await request.json().catch(() => undefined));
  try {
    const profile = String(scenario);
    const expectation = { subject: memberOf(profile), profile, acceptTest: true };
    return Response.json(await verifier.redeem(String(ref), expectation));
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    return Response.json({ code: error.code }, { status: 404 });
  }
}
