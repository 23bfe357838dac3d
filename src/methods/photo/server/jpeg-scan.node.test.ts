import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { refusal } from '../../../../test/refusal.ts';
import { encodeJpeg } from '../../../testing/issuer/jpeg.ts';
import { pictureIn } from './jpeg-scan.ts';

const drawn = (shade: number): Uint8Array =>
  encodeJpeg({
    width: 333,
    height: 217,
    pixel: (x, y) => [(x * 3 + shade) & 255, (y * 5) & 255, (x ^ y) & 255],
  });
const picture = drawn(0);

const jpegtran = (...words: string[]): Uint8Array => {
  const { status, stdout, stderr } = spawnSync('jpegtran', ['-copy', 'none', ...words], {
    input: picture,
  });
  assert.equal(status, 0, String(stderr));
  return new Uint8Array(stdout);
};
const skip = spawnSync('jpegtran', ['-version'], { input: picture }).error !== undefined;

describe('a picture written anew by libjpeg, without loss', { skip }, () => {
  for (const words of [['-optimize'], ['-restart', '1'], ['-restart', '3B', '-optimize']]) {
    it(`with ${words.join(' ')} is the same picture`, () => {
      const file = jpegtran(...words);
      assert.notDeepEqual(file, picture);
      assert.deepEqual(pictureIn(file), pictureIn(picture));
    });
  }

  it('cut smaller or turned is another', () => {
    for (const words of [['-crop', '64x64+0+0'], ['-flip', 'horizontal'], ['-grayscale']]) {
      assert.notDeepEqual(pictureIn(jpegtran(...words)), pictureIn(picture));
    }
  });

  it('in a way no canvas writes is refused', () => {
    assert.equal(
      refusal(() => pictureIn(jpegtran('-progressive'))),
      'malformed/image',
    );
  });
});

describe('another picture', () => {
  it('is another', () => {
    assert.notDeepEqual(pictureIn(drawn(8)), pictureIn(picture));
    assert.deepEqual(pictureIn(drawn(0)), pictureIn(picture));
  });
});
