/**
 * CBOR as wallets are asked in it, read in the page: one pass that decodes as it checks, a fraction
 * of the size of `cbor.ts` and its gate. It is as strict as `readCbor` with `MDOC_RULES`, reads the
 * same values, and knows less, because a request needs less: no floats, no integers over 32 bits, no
 * tag but that of embedded CBOR.
 */
import { type CborKey, type CborValue, EMBEDDED, Embedded } from './cbor.ts';
import { MAJOR } from './major.ts';
import { refuse } from './reader-refusals.ts';

const MAX_DEPTH = 16;
/** Shows a byte order mark, so that it can be refused. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes one untrusted item. Byte strings are views on a private copy of `received`.
 * @throws IdVerifyError one of `ReaderCode`, and nothing else whatever the bytes
 */
export function readRequestCbor(received: Uint8Array): CborValue {
  const bytes = new Uint8Array(received);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const value = item(MAX_DEPTH);
  if (at !== bytes.length) refuse('malformed/trailing_bytes', at);
  return value;

  /** @param levels how deep it may still nest */
  function item(levels: number): CborValue {
    const start = at;
    const initial = bytes[skip(1)] as number;
    const info = initial & 31;
    const major = initial >> 5;
    if (major === MAJOR.simple) {
      if (info < 20 || info > 22) refuse('malformed/simple_value', start);
      return info === 22 ? null : info === 21;
    }
    const length = argument(info);
    if (major === MAJOR.uint) return length;
    if (major === MAJOR.nint) return -1 - length;
    if (major === MAJOR.bytes) return take(length);
    if (major === MAJOR.text) return text(length);
    if (levels === 0) refuse('limit/depth', start);
    if (major === MAJOR.tag) return embedded(length, start, levels - 1);
    // Each item takes a byte at least: nothing is made room for that is not there.
    if (length > bytes.length - at) refuse('malformed/truncated', start);
    if (major === MAJOR.array) return Array.from({ length }, () => item(levels - 1));
    return map(length, levels - 1);
  }

  /** Moves on, and says where it was. */
  function skip(length: number): number {
    const from = at;
    if (length > bytes.length - from) refuse('malformed/truncated', from);
    at += length;
    return from;
  }

  function argument(info: number): number {
    if (info < 24) return info;
    if (info > 26)
      refuse(info === 31 ? 'malformed/indefinite_length' : 'malformed/reserved_head', at - 1);
    const from = skip(2 ** (info - 24));
    if (info === 24) return view.getUint8(from);
    return info === 25 ? view.getUint16(from) : view.getUint32(from);
  }

  function take(length: number) {
    const from = skip(length);
    return bytes.subarray(from, at);
  }

  function text(length: number): string {
    const start = at;
    const decoded = utf8(take(length)) ?? refuse('malformed/text_utf8', start);
    if (decoded.startsWith('\ufeff')) refuse('malformed/text_bom', start);
    return decoded;
  }

  function embedded(tag: number, start: number, levels: number): Embedded {
    if (tag !== EMBEDDED) refuse('malformed/tag', start);
    const content = item(levels);
    if (!(content instanceof Uint8Array)) refuse('malformed/tag_content', start);
    return new Embedded(bytes.subarray(start, at), content);
  }

  function map(size: number, levels: number): Map<CborKey, CborValue> {
    const entries = new Map<CborKey, CborValue>();
    for (let i = 0; i < size; i++) {
      const start = at;
      const key = item(levels);
      if (typeof key !== 'number' && typeof key !== 'string') refuse('malformed/key_type', start);
      if (entries.has(key)) refuse('malformed/duplicate_key', start);
      entries.set(key, item(levels));
    }
    return entries;
  }
}

/** Undefined where the bytes are not UTF-8. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
