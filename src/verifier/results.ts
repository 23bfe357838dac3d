/** Results leave the verifier here, for the site's server only. A browser event grants nothing. */

import type { SessionRecord } from '../store/store.ts';
import { token as reference, type SessionState } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { parseOptions } from '../wire/option-schemas.ts';
import { parseAs } from '../wire/parse.ts';
import * as v from '../wire/schema.ts';
import type { Core } from './core.ts';
import { type Expectation, memberName } from './options.ts';
import { keptClaims } from './requirement.ts';
import type { Result } from './result.ts';
import { current } from './session.ts';
import { sameHash, sessionIdOf, tokenHash } from './tokens.ts';

const STATUSES = {
  awaiting: undefined,
  review: undefined,
  pending: 'pending',
  done: 'verified',
  failed: 'refused',
  cancelled: 'cancelled',
  expired: 'expired',
} as const satisfies Record<SessionState, Result['status'] | undefined>;

const expectationSchema = v.object({
  subject: memberName,
  profile: v.string(),
  acceptTest: v.optional(v.boolean()),
});

/**
 * @throws IdVerifyError `session/unknown` (no such reference), `session/subject`, `policy/profile`
 *   (made for another), `policy/test_result`, `session/conflict` (nothing to redeem yet),
 *   `config/option` for an expectation of nobody
 */
export async function redeem(core: Core, ref: string, expectation: Expectation): Promise<Result> {
  parseOptions(expectationSchema, expectation);
  const unknown = () => new IdVerifyError('session/unknown', 'no such result');
  const id = sessionIdOf(parseAs(reference, ref, 'session/unknown'));
  const session = await current(core, id);
  const hash = await tokenHash(core.crypto, ref);
  if (!session.keys.some(({ refHash }) => refHash && sameHash(refHash, hash))) throw unknown();
  return expected(core, session, expectation);
}

/** The same without a reference, for a caller whose authority over all sessions has been checked. */
export async function resultById(core: Core, id: string, given: Expectation): Promise<Result> {
  parseOptions(expectationSchema, given);
  return expected(core, await current(core, id), given);
}

async function expected(
  core: Core,
  session: SessionRecord,
  expectation: Expectation,
): Promise<Result> {
  if (session.subject !== expectation.subject) {
    throw new IdVerifyError('session/subject', 'the result is about another subject');
  }
  if (session.profile !== expectation.profile) {
    throw new IdVerifyError('policy/profile', 'the result was made for another profile');
  }
  if (session.environment === 'test' && expectation.acceptTest !== true) {
    throw new IdVerifyError('policy/test_result', 'the result was made with a test issuer');
  }
  const result = await resultOf(core, session);
  core.log({ event: 'result.redeemed', session: session.id, profile: session.profile });
  return result;
}

/** @throws IdVerifyError `session/conflict` while there is nothing to tell */
export async function resultOf(core: Core, session: SessionRecord): Promise<Result> {
  const { id, subject, profile, origin, environment, outcome, held, code, reason } = session;
  // One photo is asked for again: nothing is decided yet.
  const status =
    session.retake && session.state === 'awaiting' ? 'pending' : STATUSES[session.state];
  if (status === undefined) throw new IdVerifyError('session/conflict', 'nothing to redeem yet');
  const accepted = outcome ?? held;
  const seq = outcome?.evidenceSeq ?? held?.seq;
  const bound = accepted?.checks.find(({ id }) => id === 'handoff.bound_browser');
  return {
    status,
    sessionId: id,
    subject,
    ...(session.externalId !== undefined && { externalId: session.externalId }),
    profile,
    origin,
    ...(accepted && { method: accepted.method }),
    crossDevice: accepted?.crossDevice ?? false,
    ...(bound && { boundBrowser: bound.outcome === 'passed' ? 'passed' : 'undetermined' }),
    environment,
    ...(outcome && { assurance: outcome.assurance, verifiedAt: outcome.verifiedAt }),
    ...(outcome?.legalBasis && { legalBasis: outcome.legalBasis }),
    claims: status === 'verified' ? await claimsOf(core, id) : {},
    checks: accepted?.checks.map((check) => ({ ...check })) ?? [],
    ...(seq !== undefined && { evidenceRef: `${id}/${seq}` }),
    ...(code && { code }),
    ...(reason && { reason }),
  };
}

async function claimsOf(core: Core, id: string): Promise<Result['claims']> {
  const now = core.now();
  const kept = (await core.store.personal(id)).filter(({ eraseAt }) => eraseAt > now);
  return keptClaims(kept) as Result['claims'];
}

/** `GET results/{ref}` */
export async function fetchResult(core: Core, request: Request, ref: string): Promise<Result> {
  const { authorizeResults } = core.options;
  if (authorizeResults === undefined) {
    throw new IdVerifyError('policy/results', 'results are not given out over HTTP here');
  }
  const expectation = await authorizeResults(request);
  if (!expectation) {
    throw new IdVerifyError('session/unauthorized', 'the caller may not fetch results');
  }
  return redeem(core, ref, expectation);
}
