import assert from 'node:assert/strict';
import { test } from 'node:test';
import { published } from './manifest.ts';

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
