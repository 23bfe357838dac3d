/** When sessions, proofs and values disappear. */
import type { Profile } from '../methods/profile.ts';
import type { PersonalRecord, SessionRecord } from '../store/store.ts';
import type { ClaimName } from '../wire/contract.ts';
import { type Core, profileOf } from './core.ts';
import { DAY, LIMITS } from './limits.ts';

/** When the proof of a session that ends at `end` disappears: not before its result can be fetched. */
export const proofEraseAt = ({ retainProofDays = 1 }: Profile, end: number): number =>
  end + Math.max(LIMITS.result, retainProofDays * DAY);

/** When a session ends by itself, and when nothing of it remains. */
export const endsAt = (profile: Profile, expiresAt: number) => ({
  expiresAt,
  eraseAt: proofEraseAt(profile, expiresAt),
});

/** The same for one that waits for its page or its person: however often it is prolonged, it ends. */
export const lifetime = (
  core: Core,
  session: Pick<SessionRecord, 'profile' | 'createdAt'>,
  wanted: number,
) => {
  const { longestSession = LIMITS.longestSession } = core.options;
  return endsAt(profileOf(core, session), Math.min(wanted, session.createdAt + longestSession));
};

/** When a confirmed value disappears: after its days, or when the result can no longer be fetched. */
export function valueEraseAt(profile: Profile, { name }: PersonalRecord, now: number): number {
  const claim = name.slice('claim/'.length) as ClaimName;
  const days = name === 'document' ? profile.retainDocumentDays : profile.claims[claim]?.retainDays;
  return now + Math.max(LIMITS.result, (days ?? 0) * DAY);
}
