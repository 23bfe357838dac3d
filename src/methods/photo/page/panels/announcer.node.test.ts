import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Announcer } from './announcer.ts';

/** What is said of messages that change every so many milliseconds, heard ten times a second. */
function said(messages: readonly string[], each: number): string[] {
  const announcer = new Announcer();
  const heard: string[] = [];
  for (let now = 0; now < messages.length * each; now += 100) {
    const text = announcer.hear(messages[Math.floor(now / each)] ?? '', now);
    if (text) heard.push(text);
  }
  return heard;
}

test('a message that stays is said once', () => {
  assert.deepEqual(said(['near'], 5_000), ['near']);
});

test('flicker is not said', () => {
  assert.deepEqual(said(Array(20).fill(['near', 'far']).flat(), 300), []);
});

test('there is time between two messages', () => {
  assert.deepEqual(said(['near', 'dark', 'blurred', 'good'], 1_000), ['near', 'good']);
});

test('the same one is repeated, but not soon', () => {
  assert.deepEqual(said(['near'], 25_000), ['near', 'near', 'near']);
});
