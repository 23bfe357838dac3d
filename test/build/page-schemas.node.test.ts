import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import { withoutDescription, withPureSchemas } from './page-schemas.ts';

const imported = "import * as v from './schema.ts';\n";

test('what makes a schema is pure, what checks by it is not', () => {
  assert.equal(
    withPureSchemas(
      `${imported}const a = cborMap({ b: v.pipe(v.string(), v.check(c)) }); v.parse(a, b);`,
    ),
    `${imported}const a = /* @__PURE__ */ cborMap({ b: /* @__PURE__ */ v.pipe(/* @__PURE__ */ v.string(), /* @__PURE__ */ v.check(c)) }); v.parse(a, b);`,
  );
});

test('other functions of these names are left alone', () => {
  for (const source of [`${imported}check(a); record(b); w.v.check(c);`, 'v.check(a);']) {
    assert.equal(withPureSchemas(source), source);
  }
});

test('without their description schemas read the same', async () => {
  const source = readFileSync('src/wire/schema-core.ts', 'utf8');
  const lean = withoutDescription(source);
  for (const part of ["word: 'pattern'", 'shape: { type', '({ type', 'word: ', ' shape,\n']) {
    assert.ok(source.includes(part) && !lean.includes(part), part);
  }
  const v: typeof import('../../src/wire/schema-core.ts') = await import(
    `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(lean))}`
  );
  const schema = v.strictObject({
    a: v.array(v.union([v.pipe(v.string(), v.regex(/^b$/), v.maxLength(3)), v.literal(1)])),
    c: v.optional(v.record(v.string(), v.pipe(v.number(), v.safeInteger(), v.minValue(2)))),
  });
  assert.deepEqual(Object.keys(schema.shape.entries), ['a', 'c']);
  assert.equal(v.is(schema, { a: ['b', 1], c: { d: 2 } }), true);
  for (const wrong of [{ a: ['d'] }, { a: [2] }, { a: [], c: { d: 1 } }, { a: [], e: 1 }, {}]) {
    assert.equal(v.is(schema, wrong), false, JSON.stringify(wrong));
  }
});
