import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DOCUMENTS } from '../../documents.ts';
import { analyseFace, analyseFrame, type Pixels } from './index.ts';

const LICENCE = DOCUMENTS['driving-licence'];

/** A pale card with lines of dark print on a dark table; `paint` may change any pixel's grey. */
function picture(
  width: number,
  height: number,
  paint = (_x: number, _y: number, grey: number) => grey,
): Pixels {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const [halfWide, halfTall] = [width * 0.35, (width * 0.35) / LICENCE.aspect];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x + 0.5 - width / 2, y + 0.5 - height / 2];
      const inside = Math.abs(dx) < halfWide && Math.abs(dy) < halfTall;
      const print =
        Math.abs(dx) < halfWide * 0.7 && Math.floor(x / 8) % 2 === 0 && Math.floor(y / 8) % 2 === 0;
      const grey = paint(dx / halfWide, dy / halfTall, inside ? (print ? 60 : 210) : 70);
      data.fill(grey, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { data, width, height };
}

describe('analyseFrame', () => {
  for (const [width, height] of [
    [320, 240],
    [640, 480],
    [1920, 1080],
    [360, 640],
    [480, 640],
  ] as const) {
    it(`finds a card in ${width} × ${height} in frame pixels`, () => {
      const { quad, tilt, advice } = analyseFrame(picture(width, height), LICENCE);
      assert.ok(quad && tilt);
      const reach = width / 100;
      assert.ok(Math.abs(quad[0].x - width * 0.15) < reach, `left at ${quad[0].x}`);
      assert.ok(Math.abs(quad[2].x - width * 0.85) < reach, `right at ${quad[2].x}`);
      assert.ok(Math.abs(quad[0].y - (height / 2 - (width * 0.35) / LICENCE.aspect)) < reach);
      assert.ok(tilt.tilt < 8, `tilt ${tilt.tilt}`);
      assert.equal(advice.code, 'good');
    });
  }

  it('takes the card, not the frame printed along its rim', () => {
    const framed = (x: number, y: number, grey: number) => {
      const rim = Math.max(Math.abs(x), Math.abs(y));
      if (rim > 1) return 150;
      if (rim > 0.9 && rim < 0.93) return 100;
      return rim > 0.7 ? 210 : grey;
    };
    const { quad } = analyseFrame(picture(640, 480, framed), LICENCE);
    assert.ok(quad && Math.abs(quad[0].x - 96) < 5, `left at ${quad?.[0].x}`);
  });

  it('says where a reflection hides the card', () => {
    const lamp = (x: number, y: number, grey: number) =>
      (x - 0.7) ** 2 + (y + 0.7) ** 2 < 0.03 ? 255 : grey;
    const { advice, glare } = analyseFrame(picture(640, 480, lamp), LICENCE);
    assert.deepEqual(advice, { code: 'glare', place: 'top-right' });
    assert.ok(glare[0] && glare[0].box.x > 320 && glare[0].box.y < 240);
  });

  it('takes no white paper in bright light for a reflection, but a lamp on it', () => {
    const white = (x: number, _y: number, grey: number) => (grey === 210 ? 247 + 4 * x : grey);
    assert.equal(analyseFrame(picture(640, 480, white), LICENCE).advice.code, 'good');
    const lamp = (x: number, y: number, grey: number) =>
      x ** 2 + y ** 2 < 0.03 ? 255 : white(x, y, grey);
    assert.equal(analyseFrame(picture(640, 480, lamp), LICENCE).advice.code, 'glare');
  });

  it('reads bytes that lie anywhere in memory, a Buffer of Node too', () => {
    const { data, ...size } = picture(320, 240);
    const shifted = Buffer.alloc(1 + data.length).subarray(1);
    shifted.set(data);
    assert.notEqual(shifted.byteOffset % 4, 0);
    assert.deepEqual(
      analyseFrame({ data: shifted, ...size }, LICENCE),
      analyseFrame({ data, ...size }, LICENCE),
    );
  });

  it('finds nothing in an even frame, and says so', () => {
    const grey = analyseFrame(
      picture(320, 240, () => 128),
      LICENCE,
    );
    assert.equal(grey.quad, null);
    assert.equal(grey.advice.code, 'not_found');
    assert.equal(
      analyseFrame(
        picture(320, 240, () => 8),
        LICENCE,
      ).advice.code,
      'too_dark',
    );
    assert.equal(
      analyseFrame(
        picture(320, 240, () => 255),
        LICENCE,
      ).advice.code,
      'too_bright',
    );
  });

  it('says that a card is cut off', () => {
    const whole = picture(640, 480);
    const shifted = { ...whole, data: whole.data.slice() };
    for (let y = 0; y < 480; y++)
      for (let x = 0; x < 640; x++) {
        const from = (y * 640 + Math.max(0, x - 180)) * 4;
        shifted.data.set(whole.data.subarray(from, from + 4), (y * 640 + x) * 4);
      }
    assert.equal(analyseFrame(shifted, LICENCE).advice.code, 'cut_off');
  });

  it('works on data that does not start at a whole word', () => {
    const { data, width, height } = picture(320, 240);
    const shifted = new Uint8ClampedArray(data.length + 1).subarray(1);
    shifted.set(data);
    assert.deepEqual(
      analyseFrame({ data: shifted, width, height }, LICENCE),
      analyseFrame({ data, width, height }, LICENCE),
    );
  });

  it('asks for enough pixels of the card in the camera, however small the frame that is judged', () => {
    const small = picture(320, 240);
    const by = (cameraWidth: number) => analyseFrame(small, LICENCE, { cameraWidth });
    assert.equal(by(320).advice.code, 'camera_too_coarse');
    assert.equal(by(900).advice.code, 'too_small');
    assert.equal(by(1280).advice.code, 'good');
    assert.ok(Math.abs((by(1280).dpi ?? 0) - (0.7 * 1280 * 25.4) / 85.6) < 5, `${by(1280).dpi}`);
  });

  it('refuses data of another size', () => {
    const { data } = picture(320, 240);
    assert.throws(() => analyseFrame({ data, width: 320, height: 241 }, LICENCE), RangeError);
  });

  it('survives tiny frames', () => {
    assert.equal(analyseFrame(picture(8, 6), LICENCE).quad, null);
  });
});

describe('analyseFace', () => {
  it('judges light, blur and motion', () => {
    const first = analyseFace(picture(640, 480));
    assert.equal(first.advice, 'good');
    assert.equal(analyseFace(picture(640, 480), first).motion, 0);
    const moved = picture(640, 480, (x, _y, grey) => (x > 0 ? 255 - grey : grey));
    assert.equal(analyseFace(moved, first).advice, 'moving');
    assert.equal(analyseFace(picture(640, 480, () => 10)).advice, 'too_dark');
    assert.equal(analyseFace(picture(640, 480, () => 255)).advice, 'too_bright');
    assert.equal(analyseFace(picture(640, 480, () => 120)).advice, 'blurred');
  });
});
