/**
 * What a yes/no claim must be. A site sells by `verified`, so an answer the profile does not accept
 * is none: the session ends as refused. Why, only the server's result says; what a page is told would
 * tell every script on it somebody's age.
 */
import { type Claims, type ClaimValue, claimsOf, isYesNo } from '../methods/claims.ts';
import type { Profile } from '../methods/profile.ts';
import { type Change, ended, type PersonalRecord, type SessionRecord } from '../store/store.ts';
import type { ClaimName } from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';
import type { Core } from './core.ts';

const UNMET = 'policy/requirement' satisfies Code;

/** Whether every answer is one the profile accepts. */
export const isMet = ({ claims: rules }: Profile, claims: Claims): boolean =>
  (Object.keys(rules) as ClaimName[]).filter(isYesNo).every((claim) => {
    const mustBe = rules[claim]?.mustBe;
    return mustBe === 'either' || claims[claim] === mustBe;
  });

/** The claims among the records of a session. */
export const keptClaims = (values: readonly PersonalRecord[]): Claims =>
  claimsOf(
    values.flatMap(({ name, value }): [ClaimName, ClaimValue][] =>
      name.startsWith('claim/')
        ? [
            [
              name.slice('claim/'.length) as ClaimName,
              JSON.parse(new TextDecoder().decode(value)) as ClaimValue,
            ],
          ]
        : [],
    ),
  );

/** Ends the session: no further attempt, no other way, nothing of the answer kept. */
export function requirementUnmet(core: Core, session: SessionRecord) {
  core.log({ event: 'session.refused', session: session.id, profile: session.profile });
  return {
    session: { ...ended(session, 'failed'), code: UNMET },
    personal: [],
    images: 'erase',
  } as const satisfies Change;
}

/** Whether a session ended so; its page is told that it was refused, and no code. */
export const isUnmet = ({ code }: Pick<SessionRecord, 'code'>): boolean => code === UNMET;
