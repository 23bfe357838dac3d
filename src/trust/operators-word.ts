/** Revocation as somebody else has looked it up: a registered 署名検証者, under its signature. */
import { instant } from './refusal.ts';
import type { RevocationSource, ToldStatus } from './revocation.ts';

const DAY = 86_400_000;
/** Two clocks may differ by so much. */
const CLOCK_ERROR = 60_000;

/** How long a word is good for, of each source made here. */
const ages = new WeakMap<RevocationSource, number>();

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
  const source: RevocationSource = ({ told, now, note }, fail) => {
    const worth = worthOf(told, maxAge, now);
    if (worth === 'revoked') {
      fail('revoked/signer', { where: 'the word of the operator', found: 'revoked' });
    } else if (worth === 'nothing') {
      fail('undetermined/operators_word', {
        found: told ? `one of ${instantOf(told.at)}` : 'none',
      });
    } else {
      note?.(`by the word of the operator, of ${instantOf(worth.at)}`);
    }
  };
  ages.set(source, maxAge);
  return source;
}

/**
 * The same without the certificate it is about: of those who keep it.
 * @param sources those a deployment asks; the strictest `operatorsWord()` among them counts
 */
export function wordOfKeeper(
  told: ToldStatus | undefined,
  sources: readonly RevocationSource[],
  now: number,
): Worth {
  const given = sources.flatMap((source) => ages.get(source) ?? []);
  return worthOf(told, given.length > 0 ? Math.min(...given) : DAY, now);
}

type Worth = 'revoked' | 'nothing' | { readonly at: number };

/** A certificate that was revoked stays so, however long ago it was said. */
function worthOf(told: ToldStatus | undefined, maxAge: number, now: number): Worth {
  if (told === undefined) return 'nothing';
  if (told.status !== 'good') return 'revoked';
  const recent = told.at <= now + CLOCK_ERROR && now - told.at <= maxAge;
  return recent ? { at: told.at } : 'nothing';
}

const instantOf = (time: number): string => (Math.abs(time) <= 8.64e15 ? instant(time) : 'no time');
