import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coreOf } from '../../test/verifier/core.ts';
import { identity } from '../../test/verifier/harness.ts';
import { isLawful, profileOf, requireLawful, verifierOf } from './core.ts';

/** Photos are accepted under 犯収法 until the end of March 2027. */
const LAST = Date.parse('2027-03-31T23:59:59+09:00');
const FIRST = LAST + 1_000;

test('the verifier of a method is found where there is one', () => {
  const { core } = coreOf();
  assert.deepEqual(verifierOf(core, 'wallet')?.methods, ['wallet']);
  assert.equal(verifierOf(core, 'photo'), undefined);
});

test('a session whose profile was removed has none', () => {
  const { core } = coreOf();
  assert.equal(profileOf(core, { profile: 'identity' }), identity);
  assert.throws(() => profileOf(core, { profile: 'gone' }), { code: 'config/profile' });
});

test('a law counts by its day, and no law forbids nothing', () => {
  const { core } = coreOf();
  const before = { ...core, now: () => LAST };
  const after = { ...core, now: () => FIRST };
  const lawful = { ...identity, law: 'jp-aml' } as const;
  assert.equal(isLawful(before, lawful, 'photo'), true);
  assert.equal(isLawful(after, lawful, 'photo'), false);
  assert.equal(isLawful(after, identity, 'photo'), true);
  requireLawful(before, lawful, 'photo');
  assert.throws(() => requireLawful(after, lawful, 'photo'), { code: 'policy/law' });
});
