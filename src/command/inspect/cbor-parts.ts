/**
 * Reads CBOR for a tree: it goes on where the strict reader stops, and says of each part what that
 * reader refuses about it. Nothing here is ever believed.
 */
import { toHex } from '../../wire/bytes.ts';
import type { ReaderRules } from '../../wire/cbor-rules.ts';
import { type Code, IdVerifyError } from '../../wire/error.ts';
import { MAJOR } from '../../wire/major.ts';
import { readPart } from '../../wire/reader.ts';
import { certificateParts } from './der-parts.ts';
import type { Budget, Part } from './part.ts';
import type { Shape } from './shapes.ts';

const SHOWN = 24;
const DEEPEST = 64;
const text = new TextDecoder('utf-8', { ignoreBOM: true });

/** @returns the items one after the other; more than one, or none, is refused at its place */
export function cborParts(
  bytes: Uint8Array,
  shape: Shape,
  rules: ReaderRules,
  budget: Budget,
): Part {
  return new PartReader(bytes, 0, rules, budget).whole('', shape);
}

class PartReader {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  readonly #rules: ReaderRules;
  readonly #budget: Budget;
  #at = 0;

  /** @param base where these bytes begin in the input */
  constructor(bytes: Uint8Array, base: number, rules: ReaderRules, budget: Budget) {
    this.#bytes = bytes;
    this.#base = base;
    this.#rules = rules;
    this.#budget = budget;
  }

  whole(name: string, shape: Shape): Part {
    const part = this.#item(name, shape, DEEPEST);
    if (this.#at < this.#bytes.length) {
      const length = this.#bytes.length - this.#at;
      const rest = this.#part(
        this.#at,
        'after the item',
        bytesText(this.#bytes.subarray(this.#at)),
        [],
      );
      part.parts.push({ ...rest, length, refused: ['malformed/trailing_bytes'] });
    }
    this.#judge(part);
    return part;
  }

  #part(start: number, name: string, said: string, parts: Part[]): Part {
    const [offset, length] = [this.#base + start, this.#at - start];
    return { offset, length, name, text: said, refused: [], parts };
  }

  /** Where it cannot be read on: the rest, with why. */
  #stop(start: number, name: string, code: Code): Part {
    this.#at = this.#bytes.length;
    return { ...this.#part(start, name, 'cannot be read on', []), refused: [code] };
  }

