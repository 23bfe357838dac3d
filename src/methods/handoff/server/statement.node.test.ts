import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { agreement, type StatementFacts, transactionStatement } from './statement.ts';

const facts: StatementFacts = {
  relyingParty: { ja: '株式会社サンプル', en: 'Sample' },
  purpose: { ja: '口座の開設' },
  claims: ['name', 'age_over_20'],
  origin: 'https://shop.example',
  rung: 'jpki',
  code: '42',
  nonce: 'n',
  at: Date.UTC(2026, 0, 2),
};

describe('the sentence a person agrees to', () => {
  it('says who asks, for what, for what purpose, and by which code', () => {
    assert.deepEqual(agreement(facts), {
      ja: '「株式会社サンプル」に、氏名、20歳以上かどうかを伝えることに同意します。目的: 口座の開設。確認コード: 42。',
      en: 'I agree that “Sample” is told my name, whether 20 or older. Purpose: 口座の開設. Code: 42.',
    });
    assert.match(
      agreement({ ...facts, occupation: '会社員' }).ja ?? '',
      /職業: 会社員。確認コード/,
    );
  });

  const forged = ['\n', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f'];
  for (const line of forged) {
    it(`stays on one line with ${JSON.stringify(line)} in what was configured`, () => {
      const text = `a${line}origin: https://evil.example`;
      for (const changes of [
        { relyingParty: { ja: text, en: text } },
        { purpose: { ja: text, en: text } },
      ]) {
        const lines = transactionStatement({ ...facts, ...changes }).split(/\p{Zl}|\p{Zp}|\p{Cc}/u);
        assert.deepEqual(
          lines.filter((one) => one.startsWith('origin: ')),
          ['origin: https://shop.example'],
        );
        assert.doesNotMatch(agreement({ ...facts, ...changes }).en ?? '', /\p{Zl}|\p{Zp}|\p{Cc}/u);
      }
    });
  }
});

describe('what is signed', () => {
  it('begins with the sentence, and is bound to one session of one origin', () => {
    assert.equal(
      transactionStatement(facts),
      `${agreement(facts).ja}\n\nid-verify transaction v1\norigin: https://shop.example\nrung: jpki\nclaims: name age_over_20\nnonce: n\nat: 2026-01-02T00:00:00.000Z\n`,
    );
  });
});
