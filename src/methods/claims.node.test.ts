import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusal } from '../../test/refusal.ts';
import type { ClaimName } from '../wire/claims.ts';
import { type Claims, completeClaims } from './claims.ts';

const NOW = Date.parse('2026-11-30T12:00:00+09:00');
const asked = (...claims: ClaimName[]) => claims.map((claim) => [claim, {}] as const);

describe('a value, whoever says it', () => {
  const codeOf = (claim: ClaimName, value: unknown) =>
    refusal(() => completeClaims(asked(claim), { [claim]: value } as Claims, NOW));

  const wrong: [ClaimName, unknown][] = [
    ['birth_date', '0000-05-01'],
    ['birth_date', '1899-12-31'],
    ['birth_date', '1971-02-29'],
    ['birth_date', '2026-12-01'],
    ['birth_date', '1971-9-1'],
    ['name', ''],
    ['name', '　 '],
    ['name', '番号\u0000花子'],
    ['name', '番号\n花子'],
    ['name', '番号\u202e花子'],
    ['name', '番号\u2067花子'],
    ['name', 'あ'.repeat(301)],
    ['address', '東京都\u2028'],
    ['sex', 'f'],
    ['age_in_years', -1],
    ['age_in_years', 20.5],
    ['age_over_20', 'yes'],
  ];
  for (const [claim, value] of wrong) {
    it(`${claim} ${JSON.stringify(value).slice(0, 30)} is refused`, () => {
      assert.equal(codeOf(claim, value), 'malformed/claim');
    });
  }

  it('that can be is taken as it is', () => {
    for (const [claim, value] of [
      ['birth_date', '1900-01-01'],
      ['birth_date', '2026-11-30'],
      ['name', '番号　花子'],
      ['address', '〇〇県△△市□□町1-2-3 メゾン・ド・Ａ 101号室'],
    ] as const) {
      assert.equal(codeOf(claim, value), undefined);
    }
  });

  it('gives no age where the date it follows from cannot be', () => {
    const found = { birth_date: '0000-05-01' } as Claims;
    const code = refusal(() => completeClaims(asked('age_over_20'), found, NOW));
    assert.equal(code, 'malformed/claim');
  });

  it('that is required is there', () => {
    const code = refusal(() => completeClaims(asked('name'), {}, NOW));
    assert.equal(code, 'request_mismatch/missing_claim');
  });
});
