/** The generators reach every length at which the code does anything otherwise. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { utf8 } from './bytes.ts';
import { type CborValue, Embedded, Tagged } from './cbor.ts';
import { bytes, cborValue, keyValue, mapKeys, text } from './generated.helper.ts';

const RUNS = 2_000;

/** How many of the samples are at least so long. */
const reach = (lengths: readonly number[], length: number) =>
  lengths.filter((one) => one >= length).length;

function lengthsOf(value: CborValue, found: Map<string, number[]>): void {
  const add = (kind: string, length: number) => {
    found.set(kind, [...(found.get(kind) ?? []), length]);
  };
  if (typeof value === 'string') add('text', utf8(value).length);
  else if (value instanceof Uint8Array) add('bytes', value.length);
  else if (value instanceof Embedded) add('embedded', value.content.length);
  else if (value instanceof Tagged) lengthsOf(value.value, found);
  else if (Array.isArray(value)) {
    add('array', value.length);
    for (const item of value) lengthsOf(item, found);
  } else if (value instanceof Map) {
    add('map', value.size);
    for (const [key, item] of value) {
      lengthsOf(key, found);
      lengthsOf(item, found);
    }
  }
}

test('values are long enough for a head of one, two and three bytes, and maps for many keys', () => {
  const found = new Map<string, number[]>();
  for (const value of fc.sample(cborValue, RUNS)) lengthsOf(value, found);
  const many = (kind: string, length: number) => reach(found.get(kind) ?? [], length) >= 20;
  for (const kind of ['text', 'bytes', 'embedded']) {
    for (const length of [1, 24, 33, 256]) assert.ok(many(kind, length), `${kind} of ${length}`);
  }
  for (const kind of ['array', 'map']) {
    for (const length of [1, 17, 24]) assert.ok(many(kind, length), `${kind} of ${length}`);
  }
});

test('texts and byte strings meet the lengths around each head, and texts are not ASCII alone', () => {
  const texts = fc.sample(text, RUNS);
  const lengths = [
    texts.map((one) => utf8(one).length),
    fc.sample(bytes, RUNS).map((one) => one.length),
  ];
  for (const all of lengths) {
    for (const length of [0, 23, 24, 255, 256]) assert.ok(all.includes(length), String(length));
  }
  assert.ok(texts.filter((one) => utf8(one).length > one.length && one.length <= 32).length >= 20);
});

test('maps have many keys, with and without one twice, near and far from each other', () => {
  const samples = fc.sample(mapKeys, RUNS);
  const far = samples.filter((keys) => {
    const values = keys.map(keyValue);
    return values.some((value, at) => values.indexOf(value) < at - 16);
  });
  const twice = samples.filter((keys) => new Set(keys.map(keyValue)).size < keys.length);
  const many = (all: typeof samples) => all.filter((keys) => keys.length > 16).length;
  assert.ok(far.length >= 50, `${far.length} with a key that comes again far behind itself`);
  assert.ok(many(twice) >= 200 && many(samples) - many(twice) >= 200);
});
