/** `POST sessions/{id}/evidence`: a method judges, the session's rules decide what follows. */
import { type Claims, type ClaimValue, claimsOf, hasUnseen } from '../methods/claims.ts';
import type {
  Check,
  EvidenceContext,
  Exchange,
  MethodVerifier,
  Verdict,
} from '../methods/method-verifier.ts';
import type { Profile } from '../methods/profile.ts';
import {
  type EvidenceRecord,
  isLive,
  type PersonalRecord,
  type SessionRecord,
} from '../store/store.ts';
import { toBase64url } from '../wire/bytes.ts';
import type { ClaimName, MethodId } from '../wire/contract.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import { compareWithAccount } from './account.ts';
import { type Core, profileOf, requireLawful, verifierOf } from './core.ts';
import { jsonBytes, type Received, type Ruling, receive } from './envelope.ts';
import { explained } from './explain.ts';
import { imagesOf } from './images.ts';
import { LIMITS } from './limits.ts';
import { logFailure } from './log.ts';
import { isMet, requirementUnmet } from './requirement.ts';
import { endsAt, lifetime } from './retention.ts';
import { reviewFor } from './review.ts';
import {
  attemptSpent,
  type Caller,
  factsOf,
  keptName,
  requireRetaker,
  requireState,
} from './session.ts';
import { hashOf } from './tokens.ts';

export const receiveEvidence = (core: Core, request: Request, caller: Caller): Promise<Response> =>
  receive(core, request, caller, 'evidence', async (session, received) => {
    requireState(session, 'awaiting');
    requireRetaker({ ...caller, session });
    const { method } = received.payload;
    const verifier = allowedVerifier(core, session, method);
    const exchange = namedExchange(core, session, verifier, received);
    const judged: Judged = { core, session, received, exchange, key: caller.key };
    const verdict = await judge(judged, verifier, request.signal);
    if (verdict.outcome === 'accepted' && !isMet(profileOf(core, session), verdict.claims)) {
      return end(judged, verdict);
    }
    switch (verdict.outcome) {
      case 'accepted':
        return hold(judged, verdict);
      case 'pending':
        return wait(judged, verdict);
      case 'refused':
        return refuse(judged, verdict);
    }
  });

interface Judged {
  readonly core: Core;
  readonly session: SessionRecord;
  readonly received: Received;
  readonly exchange: Exchange;
  readonly key: number;
}

/** @throws IdVerifyError `policy/method`, `policy/law` */
function allowedVerifier(core: Core, session: SessionRecord, method: MethodId): MethodVerifier {
  const verifier = verifierOf(core, method);
  const asked = session.retake
    ? method === session.retake.method
    : session.methods.includes(method);
  if (verifier === undefined || !asked) {
    throw new IdVerifyError('policy/method', 'the session does not allow this method');
  }
  requireLawful(core, profileOf(core, session), method);
  return verifier;
}

/** @throws IdVerifyError `malformed/*`, `session/used`, `session/request_expired` */
function namedExchange(
  core: Core,
  session: SessionRecord,
  verifier: MethodVerifier,
  { payload }: Received,
): Exchange {
  const id = verifier.exchangeOf(payload.body);
  const exchange = session.exchanges.find(
    (asked) => asked.id === id && asked.method === payload.method,
  );
  if (exchange === undefined) {
    throw new IdVerifyError('session/used', 'no such request waits for an answer');
  }
  if (exchange.answerableUntil <= core.now()) {
    throw new IdVerifyError('session/request_expired', 'the request is too old to be answered');
  }
  return exchange;
}

/** A fault of the deployment, or of its store. */
const saysNothing = ({ category, code }: IdVerifyError): boolean =>
  category === 'config' || code === 'unavailable/storage';

/** Fail closed: whatever is thrown is a refusal, except a fault of the deployment. */
async function judge(
  { core, session, received, exchange, key }: Judged,
  verifier: MethodVerifier,
  signal: AbortSignal,
): Promise<Verdict> {
  const profile = profileOf(core, session);
  const { method, body } = received.payload;
  const { id } = session;
  // Any key but the first belongs to a phone that took over.
  const handedOver = key > 0;
  const context: EvidenceContext = {
    session: factsOf(core, session),
    profileId: session.profile,
    profile,
    method,
    handedOver,
    exchange,
    body,
    images: imagesOf(core, session, key),
    signal,
    kept: async () =>
      (await core.store.personal(id)).find(({ name }) => name === keptName(exchange))?.value,
  };
  try {
    const judged = withSentences(await verifier.verify(context));
    const verdict = handedOver ? { ...judged, crossDevice: true } : judged;
    if (verdict.outcome !== 'refused' && verdict.crossDevice && profile.crossDevice === 'forbid') {
      const { checks, proof } = verdict;
      return { outcome: 'refused', code: 'policy/cross_device', checks, proof };
    }
    if (verdict.outcome !== 'accepted' || !isMet(profile, verdict.claims)) return verdict;
    const read = { ...verdict, checks: [...verdict.checks, ...unseenIn(verdict.claims)] };
    return withSentences(await compareWithAccount(core, session, profile, read));
  } catch (error) {
    if (error instanceof IdVerifyError && saysNothing(error)) throw error;
    const known = error instanceof IdVerifyError;
    if (!known) logFailure(core, error, { session: id });
    return {
      outcome: 'refused',
      code: known ? error.code : 'undetermined/internal',
      checks: [],
      proof: {},
    };
  }
}

