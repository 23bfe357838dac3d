/** What a comparison with the member's account does to a verdict. */
import type { Check, Verdict } from '../methods/method-verifier.ts';
import type { Profile } from '../methods/profile.ts';
import type { SessionRecord } from '../store/store.ts';
import type { CheckOutcome, ClaimName } from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';
import type { Core } from './core.ts';
import { logFailure } from './log.ts';
import { type AccountData, type Match, matchAccount } from './match.ts';

type Accepted = Extract<Verdict, { outcome: 'accepted' }>;
export type ReviewMatch = Match;

const OUTCOMES = {
  match: 'passed',
  mismatch: 'failed',
  undetermined: 'undetermined',
} as const satisfies Record<Match, CheckOutcome>;

const checkId = (claim: string): string => `account.${claim}`;

/** How a claim compared, for the review; undefined where nothing was compared. */
export function matchIn(checks: readonly Check[], claim: ClaimName): ReviewMatch | undefined {
  const outcome = checks.find(({ id }) => id === checkId(claim))?.outcome;
  return (Object.keys(OUTCOMES) as Match[]).find((match) => OUTCOMES[match] === outcome);
}

/** Adds one check per field; under `refuse` a certain difference, or no account to ask, refuses. */
export async function compareWithAccount(
  core: Core,
  session: SessionRecord,
  profile: Profile,
  verdict: Accepted,
): Promise<Verdict> {
  const { accounts } = core.options;
  if (accounts === undefined) return verdict;
  const account = await fetchAccount(core, session, accounts);
  const compared: Check[] =
    account === undefined
      ? [{ id: 'account', outcome: 'undetermined', code: 'undetermined/account' }]
      : matches(verdict, account).map(([claim, match]) => ({
          id: checkId(claim),
          outcome: OUTCOMES[match],
          code: match === 'match' ? undefined : codeOf(claim, match),
        }));
  const checks = [...verdict.checks, ...compared];
  const cause = compared.find(
    ({ id, outcome }) => outcome === 'failed' || (outcome === 'undetermined' && id === 'account'),
  );
  if (profile.onMismatch !== 'refuse' || cause?.code === undefined) return { ...verdict, checks };
  return { outcome: 'refused', code: cause.code, checks, proof: verdict.proof };
}

/** What is not certain itself is not certainly different. */
const matches = ({ claims, uncertain = [] }: Accepted, account: AccountData): [string, Match][] =>
  Object.entries(matchAccount(claims, account)).map(([claim, match]) => [
    claim,
    match === 'mismatch' && uncertain.some((one) => one === claim) ? 'undetermined' : match,
  ]);

const codeOf = (claim: string, match: 'mismatch' | 'undetermined'): Code =>
  match === 'mismatch' ? `policy/mismatch_${claim}` : `undetermined/match_${claim}`;

async function fetchAccount(
  core: Core,
  session: SessionRecord,
  accounts: (subject: string) => Promise<AccountData | undefined>,
): Promise<AccountData | undefined> {
  try {
    return await accounts(session.subject);
  } catch (error) {
    logFailure(core, error, { session: session.id });
    return undefined;
  }
}
