/** Revocation as somebody else has looked it up: a registered 署名検証者, under its signature. */
import { instant } from './refusal.ts';
import type { RevocationSource } from './revocation.ts';

const DAY = 86_400_000;
/** Two clocks may differ by so much. */
const CLOCK_ERROR = 60_000;

/**
 * Believes what the operator of the app states about the certificate, with the time it names. The
 * check says so. Without such a word nothing is known.
 * @param options.maxAge milliseconds a word is good for. Default a day, as long as a list of J-LIS
 */
export function operatorsWord({
  maxAge = DAY,
}: {
  readonly maxAge?: number;
} = {}): RevocationSource {
  return ({ told, now, note }, fail) => {
    if (told === undefined) {
      fail('undetermined/operators_word', { found: 'none' });
    } else if (!(told.at <= now + CLOCK_ERROR && now - told.at <= maxAge)) {
      fail('undetermined/operators_word', { found: `one of ${instantOf(told.at)}` });
    } else if (told.status !== 'good') {
      fail('revoked/signer', { where: 'the word of the operator', found: 'revoked' });
    } else {
      note?.(`by the word of the operator, of ${instant(told.at)}`);
    }
  };
}

const instantOf = (time: number): string => (Math.abs(time) <= 8.64e15 ? instant(time) : 'no time');
