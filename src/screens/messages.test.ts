import { expect } from '@open-wc/testing';
import { override } from '../i18n/catalog.ts';
import { CATEGORIES } from '../wire/error.ts';
import { ja } from './first/ja.ts';
import { ja as jaLater } from './later/ja.ts';
import { loadMessages } from './messages.ts';
import { ja as jaTrouble } from './trouble/ja.ts';

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
    const first = await loadMessages.first.en();
    const later = await loadMessages.later.en();
    const trouble = await loadMessages.trouble.en();
    expect(keys(first)).to.deep.equal(keys(ja));
    expect(keys(later)).to.deep.equal(keys(jaLater));
    expect(keys(trouble)).to.deep.equal(keys(jaTrouble));
  });

  it('English speaks English throughout', async () => {
    const all = [
      ...texts(await loadMessages.first.en()),
      ...texts(await loadMessages.later.en()),
      ...texts(await loadMessages.trouble.en()),
    ];
    expect(all.filter((text) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text))).to.deep.equal([]);
  });

  it('every category has words', () => {
    expect(Object.keys(jaTrouble.categories).sort()).to.deep.equal([...CATEGORIES].sort());
  });

  it('blame nobody and do not shout', async () => {
    const all = [
      ...[ja, jaLater, jaTrouble].flatMap(texts),
      ...texts(await loadMessages.later.en()),
      ...texts(await loadMessages.trouble.en()),
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
});
