/** Sessions as the page sees them: never anything about the person, never the subject. */
import { isAllowed } from '../law/law.ts';
import type { MethodSettings, Profile } from '../methods/profile.ts';
import type {
  ClaimName,
  MethodId,
  MethodOffer,
  SessionStatus,
  SessionView,
} from '../wire/contract.ts';
import { type Core, profileOf, verifierOf } from './core.ts';
import { type Caller, keyOf } from './session.ts';
import { isLive, type SessionRecord } from './store.ts';
import { referenceFor } from './tokens.ts';

/** Without the reference, which only the holder of the right token is told. */
export function statusOf(core: Core, session: SessionRecord): SessionStatus {
  const { state, version, expiresAt, attemptsLeft, seq, prev, code } = session;
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
    ...(code && { code }),
    ...(handoff && { handoff }),
  };
}

/** Adds the result reference once there is something to redeem. */
export async function withReference(
  core: Core,
  caller: Caller,
  status: SessionStatus,
): Promise<SessionStatus> {
  const redeemable = status.state === 'pending' || status.state === 'done';
  if (!redeemable || keyOf(caller).refHash === undefined) return status;
  return { ...status, ref: await referenceFor(core.crypto, caller.token) };
}

/** What this profile offers at this time, in its order. */
export function offersOf(core: Core, profile: Profile): MethodOffer[] {
  const methods = Object.keys(profile.methods) as (keyof MethodSettings)[];
  return methods.flatMap((method) => {
    const lawful = profile.law === undefined || isAllowed(profile.law, method, core.now());
    const offer = lawful ? verifierOf(core, method)?.offer(method, profile) : undefined;
    return offer === undefined ? [] : [offer];
  });
}

export function viewOf(core: Core, session: SessionRecord): SessionView {
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
    ...(profile.individualNumber && { individualNumberBasis: profile.individualNumber.legalBasis }),
  };
}
