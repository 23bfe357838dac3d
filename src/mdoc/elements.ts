/** What type a known element may have. A value of another type is refused, not guessed at. */
import type { Fail } from '../trust/refusal.ts';
import { type CborValue, Tagged } from '../wire/cbor.ts';
import { isCalendarDate, parseDateTime } from '../wire/fields.ts';
import type { IssuerSignedItem } from './digests.ts';
import type { MdocCode } from './refusals.ts';

type Kind = 'text' | 'date' | 'uint' | 'boolean' | 'portrait';

const MAX_TEXT = 2_000;
const MAX_BYTES = 2 ** 20;

/**
 * Elements of `org.iso.23220.1.jp.mnc` and of the mobile driving licence (ISO/IEC 18013-5 7.2.1) by
 * identifier; elements not listed pass as they are.
 */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['birth_date', 'date'],
  ['issue_date', 'date'],
  ['expiry_date', 'date'],
  ['portrait', 'portrait'],
  ['sex', 'uint'],
  ['age_in_years', 'uint'],
  ['age_birth_year', 'uint'],
  ['full_name_unicode', 'text'],
  ['resident_address_unicode', 'text'],
  ['local_gov_code_unicode', 'text'],
  ['birth_date_unicode', 'text'],
  ['sex_unicode', 'text'],
  ['individual_number_unicode', 'text'],
  ['family_name', 'text'],
  ['given_name', 'text'],
  ['issuing_country', 'text'],
  ['issuing_authority', 'text'],
  ['document_number', 'text'],
  ['resident_address', 'text'],
]);

function kindOf(identifier: string): Kind | undefined {
  return /^age_over_\d\d$/.test(identifier) ? 'boolean' : KINDS.get(identifier);
}

/** Checks the type and size of every known element. */
export function checkElements(items: readonly IssuerSignedItem[], fail: Fail<MdocCode>): void {
  for (const { nameSpace, identifier, value } of items) {
    const kind = kindOf(identifier);
    const where = `${nameSpace}/${identifier}`;
    if (isOversize(value)) fail('limit/element', { where });
    // No element is null: it would stand for one that is withheld.
    if (value === null || (kind && !isOfKind(kind, value))) {
      fail(kind === 'portrait' ? 'malformed/portrait' : 'malformed/element_type', {
        where,
        expected: kind ?? 'a value',
      });
    }
  }
}

function isOversize(value: CborValue): boolean {
  if (typeof value === 'string') return value.length > MAX_TEXT;
  return value instanceof Uint8Array && value.length > MAX_BYTES;
}

function isOfKind(kind: Kind, value: CborValue): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'uint':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    case 'date':
      return readDate(value) !== undefined;
    case 'portrait':
      return value instanceof Uint8Array && portraitType(value) !== undefined;
  }
}

/** A date as the issuer wrote it; `day` is missing where a text is not an RFC 3339 date. */
export interface DateElement {
  readonly form: 'full-date' | 'date-time' | 'text';
  readonly text: string;
  /** `YYYY-MM-DD`. */
  readonly day: string | undefined;
}

/**
 * Reads a date liberally (tag 1004, tag 0, text), because real cards are not published, and says
 * which form was found. Undefined for any other type and for days that do not exist.
 */
export function readDate(value: CborValue): DateElement | undefined {
  if (typeof value === 'string') {
    return { form: 'text', text: value, day: isCalendarDate(value) ? value : undefined };
  }
  if (!(value instanceof Tagged) || typeof value.value !== 'string') return undefined;
  const text = value.value;
  if (value.tag === 1004 && isCalendarDate(text)) return { form: 'full-date', text, day: text };
  if (value.tag === 0 && parseDateTime(text) !== undefined) {
    return { form: 'date-time', text, day: text.slice(0, 10) };
  }
  return undefined;
}

const JPEG = [0xff, 0xd8, 0xff];
const JP2 = [0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a];
const JPEG_2000_STREAM = [0xff, 0x4f, 0xff, 0x51];

/** The image type by its first bytes; undefined for anything but JPEG and JPEG 2000. */
export function portraitType(image: Uint8Array): 'image/jpeg' | 'image/jp2' | undefined {
  const starts = (magic: readonly number[]) => magic.every((byte, index) => image[index] === byte);
  if (starts(JPEG)) return 'image/jpeg';
  return starts(JP2) || starts(JPEG_2000_STREAM) ? 'image/jp2' : undefined;
}
