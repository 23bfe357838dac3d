/** Narrowing of decoded CBOR to the types a structure demands, naming the place that is wrong. */
import { type CborKey, type CborValue, Embedded, Tagged } from './cbor.ts';
import { IdVerifyError } from './error.ts';

export type CborMap = ReadonlyMap<CborKey, CborValue>;

function wrong(where: string, expected: string): IdVerifyError {
  return new IdVerifyError('malformed/structure', `${where}: expected ${expected}`);
}

export function asMap(value: CborValue | undefined, where: string): CborMap {
  if (!(value instanceof Map)) throw wrong(where, 'a map');
  return value;
}

export function asArray(value: CborValue | undefined, where: string): readonly CborValue[] {
  if (!Array.isArray(value)) throw wrong(where, 'an array');
  return value;
}

export function asText(value: CborValue | undefined, where: string): string {
  if (typeof value !== 'string') throw wrong(where, 'a text string');
  return value;
}

export function asBytes(value: CborValue | undefined, where: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw wrong(where, 'a byte string');
  return value;
}

export function asBoolean(value: CborValue | undefined, where: string): boolean {
  if (typeof value !== 'boolean') throw wrong(where, 'a boolean');
  return value;
}

export function asInteger(value: CborValue | undefined, where: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(where, 'an integer');
  return value;
}

export function asUint(value: CborValue | undefined, where: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw wrong(where, 'an unsigned integer');
  }
  return value;
}

export function asEmbedded(value: CborValue | undefined, where: string): Embedded {
  if (!(value instanceof Embedded)) throw wrong(where, 'an encoded CBOR item (tag 24)');
  return value;
}

/** `{* tstr => value}`; the keys of the result are text. */
export function asTextMap<T>(
  value: CborValue | undefined,
  where: string,
  read: (value: CborValue, where: string) => T,
): Map<string, T> {
  const entries = new Map<string, T>();
  for (const [key, item] of asMap(value, where)) {
    entries.set(asText(key, where), read(item, where));
  }
  return entries;
}

const RFC3339 =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** `tdate`, tag 0 with an RFC 3339 date-time, in milliseconds since 1970. */
export function asDateTime(value: CborValue | undefined, where: string): number {
  const text = value instanceof Tagged && value.tag === 0 ? value.value : undefined;
  const time = typeof text === 'string' ? parseDateTime(text) : undefined;
  if (time === undefined) throw wrong(where, 'a date-time (tag 0)');
  return time;
}

/** An RFC 3339 date-time in milliseconds since 1970; undefined for anything else. */
export function parseDateTime(text: string): number | undefined {
  const day = RFC3339.exec(text)?.[1];
  return day !== undefined && isCalendarDate(day) ? Date.parse(text) : undefined;
}

/** Whether a text is a day of the calendar as RFC 3339 full-date. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)) return false;
  if (text.slice(8) < '29') return true;
  const time = Date.parse(`${text}T00:00:00Z`);
  return new Date(time).getUTCDate() === Number(text.slice(8));
}
