/** The end of a session by whoever's last word: verified, if the answers are what they must be. */
import { ASSURANCE, type Content, legalBasis } from '../law/law.ts';
import { ageFrom } from '../methods/claims.ts';
import {
  type Change,
  ended,
  type HeldRecord,
  type KeptImages,
  type PersonalRecord,
  type SessionRecord,
} from '../store/store.ts';
import type { ClaimName } from '../wire/contract.ts';
import { type Core, profileOf } from './core.ts';
import { isMet, keptClaims, requirementUnmet } from './requirement.ts';
import { proofEraseAt, valueEraseAt } from './retention.ts';

/**
 * @param held what was accepted, with every check
 * @param values what is known of the person from now on
 * @param images until when pictures stay
 * @returns a refusal where a yes/no claim is not what the profile needs
 */
export function verified(
  core: Core,
  session: SessionRecord,
  { method, checks, crossDevice, seq }: HeldRecord,
  values: readonly PersonalRecord[],
  images?: KeptImages,
): Change {
  const profile = profileOf(core, session);
  if (!isMet(profile, keptClaims(values))) return requirementUnmet(core, session);
  const now = core.now();
  const claims = keptClaims(values);
  const content: Content = {
    claims: Object.keys(claims) as ClaimName[],
    age: ageFrom(claims, now),
    occupation: session.declared?.occupation !== undefined,
    signatureVerifier: core.options.handoff?.signatureVerifier,
  };
  const personal = values.map((kept) => ({ ...kept, eraseAt: valueEraseAt(profile, kept, now) }));
  const ends = [...personal, ...(images ? [images] : [])].map(({ eraseAt }) => eraseAt);
  core.log({ event: 'session.verified', session: session.id, method, profile: session.profile });
  return {
    session: {
      ...ended(session, 'done'),
      eraseAt: Math.max(proofEraseAt(profile, now), ...ends),
      code: undefined,
      outcome: {
        method,
        checks,
        crossDevice,
        assurance: ASSURANCE[method],
        legalBasis: profile.law && legalBasis(profile.law, method, now, content),
        evidenceSeq: seq,
        verifiedAt: now,
      },
    },
    personal,
    images: images ?? 'erase',
  };
}
