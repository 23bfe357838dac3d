import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceOf } from './device.ts';

test('a device is what it says it is, and unknown where it says nothing', () => {
  const said = (agent?: string) =>
    deviceOf(new Request('https://a.test', { headers: agent ? { 'user-agent': agent } : {} }));
  assert.equal(said(), 'unknown');
  assert.equal(
    said('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148'),
    'phone',
  );
  assert.equal(said('Mozilla/5.0 (Linux; Android 16) Chrome/141 Mobile Safari/537.36'), 'phone');
  assert.equal(said('Mozilla/5.0 (Linux; Android 16) Chrome/141 Safari/537.36'), 'tablet');
  assert.equal(said('Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Mobile/15E148'), 'tablet');
  assert.equal(said('Mozilla/5.0 (X11; Linux x86_64) Firefox/140'), 'computer');
});
