/** `id-verify explain <code>` */
import { type Explanation, explain } from '../verifier/explain.ts';
import { isCode } from '../wire/error.ts';
import { type Command, json, languageOf, UsageError } from './command.ts';

export const command: Command = {
  usage: `id-verify explain <code> [--lang ja|en] [--json]

What a code of an event, a result or the log means: one sentence for the operator, and what the person
is shown. A code is category/case, for example digest/mismatch.
`,
  options: { lang: { type: 'string' }, json: { type: 'boolean' } },
  async run(given, { out }) {
    const [code = '', ...more] = given.positionals;
    if (code === '' || more.length > 0) throw new UsageError('one code');
    if (!isCode(code)) throw new UsageError(`"${code}" is no code; one is category/case`);
    const language = languageOf(given);
    const explanation = explain({ id: 'code', code }, language) as Explanation;
    out(given.values.json ? json({ code, ...explanation }) : written(code, explanation));
    return 0;
  },
};

function written(code: string, { operator, person }: Explanation): string {
  const { heading, text, note } = person;
  const lines = [
    code,
    '',
    `  operator: ${operator}`,
    `  person:   ${heading}`,
    `            ${text}`,
  ];
  if (note !== undefined) lines.push(`            ${note}`);
  return `${lines.join('\n')}\n`;
}