  #item(name: string, shape: Shape, levels: number): Part {
    const start = this.#at;
    if (!this.#budget.take()) return this.#stop(start, name, 'limit/items');
    if (levels === 0) return this.#stop(start, name, 'limit/depth');
    const initial = this.#bytes[this.#at++];
    if (initial === undefined) return this.#stop(start, name, 'malformed/truncated');
    const [major, info] = [initial >> 5, initial & 31];
    if (info > 27 && info < 31) return this.#stop(start, name, 'malformed/reserved_head');
    const argument = this.#argument(info);
    if (argument === undefined) return this.#stop(start, name, 'malformed/truncated');
    const isOpen = info === 31;
    if (major === MAJOR.uint) return this.#part(start, name, String(argument), []);
    if (major === MAJOR.nint) return this.#part(start, name, String(-1n - argument), []);
    if (major === MAJOR.simple)
      return this.#part(start, name, this.#simple(info, start, argument), []);
    if (major === MAJOR.tag) {
      const parts = [this.#item('', shape, levels - 1)];
      return this.#part(start, name, `tag ${argument}`, parts);
    }
    if (isOpen) return this.#open(start, name, shape, major, levels);
    if (major === MAJOR.bytes || major === MAJOR.text) {
      return this.#string(start, name, shape, major, Number(argument));
    }
    if (argument > BigInt(this.#bytes.length))
      return this.#stop(start, name, 'malformed/truncated');
    const count = Number(argument);
    const parts: Part[] = [];
    for (let index = 0; index < count && this.#at < this.#bytes.length; index++) {
      this.#member(parts, shape, major, index, levels);
    }
    const said = major === MAJOR.map ? `map of ${count}` : `array of ${count}`;
    const part = this.#part(start, name, said, parts);
    if (parts.length < count) part.refused.push('malformed/truncated');
    return part;
  }

  /** One entry of a map, or one item of an array. */
  #member(parts: Part[], shape: Shape, major: number, index: number, levels: number): void {
    if (major === MAJOR.array) {
      const [named, inner] = shape.items?.[index] ?? [`[${index}]`, shape.each];
      parts.push(this.#item(named, inner ?? {}, levels - 1));
      return;
    }
    const from = this.#at;
    const key = this.#item('', {}, levels - 1);
    const label = key.text.startsWith('"') ? JSON.parse(key.text) : key.text;
    const inner = shape.keys?.[label] ?? shape.each ?? {};
    const value = this.#item(shape.labels?.[label] ?? String(label), inner, levels - 1);
    // The entry begins with its key.
    const length = value.offset + value.length - this.#base - from;
    parts.push({
      ...value,
      offset: this.#base + from,
      valueOffset: value.offset,
      length,
      refused: [...key.refused, ...value.refused],
    });
  }

  #argument(info: number): bigint | undefined {
    if (info < 24) return BigInt(info);
    if (info === 31) return 0n;
    const size = 2 ** (info - 24);
    if (this.#at + size > this.#bytes.length) return undefined;
    const digits = this.#bytes.subarray(this.#at, this.#at + size);
    this.#at += size;
    return BigInt(`0x${toHex(digits)}`);
  }

  #string(start: number, name: string, shape: Shape, major: number, length: number): Part {
    if (length > this.#bytes.length - this.#at)
      return this.#stop(start, name, 'malformed/truncated');
    const [from, to] = [this.#at, this.#at + length];
    const bytes = this.#bytes.subarray(from, to);
    this.#at = to;
    if (major === MAJOR.text)
      return this.#part(start, name, JSON.stringify(text.decode(bytes)), []);
    const part = this.#part(start, name, bytesText(bytes), []);
    if (length === 0) return part;
    if (shape.certificate) {
      part.parts.push(certificateParts(bytes, this.#base + from));
    } else if (shape.content && isCbor(bytes)) {
      const inner = new PartReader(bytes, this.#base + from, this.#rules, this.#budget);
      part.parts.push(inner.whole('', shape.content));
    }
    return part;
  }

  #simple(info: number, start: number, argument: bigint): string {
    const words: Readonly<Record<number, string>> = {
      20: 'false',
      21: 'true',
      22: 'null',
      23: 'undefined',
    };
    if (info === 31) return 'a break';
    if (info < 25) return words[info] ?? `simple ${argument}`;
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start + 1);
    if (info === 26) return `float ${view.getFloat32(0)}`;
    return info === 27 ? `float ${view.getFloat64(0)}` : 'float of 16 bits';
  }

  /** Indefinite length, which no message here may have. */
  #open(start: number, name: string, shape: Shape, major: number, levels: number): Part {
    const parts: Part[] = [];
    for (let index = 0; this.#at < this.#bytes.length && this.#bytes[this.#at] !== 0xff; index++) {
      this.#member(parts, shape, major === MAJOR.map ? major : MAJOR.array, index, levels);
    }
    this.#at = Math.min(this.#at + 1, this.#bytes.length);
    const part = this.#part(start, name, 'of indefinite length', parts);
    part.refused.push('malformed/indefinite_length');
    return part;
  }

  /** Asks the strict reader about the part; where it says no, about each part inside. */
  #judge(part: Part): boolean {
    const from = (part.valueOffset ?? part.offset) - this.#base;
    const to = part.offset - this.#base + part.length;
    const said = verdict(this.#bytes.subarray(from, to), this.#rules);
    if (said === undefined) return true;
    let found = part.refused.length > 0;
    for (const inner of part.parts) {
      const isOurs = inner.offset >= part.offset && inner.offset + inner.length <= this.#base + to;
      if (isOurs && this.#budget.take() && !this.#judge(inner)) found = true;
    }
    if (!found) (at(part, this.#base + from + said.at) ?? part).refused.push(said.code);
    return false;
  }
}

interface Verdict {
  readonly code: Code;
  readonly at: number;
}

/** What the strict reader says, and where. */
function verdict(bytes: Uint8Array, rules: ReaderRules): Verdict | undefined {
  try {
    readPart(bytes, rules);
    return undefined;
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    return { code: error.code, at: Number(/byte (\d+)/.exec(error.message)?.[1] ?? 0) };
  }
}

/** The innermost part that begins there. */
function at(part: Part, offset: number): Part | undefined {
  const inner = part.parts.find((one) => one.offset <= offset && offset < one.offset + one.length);
  return inner && inner.offset === offset
    ? (at(inner, offset) ?? inner)
    : inner && at(inner, offset);
}

/** Whether a byte string may be a structure: a protected header or payload is, a key is not. */
const isCbor = ([first = 0]: Uint8Array): boolean =>
  first >> 5 >= MAJOR.array && first >> 5 <= MAJOR.tag;

function bytesText(bytes: Uint8Array): string {
  const hex = toHex(bytes.subarray(0, SHOWN));
  return `${bytes.length} bytes ${hex}${bytes.length > SHOWN ? '…' : ''}`;
}
