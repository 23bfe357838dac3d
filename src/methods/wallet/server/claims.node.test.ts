import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CborValue, Tagged } from '../../../wire/cbor.ts';
import type { ClaimName } from '../../../wire/contract.ts';
import { ageOn } from '../../claims.ts';
import type { Profile } from '../../profile.ts';
import { claimsFrom } from './claims.ts';
import { elementsFor } from './requests.ts';

const CARD = 'org.iso.23220.1.jp';
const PERSON = 'org.iso.23220.1';
const MNC = 'org.iso.23220.1.jp.mnc';
const NOW = Date.parse('2026-11-22T03:00:00Z');

const asking = (...claims: (ClaimName | `${ClaimName}?`)[]): Profile => ({
  purpose: { ja: '確認' },
  claims: Object.fromEntries(
    claims.map((claim) => [
      claim.replace('?', ''),
      {
        purpose: { ja: '確認' },
        retainDays: claim === 'name' ? 1 : 0,
        optional: claim.endsWith('?'),
        ...(claim.startsWith('age_over_') && { mustBe: 'either' }),
      },
    ]),
  ) as Profile['claims'],
  methods: { wallet: { docType: MNC } },
});

const document = (card: Record<string, CborValue>, person: Record<string, CborValue>) =>
  new Map([
    [CARD, new Map(Object.entries(card))],
    [PERSON, new Map(Object.entries(person))],
  ]);

describe('claims of a document', () => {
  it('reads every form of a birth date that a card may have', () => {
    for (const value of [
      new Tagged(1004, '1971-09-01'),
      new Tagged(0, '1971-09-01T00:00:00Z'),
      '1971-09-01',
    ]) {
      const claims = claimsFrom(
        document({}, { birth_date: value }),
        MNC,
        asking('birth_date'),
        NOW,
      );
      assert.equal(claims.birth_date, '1971-09-01');
    }
    for (const value of [19710901, '昭和46年9月1日', new Tagged(1004, '1971-02-30')]) {
      assert.throws(
        () => claimsFrom(document({}, { birth_date: value }), MNC, asking('birth_date'), NOW),
        {
          code: 'malformed/element_type',
        },
      );
    }
  });

  it('says the sex in words', () => {
    const claims = claimsFrom(document({}, { sex: 2 }), MNC, asking('sex'), NOW);
    assert.equal(claims.sex, 'female');
    for (const sex of [3, -1, '2', true]) {
      assert.throws(() => claimsFrom(document({}, { sex }), MNC, asking('sex'), NOW), {
        code: 'malformed/element_type',
      });
    }
  });

  it('takes an age limit from the least revealing element there is', () => {
    const limit = (person: Record<string, CborValue>, ...more: ClaimName[]) =>
      claimsFrom(document({}, person), MNC, asking('age_over_20', ...more), NOW).age_over_20;
    const born = new Tagged(1004, '2006-11-23');
    assert.equal(limit({ age_over_20: true, age_in_years: 3 }, 'age_in_years'), true);
    assert.equal(limit({ age_in_years: 20, birth_date: born }, 'age_in_years', 'birth_date'), true);
    assert.equal(limit({ birth_date: born }, 'birth_date'), false);
    assert.equal(limit({ birth_date: new Tagged(1004, '2006-11-22') }, 'birth_date'), true);
  });

  it('refuses what is withheld, unless it is optional', () => {
    const nothing = document({}, {});
    assert.throws(() => claimsFrom(nothing, MNC, asking('name'), NOW), {
      code: 'request_mismatch/missing_claim',
    });
    assert.throws(() => claimsFrom(nothing, MNC, asking('age_over_20'), NOW), {
      code: 'request_mismatch/missing_claim',
    });
    assert.deepEqual(claimsFrom(nothing, MNC, asking('name?'), NOW), {});
  });

  it('refuses a name in which there is nothing to be read', () => {
    for (const full_name_unicode of [
      '',
      ' ',
      '　',
      '\u200b',
      '\u2066\u2069',
      '\u3164',
      '\u0000\t\n',
      '\ufeff　\u00ad',
    ]) {
      const blank = document({ full_name_unicode }, {});
      for (const name of ['name', 'name?'] as const) {
        assert.throws(() => claimsFrom(blank, MNC, asking(name), NOW), { code: 'malformed/claim' });
      }
    }
    const one = document({ full_name_unicode: '　一　' }, {});
    assert.equal(claimsFrom(one, MNC, asking('name'), NOW).name, '　一　');
  });

  it('hands on nothing that was not asked', () => {
    const all = document({ full_name_unicode: '番号 花子' }, { sex: 2 });
    assert.deepEqual(claimsFrom(all, MNC, asking('name'), NOW), { name: '番号 花子' });
  });
});

describe('elements of a request', () => {
  it('say truly what is kept, and only what is asked', () => {
    assert.deepEqual(elementsFor(asking('name', 'sex?', 'age_over_20'), MNC), {
      requested: {
        [CARD]: { full_name_unicode: true },
        [PERSON]: { sex: false, age_over_20: false },
      },
      optional: { [PERSON]: ['sex'] },
    });
  });
});

describe('age', () => {
  it('changes on the birthday, for 29 February on 1 March', () => {
    assert.equal(ageOn('2026-11-21', '2006-11-22'), 19);
    assert.equal(ageOn('2026-11-22', '2006-11-22'), 20);
    assert.equal(ageOn('2027-02-28', '2008-02-29'), 18);
    assert.equal(ageOn('2027-03-01', '2008-02-29'), 19);
  });
});
