import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdVerifyError } from '../../../wire/error.ts';
import { walletSentence } from './refusals.ts';

test('a refusal of the wallet rung has a sentence with its clause and what was found', () => {
  const said = walletSentence(new IdVerifyError('decryption/hpke', 'a tag that is wrong'));
  assert.match(
    said,
    /^The answer does not open, in EncryptedResponse: .*found a tag that is wrong/,
  );
  assert.match(said, /RFC 9180/);
});

test('one that is not of this rung keeps its own words', () => {
  const said = walletSentence(new IdVerifyError('malformed/cbor', 'a map with a key twice'));
  assert.match(said, /a map with a key twice/);
});
