import assert from 'node:assert/strict';
import { it } from 'node:test';
import { photoProfile, receiptKey } from '../../../../test/photo/photographer.ts';
import { refusal } from '../../../../test/refusal.ts';
import { deploymentOf } from '../../../../test/verifier/core.ts';
import type { Profile } from '../../profile.ts';
import type { PhotoOptions, PhotoSettings } from '../settings.ts';
import { checkPhoto, reviewTime, takesFiles } from './config.ts';

const { photo } = photoProfile.methods;
const withPhoto = (settings: object, changes: Partial<Profile> = {}): Profile => ({
  ...photoProfile,
  ...changes,
  methods: { photo: { ...photo, ...settings } as PhotoSettings },
});
const check = (profile: Profile, options: Partial<PhotoOptions> = {}) =>
  checkPhoto(deploymentOf({ shop: profile }), { receiptKey, ...options });
const code = (settings: object, changes: Partial<Profile> = {}) =>
  refusal(() => check(withPhoto(settings, changes)));

it('a deployment remembers pictures for a year, or as many days as is said', () => {
  assert.equal(check(photoProfile).imageMemory, 365 * 86_400_000);
  assert.equal(check(photoProfile, { rememberImagesDays: 0 }).imageMemory, 0);
  for (const rememberImagesDays of [-1, 0.5]) {
    const wrong = refusal(() => check(photoProfile, { rememberImagesDays }));
    assert.equal(wrong, 'config/remember');
  }
});

it('each key of receipts has 32 bytes', () => {
  const short = new Uint8Array(31);
  for (const options of [
    { receiptKey: short },
    { receiptKey: 'key' as never },
    { otherReceiptKeys: [receiptKey, short] },
  ]) {
    assert.equal(
      refusal(() => check(photoProfile, options)),
      'config/receipt_key',
    );
  }
  const other = new Uint8Array(32).fill(8);
  const { receiptKeys } = check(photoProfile, { otherReceiptKeys: [other] });
  assert.deepEqual(receiptKeys, [receiptKey, other]);
  assert.equal(
    refusal(() => check(photoProfile, { key: 1 } as never)),
    'config/option',
  );
});

it('a profile names documents that there are, each once', () => {
  assert.equal(code({}), undefined);
  for (const documents of [[], undefined, ['passport', 'passport'], ['library-card']]) {
    assert.equal(code({ documents }), 'config/document');
  }
});

it('a profile says how long a decision may take, and how many movements', () => {
  for (const decideWithinHours of [0, 721]) {
    assert.equal(code({ decideWithinHours }), 'config/decide_within');
  }
  assert.equal(code({ decideWithinHours: 720 }), undefined);
  assert.equal(code({ gestures: 3 }), undefined);
  for (const gestures of [-1, 1.5, 4]) assert.equal(code({ gestures }), 'config/gestures');
  assert.equal(reviewTime({ ...photo, documents: ['passport'], decideWithinHours: 2 }), 7_200_000);
});

it('files stand in for a camera where the profile says so and its law lets it', () => {
  assert.equal(code({ files: 'allow' }, { law: 'jp-aml' }), 'config/files');
  assert.equal(code({ files: undefined }, { law: 'jp-aml' }), undefined);
  assert.equal(takesFiles(photoProfile), true);
  assert.equal(takesFiles(withPhoto({ files: undefined })), false);
  assert.equal(takesFiles({ ...photoProfile, law: 'jp-aml' }), false);
  assert.equal(takesFiles({ ...photoProfile, methods: {} }), false);
});

it('what no reviewer can type from a photo is optional', () => {
  const rule = { purpose: photoProfile.purpose, retainDays: 0 };
  const portrait = (optional?: true) =>
    code({}, { claims: { portrait: { ...rule, ...(optional && { optional }) } } });
  assert.equal(portrait(), 'config/claim');
  assert.equal(portrait(true), undefined);
});
