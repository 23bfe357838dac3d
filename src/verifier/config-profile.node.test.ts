import assert from 'node:assert/strict';
import { it } from 'node:test';
import { refusal } from '../../test/refusal.ts';
import { adult, identity } from '../../test/verifier/harness.ts';
import { checkProfile } from './config-profile.ts';

const purpose = { ja: 'ご本人の確認のため' };
const code = (changes: object, id = 'shop') =>
  refusal(() => checkProfile(id, { ...identity, ...changes } as never));
const claims = (given: object) => code({ claims: given });

it('a whole profile is good', () => {
  assert.equal(code({}), undefined);
  assert.equal(
    refusal(() => checkProfile('adult', adult)),
    undefined,
  );
  assert.equal(code({ law: 'jp-aml' }), undefined);
});

it('an id is short, of letters, digits and two signs', () => {
  assert.equal(code({}, 'A-z_0'), undefined);
  for (const id of ['', 'a b', 'ä', 'a'.repeat(65)]) assert.equal(code({}, id), 'config/profile');
});

it('an option nobody knows, or a word nobody knows, is refused', () => {
  assert.equal(code({ crossdevice: 'forbid' }), 'config/option');
  assert.equal(code({ crossDevice: 'never' }), 'config/option');
  assert.equal(code({ retainProofDays: -1 }), 'config/option');
  assert.equal(code({ law: 'de-gwg' }), 'config/law');
  assert.equal(code({ law: 'toString' }), 'config/law');
});

it('a purpose is a text', () => {
  assert.equal(code({ purpose: 'to know you' }), 'config/purpose');
  assert.equal(claims({ name: { retainDays: 0 } }), 'config/purpose');
  assert.equal(claims({ name: undefined }), 'config/purpose');
});

it('there is a method, and only those there are', () => {
  assert.equal(code({ methods: {} }), 'config/method');
  assert.equal(code({ methods: undefined }), 'config/method');
  assert.equal(code({ methods: { fax: {} } }), 'config/method');
});

it('there is a claim, and only those there are, each with its days', () => {
  assert.equal(claims({}), 'config/profile');
  assert.equal(code({ claims: undefined }), 'config/profile');
  assert.equal(claims({ shoe_size: { purpose, retainDays: 0 } }), 'config/claim');
  for (const retainDays of [-1, 1.5, undefined]) {
    assert.equal(claims({ name: { purpose, retainDays } }), 'config/profile');
  }
  assert.equal(claims({ name: { purpose, retainDays: 0, mustBe: true } }), 'config/option');
});

it('a yes/no claim says what it must be, and may be withheld only where either will do', () => {
  const over = (rule: object) => claims({ age_over_20: { purpose, retainDays: 0, ...rule } });
  assert.equal(over({}), 'config/requirement');
  assert.equal(over({ mustBe: false }), undefined);
  assert.equal(over({ mustBe: true, optional: true }), 'config/requirement');
  assert.equal(over({ mustBe: 'either', optional: true }), undefined);
  assert.equal(over({ mustBe: 'yes' }), 'config/option');
});

it('the individual number has a legal basis, in words', () => {
  const individual_number = { purpose, retainDays: 0 };
  assert.equal(claims({ individual_number }), 'policy/individual_number');
  const basis = (legalBasis: unknown) =>
    code({ claims: { individual_number }, individualNumber: { legalBasis } });
  assert.equal(basis(undefined), 'config/individual_number');
  assert.equal(basis({ ja: '番号利用法' }), undefined);
});