/**
 * One check for each claim with control or direction characters: the value is the document's own, so
 * it is handed on as it is, and marked. The person is shown it without them.
 */
const unseenIn = (claims: Claims): Check[] =>
  (Object.entries(claims) as [ClaimName, ClaimValue][])
    .filter(([, value]) => typeof value === 'string' && hasUnseen(value))
    .map(([claim]) => ({
      id: `claim.${claim}`,
      outcome: 'undetermined',
      code: 'undetermined/characters',
    }));

const withSentences = (verdict: Verdict): Verdict => ({
  ...verdict,
  checks: explained(verdict.checks),
});

async function hold(
  judged: Judged,
  verdict: Extract<Verdict, { outcome: 'accepted' }>,
): Promise<Ruling> {
  const { core, session, received, key } = judged;
  const { method } = received.payload;
  const profile = profileOf(core, session);
  const claims = askedOnly(profile, verdict.claims);
  const hideAt = core.now() + LIMITS.review;
  const review = reviewFor(
    profile,
    method,
    claims,
    verdict.checks,
    hideAt,
    toBase64url(core.crypto.randomBytes(32)),
  );
  const times = lifetime(core, session, Math.max(session.expiresAt, hideAt));
  const kept: PersonalRecord[] = Object.entries(claims).map(([name, value]) => ({
    name: `claim/${name}`,
    value: jsonBytes(value),
    eraseAt: times.eraseAt,
  }));
  kept.push({ name: 'review', value: review, eraseAt: times.eraseAt });
  if ((profile.retainDocumentDays ?? 0) > 0) {
    kept.push({ name: 'document', value: verdict.document, eraseAt: times.eraseAt });
  }
  core.log({ event: 'evidence.held', session: session.id, method });
  return {
    session: {
      ...session,
      ...times,
      state: 'review',
      code: undefined,
      exchanges: [],
      held: {
        seq: received.payload.seq,
        method,
        key,
        checks: verdict.checks,
        crossDevice: verdict.crossDevice,
        review: { hideAt, hash: await hashOf(core.crypto, review) },
      },
    },
    evidence: evidenceRecord(judged, verdict, undefined),
    personal: kept,
    answer: answerOf('review', verdict.checks),
  };
}

function wait(judged: Judged, verdict: Extract<Verdict, { outcome: 'pending' }>): Ruling {
  const { core, session, received, exchange, key } = judged;
  const { seq, method } = received.payload;
  const { checks, crossDevice, decideBy, images, rememberUntil } = verdict;
  // A case that comes back has the deadline it had.
  const deadline = session.retake ? session.expiresAt : decideBy;
  const times = endsAt(profileOf(core, session), deadline);
  core.log({ event: 'evidence.held', session: session.id, method });
  return {
    session: {
      ...session,
      ...times,
      state: 'pending',
      code: undefined,
      exchanges: [],
      retake: undefined,
      held: { seq, method, key, checks, crossDevice, exchange },
    },
    evidence: evidenceRecord(judged, verdict, undefined),
    images: { keep: images, eraseAt: times.eraseAt, ...(rememberUntil && { rememberUntil }) },
    answer: answerOf('pending', checks),
  };
}

async function refuse(
  judged: Judged,
  verdict: Extract<Verdict, { outcome: 'refused' }>,
): Promise<Ruling> {
  const { core, session, received, exchange } = judged;
  const { method } = received.payload;
  const { code } = verdict;
  core.log({ event: 'evidence.refused', session: session.id, method, code });
  const exchanges = session.exchanges.filter(({ id }) => id !== exchange.id);
  const personal = await core.store.personal(session.id);
  const next = attemptSpent(core, { ...session, exchanges }, code);
  return {
    session: next,
    ...(!isLive(next) && { images: 'erase' }),
    evidence: evidenceRecord(judged, verdict, code),
    personal: personal.filter(({ name }) => name !== keptName(exchange)),
    answer: { ...answerOf('refused', verdict.checks), code },
  };
}

/** Genuine, and not the answer the profile needs: over at once, and the page hears no reason. */
function end(judged: Judged, verdict: Extract<Verdict, { outcome: 'accepted' }>): Ruling {
  const change = requirementUnmet(judged.core, judged.session);
  return {
    ...change,
    evidence: evidenceRecord(judged, verdict, change.session.code),
    answer: answerOf('refused', []),
  };
}

const answerOf = <Outcome extends string>(outcome: Outcome, checks: readonly Check[]) => ({
  outcome,
  checks: checks.map(({ id, outcome }) => ({ id, outcome })),
});

function evidenceRecord(
  { core, received }: Judged,
  { checks, proof }: Pick<Verdict, 'checks' | 'proof'>,
  code: Code | undefined,
): EvidenceRecord {
  const { payload, hash, bytes } = received;
  const base = { seq: payload.seq, method: payload.method, receivedAt: core.now(), hash };
  // A refused envelope may hold anything, also data in the clear that nobody asked for.
  return { ...base, checks, proof, code, envelope: code === undefined ? bytes : undefined };
}

/** Whatever a method hands over, only what the profile asks goes on. */
function askedOnly(profile: Profile, claims: Claims): Claims {
  const asked = Object.entries(claims) as [ClaimName, ClaimValue][];
  return claimsOf(asked.filter(([name]) => profile.claims[name] !== undefined));
}
