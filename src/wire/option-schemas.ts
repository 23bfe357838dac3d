/**
 * What callers of the exported functions give, checked where no compiler did: many a wrong value
 * compares with anything, so that a check it is used in would pass.
 */
import type { Bytes } from './bytes.ts';
import { parseAs } from './parse.ts';
import * as v from './schema.ts';

/** Bytes of another realm, and of shared memory, are bytes too. */
const isBytes = (value: unknown): boolean =>
  ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';

/** The furthest instant a Date holds, ECMA-262 section 21.4.1.1. */
const LAST_INSTANT = 8.64e15;

const isTime = (value: unknown): boolean => {
  const time = value instanceof Date ? value.getTime() : value;
  return typeof time === 'number' && Math.abs(time) <= LAST_INSTANT;
};

/** A private copy of bytes. */
export const copiedBytes = v.transform(
  v.custom<Uint8Array>(isBytes),
  (bytes): Bytes => new Uint8Array(bytes),
);

/** Bytes as they are: whoever reads them copies them. */
export const borrowedBytes = v.custom<Uint8Array>(isBytes);

/** Milliseconds since 1970, or a Date. */
export const instant = v.transform(v.custom<number | Date>(isTime), Number);

/** Text that CBOR and JSON can hold. */
export const wellFormedText = v.custom<string>(
  (value) => typeof value === 'string' && value.isWellFormed(),
);

export const functionSchema = <F>() => v.custom<F>((value) => typeof value === 'function');

/** An object with these functions. */
export const objectWithMethods = <T extends object>(...names: readonly (keyof T & string)[]) =>
  v.custom<T>((value) => {
    const methods = Object(value) as Partial<Record<string, unknown>>;
    return names.every((name) => typeof methods[name] === 'function');
  });

/** @throws IdVerifyError `config/option`, naming the option */
export function parseOptions<const S extends v.Schema>(
  schema: S,
  given: unknown,
): v.InferOutput<S> {
  return parseAs(schema, given, 'config/option');
}
