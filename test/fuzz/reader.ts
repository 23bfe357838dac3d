/**
 * Inputs for the strict reader, and what must hold for each. By hand:
 * `node test/fuzz/reader.ts <seed> <batches>`.
 */
import assert from 'node:assert/strict';
import { toHex } from '../../src/wire/bytes.ts';
import { ENVELOPE_RULES, MDOC_RULES } from '../../src/wire/cbor-rules.ts';
import { parseEnvelope } from '../../src/wire/envelope.ts';
import { readCbor } from '../../src/wire/reader.ts';
import { READER_REFUSALS } from '../../src/wire/reader-refusals.ts';
import { writeCbor } from '../../src/wire/writer.ts';
import vectors from '../envelopes/envelopes.json' with { type: 'json' };
import { refusal } from '../refusal.ts';
import type { Random } from './random.ts';
import type { Target } from './target.ts';
import { fuzzHere } from './watchdog.ts';

const SAMPLES = vectors.map(({ evidence }) => Buffer.from(evidence, 'hex'));
const TEXTS = ['', 'a', 'docType', '氏名', '😀', '\ufeffx', 'x'.repeat(70)];
const TAGS = [0, 1, 2, 3, 17, 18, 24, 27, 28, 29, 51, 64, 105, 258, 259, 1004, 55799, 57337, 57343];

/** The head of an item, mostly as short as it can be. */
function head(random: Random, major: number, argument: number): number[] {
  const shortest = argument < 24 ? 0 : argument < 256 ? 1 : argument < 65536 ? 2 : 4;
  const size = random.below(8) === 0 ? Math.max(shortest, random.pick([1, 2, 4, 8])) : shortest;
  if (size === 0) return [(major << 5) | argument];
  const bytes = Array.from({ length: size }, (_, i) =>
    size - i > 4 ? 0 : (argument >>> (8 * (size - 1 - i))) & 255,
  );
  return [(major << 5) | (24 + Math.log2(size)), ...bytes];
}

function text(random: Random): number[] {
  const bytes = [...Buffer.from(random.pick(TEXTS))];
  return [...head(random, 3, bytes.length), ...bytes];
}

function integer(random: Random): number[] {
  return head(random, random.below(2), random.pick([random.below(30), random.below(2 ** 32)]));
}

/** Something that looks like CBOR. */
function item(random: Random, depth: number): number[] {
  const kind = random.below(depth > 8 ? 5 : 10);
  const times = random.below(6);
  const repeat = (one: () => number[]) => Array.from({ length: times }, one).flat();
  if (kind === 0) return integer(random);
  if (kind === 1) return text(random);
  if (kind === 2) return [...head(random, 2, times), ...random.bytes(times)];
  if (kind === 3) return [random.pick([0xf4, 0xf5, 0xf6, 0xf6, 0xf7, 0xe0, 0xff])];
  if (kind === 4) return random.pick([[0xf9, ...random.bytes(2)], [0xfb, ...random.bytes(8)], [0]]);
  if (kind === 5) return [...head(random, 4, times), ...repeat(() => item(random, depth + 1))];
  if (kind < 8) {
    const key = () =>
      random.below(20) === 0 ? item(random, depth + 1) : random.pick([integer, text])(random);
    return [...head(random, 5, times), ...repeat(() => [...key(), ...item(random, depth + 1)])];
  }
  if (kind === 8) return [...head(random, 6, random.pick(TAGS)), ...item(random, depth + 1)];
  const content = item(random, depth + 1);
  return [...head(random, 6, 24), ...head(random, 2, content.length), ...content];
}

/** One input: random bytes, something like CBOR, or a real envelope; often damaged. */
export function input(random: Random): Uint8Array {
  const kind = random.below(8);
  let bytes = kind === 0 ? random.bytes(random.below(40)) : item(random, 0);
  if (kind === 1) bytes = [...random.pick(SAMPLES)];
  for (let edits = random.below(3); edits > 0 && bytes.length > 0; edits--) {
    const at = random.below(bytes.length);
    const edit = random.below(4);
    if (edit === 0) bytes.splice(at, 1);
    else if (edit === 1) bytes.splice(at, 0, random.below(256));
    else if (edit === 2) bytes.length = at;
    else bytes[at] = random.below(256);
  }
  return Uint8Array.from(bytes);
}

/** What must hold for any bytes. Anything thrown that is not a known refusal escapes. */
export function check(bytes: Uint8Array): boolean {
  const code = refusal(() => readCbor(bytes, MDOC_RULES));
  assert.ok(code === undefined || code in READER_REFUSALS, code);
  refusal(() => parseEnvelope(bytes));
  const strict = refusal(() => readCbor(bytes, ENVELOPE_RULES));
  if (strict === undefined) {
    // Deterministic encoding: what is accepted has no other spelling.
    assert.equal(code, undefined);
    assert.equal(toHex(writeCbor(readCbor(bytes, ENVELOPE_RULES))), toHex(bytes));
  }
  return code === undefined;
}

export const reader: Target = { batch: 500, input, check };

if (import.meta.main) await fuzzHere(reader);
