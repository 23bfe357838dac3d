import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchAccount } from './match.ts';

const name = (read: string, known: string) => matchAccount({ name: read }, { name: known }).name;
const address = (read: string, known: string) =>
  matchAccount({ address: read }, { address: known }).address;

describe('matching with an account', () => {
  it('folds width, case and white space', () => {
    assert.equal(name('番号　花子', '番号花子'), 'match');
    assert.equal(name('ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダタロウ'), 'match');
    assert.equal(name('SMITH John', 'Ｓｍｉｔｈ Ｊｏｈｎ'), 'match');
    assert.equal(address('東京都千代田区１－２－３', '東京都 千代田区 1-2-3'), 'match');
  });

  it('is a mismatch where it is certain', () => {
    assert.equal(name('番号 花子', '田中 一郎'), 'mismatch');
    assert.equal(address('東京都千代田区1-2-3', '大阪府堺市北区4-5'), 'mismatch');
    const dates = matchAccount({ birth_date: '1971-09-01' }, { birth_date: '1971-09-02' });
    assert.equal(dates.birth_date, 'mismatch');
  });

  it('is undetermined for 異体字', () => {
    assert.equal(name('渡邊 太郎', '渡辺 太郎'), 'undetermined');
    assert.equal(name('渡邉 太郎', '渡邊 太郎'), 'undetermined');
    assert.equal(name('髙橋 恵', '高橋 惠'), 'undetermined');
    assert.equal(name('葛\u{E0100}城', '葛城'), 'undetermined');
    assert.equal(name('渡邊 太郎', '渡辺 次郎'), 'mismatch');
  });

  it('is undetermined for the notation of an address', () => {
    assert.equal(
      address('千代田区霞が関一丁目2番3号', '東京都千代田区霞が関1-2-3'),
      'undetermined',
    );
  });

  it('says nothing about what one side does not have', () => {
    assert.deepEqual(matchAccount({ name: 'x' }, { birth_date: '1971-09-01' }), {});
    assert.deepEqual(matchAccount({}, { name: 'x' }), {});
  });
});
