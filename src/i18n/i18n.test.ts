import { expect } from '@open-wc/testing';
import type { ClaimWords, ConsentWords } from './glossary.ts';
import { claimLabel, pick } from './labels.ts';
import { supported } from './language.ts';
import { calendarDate, enumerate, retention } from './values.ts';

const words = {
  claims: {
    name: '氏名',
    address: '住所',
    birth_date: '生年月日',
    sex: '性別',
    portrait: '顔写真',
    age_in_years: '年齢',
    local_gov_code: '市区町村コード',
    individual_number: 'マイナンバー',
  },
  ageOver: (age: number) => `${age}歳以上かどうか`,
  consent: {
    list: 'と',
    comma: '、',
    keptYears: (years: number) => `${years}年保存`,
    keptDays: (days: number) => `${days}日保存`,
    notKept: '保存しない',
  },
} satisfies ClaimWords & ConsentWords;

describe('languages', () => {
  it('knows tags by their language', () => {
    expect(supported('en-GB')).to.equal('en');
    expect(supported('JA')).to.equal('ja');
    expect(supported('fr')).to.equal(undefined);
    expect(supported('toString')).to.equal(undefined);
    expect(supported(null)).to.equal(undefined);
  });
});

describe('values in words', () => {
  it('dates: with the era, and the same day in every time zone', () => {
    expect(calendarDate('1971-09-01', 'ja')).to.equal('1971年（昭和46年）9月1日');
    expect(calendarDate('2004-02-29', 'ja')).to.equal('2004年（平成16年）2月29日');
    expect(calendarDate('1971-09-01', 'en')).to.equal('September 1, 1971');
  });

  it('eras change on their day', () => {
    expect(calendarDate('1989-01-07', 'ja')).to.equal('1989年（昭和64年）1月7日');
    expect(calendarDate('1989-01-08', 'ja')).to.match(/^1989年（平成(元|1)年）1月8日$/);
    expect(calendarDate('2019-05-01', 'ja')).to.match(/^2019年（令和(元|1)年）5月1日$/);
  });

  it('what is no date stays as it was read', () => {
    expect(calendarDate('1971', 'ja')).to.equal('1971');
    expect(calendarDate('1971-13-45', 'ja')).to.equal('1971-13-45');
  });

  it('retention: years where they are whole, days otherwise', () => {
    expect(retention(0, words)).to.equal('保存しない');
    expect(retention(30, words)).to.equal('30日保存');
    expect(retention(365, words)).to.equal('1年保存');
    expect(retention(2555, words)).to.equal('7年保存');
    expect(retention(2557, words)).to.equal('7年保存');
    expect(retention(400, words)).to.equal('400日保存');
  });

  it('claims and lists', () => {
    expect(claimLabel('age_over_20', words)).to.equal('20歳以上かどうか');
    expect(enumerate(['氏名', '住所', '性別'], words)).to.equal('氏名、住所と性別');
    expect(enumerate(['氏名'], words)).to.equal('氏名');
    expect(enumerate([], words)).to.equal('');
  });

  it('texts in several languages fall back to Japanese', () => {
    expect(pick({ ja: '銀行', en: 'Bank' }, 'en')).to.equal('Bank');
    expect(pick({ ja: '銀行' }, 'en')).to.equal('銀行');
  });
});
