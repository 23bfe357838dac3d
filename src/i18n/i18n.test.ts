import { expect } from '@open-wc/testing';
import { CATEGORIES } from '../wire/error.ts';
import {
  ja,
  loadLaterMessages,
  loadMessages,
  loadTroubleMessages,
  override,
  supported,
} from './catalog.ts';
import { claimLabel, pick } from './format.ts';
import { calendarDate, enumerate, retention } from './format-values.ts';
import { jaLater } from './ja-later.ts';
import { jaTrouble } from './ja-trouble.ts';

const all = { ...ja, ...jaLater };

const keys = (tree: object, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? keys(value, `${path}${key}.`) : [`${path}${key}`],
  );
const texts = (tree: object): string[] =>
  Object.values(tree).flatMap((value) => {
    if (typeof value === 'function') return [String(value('1', '2'))];
    return typeof value === 'object' ? texts(value) : [value];
  });

describe('catalogs', () => {
  it('English has every key of Japanese but its optional notes, and no other', async () => {
    const first = await loadMessages.en();
    const later = await loadLaterMessages.en();
    const trouble = await loadTroubleMessages.en();
    expect(keys(first)).to.deep.equal(keys(ja));
    expect(keys(later)).to.deep.equal(keys(jaLater));
    expect(keys(trouble)).to.deep.equal(keys(jaTrouble));
  });

  it('English speaks English throughout', async () => {
    const all = [
      ...texts(await loadMessages.en()),
      ...texts(await loadLaterMessages.en()),
      ...texts(await loadTroubleMessages.en()),
    ];
    expect(all.filter((text) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text))).to.deep.equal([]);
  });

  it('every category has words', () => {
    expect(Object.keys(jaTrouble.categories).sort()).to.deep.equal([...CATEGORIES].sort());
  });

  it('blame nobody and do not shout', async () => {
    const all = [
      ...[ja, jaLater, jaTrouble].flatMap(texts),
      ...texts(await loadLaterMessages.en()),
      ...texts(await loadTroubleMessages.en()),
    ];
    for (const word of ['失敗', '不正', '！', '!', 'failed', 'invalid', 'liveness']) {
      expect(all.filter((text) => text.toLowerCase().includes(word))).to.deep.equal([]);
    }
  });

  it('a page replaces single texts and keeps the rest', () => {
    const own = override(ja, { intro: { begin: 'ご本人確認へ進む' } });
    expect(own.intro.begin).to.equal('ご本人確認へ進む');
    expect(own.intro.heading).to.equal(ja.intro.heading);
    expect(ja.intro.begin).to.equal('はじめる');
  });

  it('what a page gives in another kind than ours does no harm', () => {
    const own = override(ja, { preparing: null, title: 'x', intro: { heading: 7, begin: '' } });
    expect(own.preparing).to.equal(ja.preparing);
    expect(own.title).to.equal(ja.title);
    expect(own.intro).to.deep.equal({ ...ja.intro, begin: '' });
    expect(override(ja, { step: 'あと少し' }).step(1)).to.equal('あと少し');
  });

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
    expect(retention(0, all)).to.equal('保存しない');
    expect(retention(30, all)).to.equal('30日保存');
    expect(retention(365, all)).to.equal('1年保存');
    expect(retention(2555, all)).to.equal('7年保存');
    expect(retention(2557, all)).to.equal('7年保存');
    expect(retention(400, all)).to.equal('400日保存');
  });

  it('claims and lists', () => {
    expect(claimLabel('age_over_20', ja)).to.equal('20歳以上かどうか');
    expect(enumerate(['氏名', '住所', '性別'], all)).to.equal('氏名、住所と性別');
    expect(enumerate(['氏名'], all)).to.equal('氏名');
    expect(enumerate([], all)).to.equal('');
  });

  it('texts in several languages fall back to Japanese', () => {
    expect(pick({ ja: '銀行', en: 'Bank' }, 'en')).to.equal('Bank');
    expect(pick({ ja: '銀行' }, 'en')).to.equal('銀行');
  });
});
