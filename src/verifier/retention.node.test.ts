import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profile } from '../methods/profile.ts';
import { proofEraseAt, valueEraseAt } from './retention.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_800_000_000_000;
const text = { ja: '確認のため' };
const profile = (changes: Partial<Profile> = {}): Profile => ({
  purpose: text,
  claims: {
    name: { purpose: text, retainDays: 0 },
    address: { purpose: text, retainDays: 30 },
  },
  methods: {},
  ...changes,
});

test('a value is kept its days, and an hour where it is not kept', () => {
  const eraseAt = (name: string, changes: Partial<Profile> = {}) =>
    valueEraseAt(profile(changes), { name, value: new Uint8Array(), eraseAt: 0 }, NOW) - NOW;
  assert.equal(eraseAt('claim/name'), HOUR);
  assert.equal(eraseAt('claim/address'), 30 * DAY);
  assert.equal(eraseAt('claim/sex'), HOUR);
  assert.equal(eraseAt('document'), HOUR);
  assert.equal(eraseAt('document', { retainDocumentDays: 2 }), 2 * DAY);
});

test('a proof is kept a day, or as the profile says, an hour at least', () => {
  assert.equal(proofEraseAt(profile(), NOW), NOW + DAY);
  assert.equal(proofEraseAt(profile({ retainProofDays: 7 }), NOW), NOW + 7 * DAY);
  assert.equal(proofEraseAt(profile({ retainProofDays: 0 }), NOW), NOW + HOUR);
});
