/** A checked deployment: what every call works with. */
import { isAllowed } from '../law/law.ts';
import type { Deployment, Environment, MethodVerifier } from '../methods/method-verifier.ts';
import type { Profile } from '../methods/profile.ts';
import type { SessionRecord, Store } from '../store/store.ts';
import type { MethodId } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { LogEvent, VerifierOptions } from './options.ts';
import type { Streams } from './streams.ts';

export interface Core extends Deployment {
  readonly options: VerifierOptions;
  readonly basePath: string;
  readonly audience: string;
  readonly environment: Environment;
  readonly store: Store;
  readonly methods: readonly MethodVerifier[];
  readonly log: (event: LogEvent) => void;
  readonly streams: Streams;
  /** Aborts when the verifier is closed. */
  readonly closing: AbortSignal;
}

export const verifierOf = (core: Core, method: MethodId): MethodVerifier | undefined =>
  core.methods.find((verifier) => verifier.methods.includes(method));

/** @throws IdVerifyError `config/profile` for a session whose profile the operator has removed */
export function profileOf(core: Core, session: Pick<SessionRecord, 'profile'>) {
  const profile = core.profiles.get(session.profile);
  if (profile === undefined) {
    throw new IdVerifyError('config/profile', 'the profile of this session is not configured');
  }
  return profile;
}

/** Whether the profile's law accepts this rung today. */
export const isLawful = (core: Core, { law }: Profile, method: MethodId): boolean =>
  law === undefined || isAllowed(law, method, core.now());

/** @throws IdVerifyError `policy/law` */
export function requireLawful(core: Core, profile: Profile, method: MethodId): void {
  if (!isLawful(core, profile, method)) {
    throw new IdVerifyError('policy/law', `${profile.law} does not accept ${method} today`);
  }
}
