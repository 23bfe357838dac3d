import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JpkiPerson } from '../../../jpki/person.ts';
import type { ClaimName } from '../../../wire/contract.ts';
import type { Claims } from '../../claims.ts';
import { joinClaims } from './person.ts';

const NOW = Date.parse('2026-11-30T12:00:00+09:00');
const hanako: JpkiPerson = {
  name: '番号　花子',
  nameSubstituted: false,
  birthDate: '1971-09-01',
  sex: 'female',
  address: '〇〇県△△市□□町１－２－３',
  addressSubstituted: false,
};

const join = (told: Claims, asked: ClaimName[], changes: Partial<JpkiPerson> = {}) => {
  const { claims, checks, uncertain } = joinClaims({ ...hanako, ...changes }, told, asked, NOW);
  const said = checks.map(({ id, outcome, code }) =>
    [id, outcome, ...(code ? [code] : [])].join(' '),
  );
  return { claims, checks: said, uncertain };
};

describe('what certificate and operator say', () => {
  it('is the certificate’s, spelt as there; of the operator is what no certificate holds', () => {
    const told = { name: '番号 花子', local_gov_code: '131016', birth_date: '1971-09-01' };
    const { claims, checks, uncertain } = join(told, ['name', 'local_gov_code']);
    assert.deepEqual(claims, { name: '番号　花子', local_gov_code: '131016' });
    assert.deepEqual([checks, uncertain], [['jpki.name passed'], []]);
  });

  it('is the same in another notation of width, white space and dashes', () => {
    const address = '〇〇県△△市□□町1ー2−3';
    assert.deepEqual(join({ address }, ['address']).checks, ['jpki.address passed']);
  });

  it('may not differ, also where nobody asked', () => {
    for (const [told, id] of [
      [{ name: '山田　太郎' }, 'jpki.name'],
      [{ address: '東京都千代田区1-1' }, 'jpki.address'],
      [{ birth_date: '1950-01-01' }, 'jpki.birth_date'],
      [{ age_over_20: false }, 'jpki.birth_date'],
      [{ age_in_years: 54 }, 'jpki.birth_date'],
      [{ sex: 'male' }, 'jpki.sex'],
    ] as [Claims, string][]) {
      for (const asked of [['name', 'address', 'birth_date', 'sex'], []] as ClaimName[][]) {
        const { checks } = join(told, asked);
        assert.ok(checks.includes(`${id} failed request_mismatch/certificate`), checks.join());
      }
    }
    assert.deepEqual(join({ age_in_years: 55, age_over_60: false }, []).checks, []);
  });

  it('is uncertain where a character stands in for another', () => {
    const name = join({ name: '𠮷号　花子' }, ['name'], { nameSubstituted: true });
    assert.deepEqual(name.checks, ['jpki.name undetermined undetermined/substitute_character']);
    assert.deepEqual([name.claims.name, name.uncertain], ['番号　花子', ['name']]);
    const address = join({}, ['name', 'address'], { addressSubstituted: true });
    assert.deepEqual(address.uncertain, ['address']);
  });

  it('is the operator’s word where the certificate is silent or does not know', () => {
    const { name: _, ...nameless } = hanako;
    const { claims, checks } = joinClaims(nameless, { name: '番号 花子' }, ['name'], NOW);
    assert.deepEqual([claims.name, checks[0]?.code], ['番号 花子', 'undetermined/operators_word']);
    const sex = join({ sex: 'male' }, ['sex'], { sex: 'not_known' });
    assert.deepEqual(sex.checks, ['jpki.sex undetermined undetermined/operators_word']);
  });

  it('is no date and no age without a day of birth, whatever the operator says', () => {
    for (const birthDate of ['1950', '1950-05']) {
      const told = { birth_date: '1950-05-09', age_over_20: true, age_in_years: 76 };
      const { claims, checks } = join(told, ['birth_date', 'age_over_20'], { birthDate });
      assert.deepEqual(claims, {});
      assert.deepEqual(checks, ['jpki.birth_date undetermined undetermined/birth_date']);
      const other = join({ birth_date: '1951-05-09' }, ['birth_date'], { birthDate });
      assert.deepEqual(other.checks, ['jpki.birth_date failed request_mismatch/certificate']);
    }
  });
});
