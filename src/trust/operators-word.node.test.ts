import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { createCards } from '../testing/phone/card.ts';
import { parseCertificate } from './certificate.ts';
import { operatorsWord, wordOfKeeper } from './operators-word.ts';
import type { RevocationInput, ToldStatus } from './revocation.ts';

const now = Date.now();
const DAY = 86_400_000;
const { cards, root } = createCards(() => now);

const word = (status: 'good' | 'revoked', ago: number): ToldStatus => ({ status, at: now - ago });

async function judged(told: ToldStatus | undefined, maxAge?: number) {
  const notes: string[] = [];
  const codes: string[] = [];
  const input: RevocationInput = {
    signer: parseCertificate(cards.good.certificate),
    anchor: parseCertificate(root.certificate),
    status: undefined,
    now,
    crypto: defaultCrypto(),
    told,
    note: (how) => notes.push(how),
  };
  await operatorsWord(maxAge === undefined ? {} : { maxAge })(input, (code) => codes.push(code));
  return [...codes, ...notes];
}

describe('the word of an operator', () => {
  it('counts with its time, a day long, and says so', async () => {
    const [said = ''] = await judged(word('good', 1_000));
    assert.equal(said, `by the word of the operator, of ${new Date(now - 1_000).toISOString()}`);
    assert.equal((await judged(word('good', DAY)))[0]?.slice(0, 11), 'by the word');
  });

  it('is none where it is missing, too old, or of a time to come', async () => {
    for (const [told, maxAge] of [
      [undefined],
      [word('good', DAY + 1)],
      [word('good', 1_000), 500],
      [word('good', -60_001)],
      [word('good', Number.NaN)],
    ] as [ToldStatus | undefined, number?][]) {
      assert.deepEqual(await judged(told, maxAge), ['undetermined/operators_word']);
    }
  });

  it('that it was revoked counts whenever it was said', async () => {
    for (const ago of [1_000, 400 * DAY, -2 * DAY, Number.NaN]) {
      assert.deepEqual(await judged(word('revoked', ago)), ['revoked/signer']);
    }
  });
});

describe('the word of an operator that keeps the certificate', () => {
  it('is as old as the strictest source allows, or a day', () => {
    const strict = [operatorsWord({ maxAge: 500 }), operatorsWord({ maxAge: 9 * DAY }), () => {}];
    assert.deepEqual(wordOfKeeper(word('good', 400), strict, now), { at: now - 400 });
    assert.equal(wordOfKeeper(word('good', 501), strict, now), 'nothing');
    const lenient = [operatorsWord({ maxAge: 9 * DAY })];
    assert.deepEqual(wordOfKeeper(word('good', 8 * DAY), lenient, now), { at: now - 8 * DAY });
    assert.equal(wordOfKeeper(word('good', DAY + 1), [], now), 'nothing');
    assert.equal(wordOfKeeper(word('revoked', DAY + 1), [], now), 'revoked');
    assert.equal(wordOfKeeper(undefined, lenient, now), 'nothing');
  });
});
