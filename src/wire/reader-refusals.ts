import { type Code, IdVerifyError } from './error.ts';

/** Every refusal of the reader, with its meaning; for documentation, not shipped to a page. */
export const READER_REFUSALS = {
  'limit/bytes': 'longer than allowed',
  'limit/depth': 'nested deeper than allowed',
  'limit/items': 'more items than allowed',
  'limit/map_entries': 'a map with more entries than allowed',
  'malformed/truncated': 'ends before what it declares',
  'malformed/trailing_bytes': 'goes on after the item',
  'malformed/reserved_head': 'additional information 28 to 30 is reserved',
  'malformed/indefinite_length': 'indefinite length, or a break without one',
  'malformed/non_minimal': 'not the shortest head',
  'malformed/key_order': 'map keys not in bytewise order',
  'malformed/key_type': 'a map key that is neither integer nor text',
  'malformed/duplicate_key': 'the same map key twice',
  'malformed/bignum': 'a bignum',
  'malformed/tag': 'a tag that is not allowed here',
  'malformed/tag_content': 'a tag around the wrong type of content',
  'malformed/simple_value': 'a simple value other than false, true and null',
  'malformed/float': 'a floating-point number where none is allowed',
  'malformed/text_utf8': 'text that is not UTF-8',
  // The Encoding Standard's decoder drops it, so two different keys would become one.
  'malformed/text_bom': 'text that starts with a byte order mark',
} as const satisfies Partial<Record<Code, string>>;

export type ReaderCode = keyof typeof READER_REFUSALS;

/** @param at offset of what is refused */
export function refuse(code: ReaderCode, at: number): never {
  throw new IdVerifyError(
    code,
    `CBOR, byte ${at}: ${code.replace(/.*\//, '').replaceAll('_', ' ')}`,
  );
}
