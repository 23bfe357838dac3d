import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DOCUMENTS } from '../../documents.ts';
import { analyseFrame, type Pixels } from './index.ts';

const LICENCE = DOCUMENTS['driving-licence'];
const PASSPORT = { aspect: DOCUMENTS.passport.aspect };
const [WIDTH, HEIGHT] = [640, 480];

/** Where a line runs down the card, as a share of its width. */
const BOX = 0.92;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const isIn = ({ x, y, width, height }: Box, px: number, py: number) =>
  px >= x && py >= y && px < x + width && py < y + height;

const framed = ({ x, y, width, height }: Box, inset: number): Box => ({
  x: x + inset,
  y: y + inset,
  width: width - 2 * inset,
  height: height - 2 * inset,
});

/**
 * A pale card on a dark table, a closed line printed along its rim, a box towards its right end,
 * print within; `hand` lies over all.
 */
function cardAt(card: Box, hand?: Box): Pixels {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
  const [line, within, text] = [framed(card, 10), framed(card, 13), framed(card, 60)];
  const box = card.x + card.width * BOX;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let grey = 70;
      if (isIn(card, x, y)) grey = 205;
      if (isIn(line, x, y) && !isIn(within, x, y)) grey = 60;
      if (isIn(within, x, y) && x >= box && x < box + 3) grey = 60;
      if (isIn(text, x, y) && (x >> 3) % 2 === 0 && (y >> 3) % 2 === 0) grey = 60;
      if (hand && isIn(hand, x, y)) grey = 150;
      data.fill(grey, (y * WIDTH + x) * 4, (y * WIDTH + x) * 4 + 3);
    }
  }
  return { data, width: WIDTH, height: HEIGHT };
}

const centred = (width: number, height: number): Box => ({
  x: (WIDTH - width) / 2,
  y: (HEIGHT - height) / 2,
  width,
  height,
});

const adviceOn = (pixels: Pixels, asked: { readonly aspect: number } = LICENCE) =>
  analyseFrame(pixels, asked).advice.code;

describe('an outline', () => {
  it('of the whole document is not doubted', () => {
    assert.equal(adviceOn(cardAt(centred(448, 448 / LICENCE.aspect))), 'good');
  });

  for (const aspect of [1.4, 1.75, 2.1])
    it(`of something ${aspect} times as wide as high is no card of 1.586, at whatever tilt`, () => {
      assert.equal(adviceOn(cardAt(centred(440, 440 / aspect))), 'other_document');
    });

  it('of a card is no page of a passport', () => {
    assert.equal(adviceOn(cardAt(centred(448, 448 / LICENCE.aspect)), PASSPORT), 'other_document');
  });

  for (const share of [0.03, 0.06, 0.12, 0.2])
    it(`of a card of which ${share * 100} % lie outside the frame is not made up from its print`, () => {
      const [width, height] = [480, 480 / LICENCE.aspect];
      const card = { ...centred(width, height), x: WIDTH - width * (1 - share) };
      assert.equal(adviceOn(cardAt(card)), 'cut_off');
    });

  it('does not end where something wide lies over the card', () => {
    const card = centred(448, 448 / LICENCE.aspect);
    const hand = { x: card.x + card.width - 45, y: 0, width: 300, height: HEIGHT };
    assert.notEqual(adviceOn(cardAt(card, hand)), 'good');
  });
});
