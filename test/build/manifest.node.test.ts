import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { published, undescribed } from './manifest.ts';

test('private and protected members and guessed events are left out', () => {
  const declaration = {
    members: [
      { name: 'start' },
      { name: '#session' },
      { name: 'render', privacy: 'protected' },
      { name: 'secret', privacy: 'private' },
    ],
    events: [{ name: 'id-verify-state' }, { name: 'x' }],
  };
  assert.deepEqual(published({ modules: [{ declarations: [declaration] }] }), {
    modules: [
      { declarations: [{ members: [{ name: 'start' }], events: [{ name: 'id-verify-state' }] }] },
    ],
  });
});

test('what has no description is named', () => {
  const declarations = [
    {
      name: 'IdVerify',
      members: [{ name: 'start', description: 'Opens.' }, { name: 'cancel' }],
      events: [{ name: 'id-verify-state', description: ' ' }],
    },
  ];
  assert.deepEqual(undescribed({ modules: [{ declarations }] }), [
    'IdVerify, members: cancel',
    'IdVerify, events: id-verify-state',
  ]);
});

test('each part, slot and custom property in the code is in the manifest', () => {
  const sources = globSync('src/**/*.ts', {
    exclude: ['src/verifier/**', 'src/methods/*/server/**', 'src/testing/**', '**/*.test.ts'],
  }).map((file) => readFileSync(file, 'utf8'));
  const named = (pattern: RegExp) =>
    sources.flatMap((source) => [...source.matchAll(pattern)].flatMap(([, name = '']) => name));
  const manifest = readFileSync('custom-elements.json', 'utf8');
  const used = [
    ...named(/\bpart="([a-z-]+)"/g),
    ...named(/<slot[^>]* name="([a-z-]+)"/g),
    ...named(/var\(\s*(--id-verify-[a-z-]+)/g),
  ];
  assert.ok(used.length > 30, 'some are found');
  const untold = used.filter((name) => !manifest.includes(`"name": "${name}"`));
  assert.deepEqual(untold, []);
});
