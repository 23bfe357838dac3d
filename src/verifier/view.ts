/** Sessions as the page sees them: never anything about the person, never the subject. */
import type { Channel } from '../methods/method-verifier.ts';
import { type MethodSettings, type Profile, showsMore } from '../methods/profile.ts';
import { isLive, type SessionRecord } from '../store/store.ts';
import type {
  ClaimName,
  MethodId,
  MethodOffer,
  SessionStatus,
  SessionView,
} from '../wire/contract.ts';
import { type Core, isLawful, profileOf, verifierOf } from './core.ts';
import { isUnmet } from './requirement.ts';
import { type Caller, keyOf } from './session.ts';
import { referenceFor } from './tokens.ts';

/** Without the reference, which only the holder of the right token is told. */
export function statusOf(core: Core, session: SessionRecord): SessionStatus {
  const { state, version, expiresAt, attemptsLeft, seq, prev, code, reason } = session;
  const method = session.outcome?.method ?? session.held?.method;
  const handoff = isLive(session)
    ? core.methods.map((each) => each.status?.(session.exchanges)).find((found) => found)
    : undefined;
  return {
    state,
    version,
    now: core.now(),
    expiresAt,
    attemptsLeft,
    seq,
    prev,
    ...(method && { method }),
    ...(code && !isUnmet(session) && { code }),
    ...(reason && { reason }),
    ...(handoff && { handoff }),
    ...transferStatus(core, session),
  };
}

/** A move to a phone that somebody may still make, that was refused, or that has happened. */
function transferStatus(core: Core, session: SessionRecord) {
  const { state, transfer, keys } = session;
  if (transfer === undefined || state !== 'awaiting') return undefined;
  const { phase, expiresAt } = transfer;
  const over = phase === 'moved' ? keys.length < 2 : phase === 'waiting' && expiresAt <= core.now();
  if (over) return undefined;
  const offers = offersOf(core, profileOf(core, session));
  const method = offers.find((offer) => offer.method === transfer.method)?.method;
  return {
    transfer: {
      phase,
      expiresAt,
      ...(phase === 'refused' && { code: 'incomplete/wrong_code' }),
      ...(method && { method }),
    },
  };
}

/** What a status says to this caller alone: the role, and the reference once there is a result. */
export async function statusFor(
  core: Core,
  caller: Caller,
  status: SessionStatus,
): Promise<SessionStatus> {
  const { refHash } = keyOf(caller);
  const { state, code } = status;
  // A failure without a code: why, the server reads in the result.
  const redeemable = state === 'pending' || state === 'done' || (state === 'failed' && !code);
  return {
    ...status,
    role: roleOf(caller),
    ...retakeFor(caller, status),
    ...(redeemable && refHash && { ref: await referenceFor(core.crypto, caller.token) }),
  };
}

/** What a reviewer asks for again, told to the key that may answer. */
function retakeFor(
  { session, key }: Caller,
  { state }: SessionStatus,
): Pick<SessionStatus, 'retake'> {
  const { retake } = session;
  if (state !== 'awaiting' || retake === undefined || retake.key !== key) return {};
  const { method, step, gesture, reason } = retake;
  return { retake: { method, step, ...(gesture && { gesture }), reason } };
}

const roleOf = ({ session, key }: Caller): NonNullable<SessionStatus['role']> => {
  if (session.keys.length < 2) return 'sole';
  return session.keys[key]?.sends ? 'sender' : 'follower';
};

/** A status as it is told while somebody waits: with the link that is good for this moment. */
export async function currentStatus(
  core: Core,
  caller: Caller,
  channel: Channel,
): Promise<SessionStatus> {
  const { session } = caller;
  const status = await statusFor(core, caller, statusOf(core, session));
  const { handoff } = status;
  if (handoff === undefined || status.role === 'follower') return status;
  const payloads = core.methods.map((each) => each.payload?.(session.exchanges, channel));
  const payload = (await Promise.all(payloads)).find((found) => found !== undefined);
  return payload === undefined ? status : { ...status, handoff: { ...handoff, payload } };
}

/** The page of this origin on which a phone goes on; undefined where none may. */
export function transferPage(
  { options }: Core,
  { origin }: SessionRecord,
  { crossDevice }: Profile,
): string | undefined {
  if (crossDevice === 'forbid') return undefined;
  return options.transferPages?.find((page) => new URL(page).origin === origin);
}

/** What this profile offers at this time, in its order. */
export function offersOf(core: Core, profile: Profile): MethodOffer[] {
  const methods = Object.keys(profile.methods) as (keyof MethodSettings)[];
  return methods.flatMap((method) => {
    const offer =
      isLawful(core, profile, method) && !showsMore(profile, method)
        ? verifierOf(core, method)?.offer(method, profile)
        : undefined;
    return offer === undefined ? [] : [offer];
  });
}

/** @param handedOver what a phone is told that takes over */
export function viewOf(
  core: Core,
  session: SessionRecord,
  handedOver?: SessionView['handedOver'],
): SessionView {
  const profile = profileOf(core, session);
  const { relyingParty, audience } = core;
  const claims = Object.keys(profile.claims) as ClaimName[];
  const offers = offersOf(core, profile);
  const inOrder = (method: MethodId) => offers.filter((offer) => offer.method === method);
  return {
    id: session.id,
    status: statusOf(core, session),
    challenge: session.challenge,
    audience,
    origin: session.origin,
    profile: session.profile,
    environment: session.environment,
    relyingParty: {
      name: relyingParty.name,
      ...(relyingParty.legalName && { legalName: relyingParty.legalName }),
      ...(relyingParty.mark && { mark: relyingParty.mark }),
      ...(relyingParty.privacyPolicy && { privacyPolicy: relyingParty.privacyPolicy }),
    },
    purpose: profile.purpose,
    claims: claims.flatMap((claim) => {
      const rule = profile.claims[claim];
      return rule ? [{ claim, purpose: rule.purpose, retainDays: rule.retainDays }] : [];
    }),
    methods: session.methods.flatMap(inOrder),
    ...(transferPage(core, session, profile) && { transferable: true }),
    ...(handedOver && { handedOver }),
    ...(profile.individualNumber && { individualNumberBasis: profile.individualNumber.legalBasis }),
  };
}
