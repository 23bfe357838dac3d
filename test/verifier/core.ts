/** The parts a verifier is made of, for tests of one of them: real ones, with the clock of the test. */
import { defaultCrypto } from '../../src/crypto/node-crypto.ts';
import { technicalConfirmation } from '../../src/methods/confirmation.ts';
import type { Deployment } from '../../src/methods/method-verifier.ts';
import type { Profile } from '../../src/methods/profile.ts';
import { createVerifiers } from '../../src/methods/verifiers.ts';
import { aSession } from '../../src/store/conformance.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { SessionRecord } from '../../src/store/store.ts';
import type { Core } from '../../src/verifier/core.ts';
import type { LogEvent, VerifierOptions } from '../../src/verifier/options.ts';
import { Streams } from '../../src/verifier/streams.ts';
import { ORIGIN, options } from './harness.ts';

/** A round moment of today, at which the certificates of the test are in force. */
export const NOW = Math.floor(Date.now() / 60_000) * 60_000;

export const deploymentOf = (
  profiles: Readonly<Record<string, Profile>>,
  changes: Partial<Deployment> = {},
): Deployment => ({
  relyingParty: { name: { ja: 'テスト商店', en: 'Test shop' } },
  origins: [ORIGIN],
  loopbackOnly: true,
  profiles: new Map(Object.entries(profiles)),
  pages: [],
  confirmation: technicalConfirmation,
  crypto: defaultCrypto(),
  now: () => NOW,
  ...changes,
});

/** @param changes of what the site's own options are */
export function coreOf(changes: Partial<VerifierOptions> = {}, now: () => number = () => NOW) {
  const store = memoryStore();
  const given = { ...options(store), ...changes } as VerifierOptions;
  const log: LogEvent[] = [];
  const closing = new AbortController();
  const deployment = deploymentOf(given.profiles, { now });
  const core: Core = {
    ...deployment,
    options: given,
    basePath: '/id-verify',
    audience: `${ORIGIN}/id-verify`,
    environment: 'test',
    store,
    methods: createVerifiers(deployment, given),
    log: (event) => log.push(event),
    streams: new Streams(),
    closing: closing.signal,
  };
  return { core, log, close: () => closing.abort() };
}

/** A session of the site above, opened a minute ago. */
export const openSession = (changes: Partial<SessionRecord> = {}): SessionRecord =>
  aSession({
    origin: ORIGIN,
    createdAt: NOW - 60_000,
    expiresAt: NOW + 600_000,
    eraseAt: NOW + 6_000_000,
    exchanges: [],
    ...changes,
  });
