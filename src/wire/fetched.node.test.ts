import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetched } from './fetched.ts';

for (const message of [
  'Failed to fetch dynamically imported module: https://cdn.example/later.js',
  'error loading dynamically imported module: https://cdn.example/later.js',
  'Importing a module script failed.',
]) {
  test(`a part that did not come is the network’s fault: ${message}`, async () => {
    const part = Promise.reject(new TypeError(message));
    await assert.rejects(fetched(part), { code: 'unavailable/network' });
  });
}

for (const mistake of [
  new TypeError('AbortSignal.any is not a function'),
  new ReferenceError('IntersectionObserver is not defined'),
]) {
  test(`a mistake is not: ${mistake.message}`, async () => {
    await assert.rejects(fetched(Promise.reject(mistake)), (error) => error === mistake);
  });
}
