/** `id-verify inspect`: what is inside a message, where, and what a verifier says of it. */

import { explain } from '../../verifier/explain.ts';
import { fromBase64url } from '../../wire/bytes.ts';
import { ENVELOPE_RULES, MDOC_RULES, type ReaderRules } from '../../wire/cbor-rules.ts';
import { parseEnvelope } from '../../wire/envelope.ts';
import { type Code, IdVerifyError } from '../../wire/error.ts';
import { MAJOR } from '../../wire/major.ts';
import { READER_REFUSALS } from '../../wire/reader-refusals.ts';
import { type Command, json, languageOf, UsageError } from '../command.ts';
import { cborParts } from './cbor-parts.ts';
import { type Checked, check } from './checks.ts';
import { certificateParts, crlParts } from './der-parts.ts';
import { decodeInput, type Input, readInput } from './input.ts';
import { allRefused, Budget, type Part } from './part.ts';
import { SHAPES } from './shapes.ts';

const LONGEST = 2_000;
const MOST_PARTS = 100_000;

export const command: Command = {
  usage: `id-verify inspect <file | text | -> [options]

Shows a DeviceRequest, DeviceResponse, EncryptionInfo, encrypted response, evidence envelope, status
list, VICAL, certificate or revocation list as a tree: offset, length, name, value. The text is
hexadecimal, base64, base64url or PEM; at most 1 MB. What is refused is shown too, with the code.

  --anchors <file>          roots in PEM: then a DeviceResponse or VICAL is checked
  --signature <file> --signed <file>
                            with the roots: whether a 署名用電子証明書 made it, over what
  --transcript <text|file>  the SessionTranscript; or
  --origin <origin> --encryption-info <text|file>
  --key <file>              the request's private key (JWK or PKCS #8): opens an encrypted response
  --public-key <file>       the session's public key (JWK): checks an envelope
  --doc-type <name>, --now <instant>
  --lang ja|en              of what the person would be told
  --json
`,
  options: {
    anchors: { type: 'string' },
    signature: { type: 'string' },
    signed: { type: 'string' },
    transcript: { type: 'string' },
    origin: { type: 'string' },
    'encryption-info': { type: 'string' },
    key: { type: 'string' },
    'public-key': { type: 'string' },
    'doc-type': { type: 'string' },
    now: { type: 'string' },
    lang: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(given, io) {
    const [what, ...more] = given.positionals;
    if (what === undefined || more.length > 0) throw new UsageError('one file, text or -');
    const language = languageOf(given);
    const input = decodeInput(await readInput(what, io));
    const tree = treeOf(input);
    const checked = await check(input, given);
    const inside = checked.opened && {
      tree: treeOf(checked.opened),
      ...(await check(checked.opened, given)),
    };
    const checks = [...checked.checks, ...(inside?.checks ?? [])];
    const explained = checks.map((one) => ({ ...one, explanation: explain(one, language) }));
    const refused = [...new Set([...allRefused(tree), ...(inside ? allRefused(inside.tree) : [])])];
    const all = { kind: input.kind, bytes: input.bytes.length, refused, tree };
    if (given.values.json)
      io.out(json({ ...all, ...(inside && { opened: inside.tree }), checks: explained }));
    else {
      io.out(`${input.kind}, ${input.bytes.length} bytes\n\n${drawn(tree)}`);
      if (inside) io.out(`\nopened: DeviceResponse\n\n${drawn(inside.tree)}`);
      io.out(`\n${told(explained, inside ?? checked, refused)}`);
    }
    const bad = refused.length > 0 || checks.some(({ outcome }) => outcome === 'failed');
    return bad ? 1 : 0;
  },
};

/** Serial numbers of a VICAL are bignums. */
const VICAL_RULES: ReaderRules = {
  ...MDOC_RULES,
  tags: new Map([...MDOC_RULES.tags, [2, MAJOR.bytes]]),
};

function treeOf({ bytes, kind }: Input): Part {
  if (kind === 'certificate') return certificateParts(bytes, 0);
  if (kind === 'revocation list') return crlParts(bytes, 0);
  if (kind === 'JWT') return jwtParts(new TextDecoder().decode(bytes).trim());
  const budget = new Budget(LONGEST, MOST_PARTS);
  const rules = kind === 'envelope' ? ENVELOPE_RULES : kind === 'VICAL' ? VICAL_RULES : MDOC_RULES;
  const tree = cborParts(bytes, SHAPES[kind], rules, budget);
  if (kind === 'envelope' && allRefused(tree).length === 0) {
    const code = refusalOf(() => parseEnvelope(bytes));
    if (code) tree.refused.push(code);
  }
  return { ...tree, name: kind };
}

function refusalOf(read: () => unknown): Code | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    return error.code;
  }
}

/** Header and payload of a token, as the JSON they are. */
function jwtParts(text: string): Part {
  const parts: Part[] = [];
  let offset = 0;
  for (const [index, part] of text.split('.').entries()) {
    const name = ['header', 'payload', 'signature'][index] ?? '';
    const place = { offset, length: part.length, name, parts: [] };
    try {
      const decoded = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(part));
      const value = index < 2 ? JSON.stringify(JSON.parse(decoded)) : '';
      parts.push({ ...place, text: value, refused: [] });
    } catch {
      const refused: Code[] = index < 2 ? ['malformed'] : [];
      parts.push({ ...place, text: `${part.length} characters`, refused });
    }
    offset += part.length + 1;
  }
  return { offset: 0, length: text.length, name: 'JWT', text: '', refused: [], parts };
}

function drawn(part: Part, depth = 0): string {
  const place = `${String(part.offset).padStart(7)} ${String(part.length).padStart(7)}`;
  const name = part.name === '' ? '' : `${part.name}: `;
  const line = `${place}  ${'  '.repeat(depth)}${name}${part.text}`;
  const marks = part.refused.map(
    (code) => `${' '.repeat(17)}${'  '.repeat(depth)}✕ ${code}${meant(code)}\n`,
  );
  return `${line}\n${marks.join('')}${part.parts.map((one) => drawn(one, depth + 1)).join('')}`;
}

const meant = (code: Code): string => {
  const words: Readonly<Partial<Record<Code, string>>> = READER_REFUSALS;
  return words[code] ? `: ${words[code]}` : '';
};

type Explained = Checked['checks'][number] & { readonly explanation: ReturnType<typeof explain> };
const SIGNS = { passed: '✓', failed: '✕', undetermined: '?' } as const;

function told(
  checks: readonly Explained[],
  { missing }: Checked,
  refused: readonly Code[],
): string {
  const lines = checks.flatMap(({ id, outcome, code, explanation }) => [
    `${SIGNS[outcome]} ${id}${code ? `  ${code}` : ''}`,
    ...(explanation
      ? [
          `    ${explanation.operator}`,
          `    ${explanation.person.heading}`,
          `    ${explanation.person.text}`,
        ]
      : []),
  ]);
  if (missing) lines.push(`Not checked. That needs ${missing}.`);
  if (refused.length > 0) lines.push(`Refused by a verifier: ${refused.join(', ')}`);
  else if (checks.length === 0) lines.push('Nothing in the bytes is refused.');
  return `${lines.join('\n')}\n`;
}
