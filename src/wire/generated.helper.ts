/**
 * Generated CBOR, for property tests. fast-check keeps what it makes small unless told otherwise: at
 * most 10 entries where the code changes its way at 24 or 32. Sizes are therefore set here, and
 * `generated.node.test.ts` holds that every length is reached at which anything is done otherwise.
 */
import fc from 'fast-check';
import { utf8 } from './bytes.ts';
import { type CborValue, Tagged } from './cbor.ts';
import { embed } from './writer.ts';

/** Where heads grow: RFC 8949 section 3. */
const AROUND_HEADS = [23, 24, 255, 256];

const upTo = (maxLength: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: maxLength }) },
    { weight: 2, arbitrary: fc.constantFrom(...AROUND_HEADS.filter((one) => one <= maxLength)) },
  );

/** Text that the reader takes, from one code unit to more than two bytes can count. */
export const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 90, size: 'max' }),
    fc.string({ maxLength: 40, size: 'max' }),
    upTo(300).map((length) => 'x'.repeat(length)),
  )
  .filter((value) => !/\p{Surrogate}/u.test(value) && !value.startsWith('\ufeff'));

export const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300, size: 'max' }).map((value) => Uint8Array.from(value)),
  upTo(300).map((length) => new Uint8Array(length).fill(length)),
);

export const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -300, max: 300 }),
  fc
    .bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n })
    .map((n) => (Number.isSafeInteger(Number(n)) ? Number(n) : n)),
);

const small = fc.oneof(integer, fc.boolean(), fc.constant(null));

/** Any value the rules for mdoc let pass, floats aside. */
export const { value: cborValue } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    integer,
    text,
    fc.boolean(),
    fc.constant(null),
    bytes,
    bytes.map((content) => embed(content)),
    text.map((date) => new Tagged(1004, date)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(small, { maxLength: 40, size: 'max' }),
    fc.array(tie('value'), { maxLength: 5 }).map((items) => new Tagged(18, items)),
    fc
      .array(fc.tuple(fc.oneof(integer, text), tie('value')), { maxLength: 5 })
      .map((entries) => new Map(entries)),
    fc
      .array(fc.tuple(fc.oneof(integer, text), small), { maxLength: 40, size: 'max' })
      .map((entries) => new Map(entries)),
  ),
}));

/** A key as it is encoded, also in a longer head than it needs. */
const encodedKey = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map((n) => (n < 24 ? [n] : [0x18, n])),
  fc.integer({ min: 0, max: 60 }).map((n) => [0x19, 0, n]),
  fc.string({ maxLength: 2 }).map((value) => [0x78, utf8(value).length, ...utf8(value)]),
);

/** Keys that are all different by value, and at times one more that is not, anywhere among them. */
export const mapKeys = fc
  .tuple(
    fc.uniqueArray(encodedKey, { maxLength: 60, size: 'max', selector: keyValue }),
    fc.boolean(),
    fc.nat(),
    fc.nat(),
  )
  .map(([keys, twice, which, where]) => {
    const repeated = keys[which % Math.max(1, keys.length)];
    return twice && repeated ? keys.toSpliced(where % (keys.length + 1), 0, repeated) : keys;
  });

/** What an encoded key says, however it is spelt. */
export function keyValue(key: readonly number[]): string {
  return key[0] === 0x78 ? `text ${key.slice(2).join()}` : `uint ${key.at(-1)}`;
}
