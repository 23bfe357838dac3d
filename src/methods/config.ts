/** How a wrong option is told to whoever starts the server: which it is, and what it should be. */
import { type Code, IdVerifyError } from '../wire/error.ts';
import { parseAs } from '../wire/parse.ts';

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

/** A misspelt option would be a rule that is silently not kept. @throws IdVerifyError `config/option` */
export function requireKnown(where: string, given: object, known: object): void {
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(known, key));
  if (unknown === undefined) return;
  refuse(
    'config/option',
    `${where}: no option ${unknown}; there are ${Object.keys(known).join(', ')}`,
  );
}
