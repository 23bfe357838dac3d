/** `GET sessions/{id}/review`: what was read, shown once to the person it is about. */
import { type Claims, type ClaimValue, withoutUnseen } from '../methods/claims.ts';
import type { Check } from '../methods/method-verifier.ts';
import type { Profile } from '../methods/profile.ts';
import type { ClaimName, MethodId, ReviewAnswer, ReviewItem } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { matchIn, type ReviewMatch } from './account.ts';
import type { Core } from './core.ts';
import { jsonBytes } from './envelope.ts';
import { jsonText } from './http.ts';
import { LIMITS } from './limits.ts';
import { type Caller, heldBy } from './session.ts';
import { hashOf } from './tokens.ts';

/** The exact bytes of the answer, which the confirmation covers. */
export function reviewFor(
  profile: Profile,
  method: MethodId,
  claims: Claims,
  checks: readonly Check[],
  hideAt: number,
  salt: string,
): Uint8Array<ArrayBuffer> {
  const read = Object.entries(claims) as [ClaimName, ClaimValue][];
  const items = read
    .filter(([claim]) => isShown(profile, claim))
    .map(([claim, value]) => reviewItem(claim, value, matchIn(checks, claim)));
  return jsonBytes({ method, hideAt, salt, items } satisfies ReviewAnswer);
}

/** The individual number never; the portrait only where the profile says so. */
const isShown = (profile: Profile, claim: ClaimName): boolean =>
  claim !== 'individual_number' && (profile.claims[claim]?.review ?? claim !== 'portrait');

function reviewItem(
  claim: ClaimName,
  value: ClaimValue,
  match: ReviewMatch | undefined,
): ReviewItem {
  if (typeof value === 'object')
    return { kind: 'image', claim, type: value.type, value: value.data };
  const compared = match && { match };
  return typeof value === 'boolean'
    ? { kind: 'boolean', claim, value, ...compared }
    : { kind: 'text', claim, value: withoutUnseen(String(value)), ...compared };
}

/**
 * Answers the same bytes until they are to be hidden; whoever asks after that is shown them anew,
 * for another while, and must confirm those.
 */
export async function review(core: Core, caller: Caller): Promise<Response> {
  const { session } = caller;
  const held = heldBy(caller);
  const personal = await core.store.personal(session.id);
  const bytes = personal.find(({ name }) => name === 'review')?.value;
  if (bytes === undefined || held.review === undefined) {
    throw new IdVerifyError('session/expired', 'the review is gone');
  }
  const text = new TextDecoder().decode(bytes);
  if (core.now() < held.review.hideAt) return jsonText(text);

  const before: ReviewAnswer = JSON.parse(text);
  const hideAt = Math.min(core.now() + LIMITS.review, session.expiresAt);
  const value = jsonBytes({ ...before, hideAt } satisfies ReviewAnswer);
  const shown = { hideAt, hash: await hashOf(core.crypto, value) };
  const written = await core.store.transition(session.id, session.version, {
    session: { ...session, held: { ...held, review: shown } },
    personal: personal.map((kept) => (kept.name === 'review' ? { ...kept, value } : kept)),
  });
  if (written === undefined) throw new IdVerifyError('session/conflict', 'the session has changed');
  return jsonText(new TextDecoder().decode(value));
}
