/** How a wrong option is told to whoever starts the server: which it is, and what it should be. */
import { revocationSchema } from '../trust/revocation.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import { functionSchema } from '../wire/option-schemas.ts';
import { parseAs } from '../wire/parse.ts';
import * as v from '../wire/schema.ts';

export const TEXT_SHAPE = "a text is { ja: '…', en: '…' }, `ja` always, at most 300 characters";

export const refuse = (name: Code, message: string, cause?: unknown): never => {
  throw new IdVerifyError(name, message, { cause });
};

/** @throws IdVerifyError with `need`, which tells whoever starts the server what the option must be */
export function requireShape(
  schema: Parameters<typeof parseAs>[0],
  value: unknown,
  name: Code,
  need: string,
): void {
  try {
    parseAs(schema, value, name);
  } catch (cause) {
    throw new IdVerifyError(name, need, { cause });
  }
}

/** What an option must be, and the words for it. */
export type Rule = readonly [schema: v.Schema, need: string];

/** For each option its rule; `true` for one that is checked where it is used. */
export type Rules<Options> = { readonly [Key in keyof Options]-?: true | Rule };

export const oneOf = <const Words extends readonly string[]>(...words: Words): Rule => [
  v.picklist(words),
  words.map((word) => `'${word}'`).join(' or '),
];
export const FUNCTION: Rule = [functionSchema(), 'a function'];
export const LIST: Rule = [v.array(v.unknown()), 'an array'];
export const YES_NO: Rule = [v.boolean(), 'true or false'];
export const ONLY_TRUE: Rule = [v.literal(true), 'true, or absent'];
export const DAYS: Rule = [
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  'a whole number of days, 0 or more',
];

export const REVOCATION: Rule = [
  revocationSchema,
  "{ sources: [crlSource(), statusListSource()], onUndetermined?: 'refuse' | 'accept' }",
];

/**
 * A misspelt option, or a misspelt value of one, would be a rule that is silently not kept.
 * @throws IdVerifyError `config/option`
 */
export function requireKnown(
  where: string,
  given: object,
  known: Readonly<Record<string, true | Rule>>,
): void {
  const names = Object.keys(known).join(', ');
  requireShape(
    v.object({}),
    given,
    'config/option',
    `${where}: an object; its options are ${names}`,
  );
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(known, name) ? known[name] : undefined;
    if (rule === undefined) {
      refuse('config/option', `${where}: no option ${name}; there are ${names}`);
    } else if (rule !== true && value !== undefined) {
      requireShape(rule[0], value, 'config/option', `${where}.${name}: ${rule[1]}`);
    }
  }
}
