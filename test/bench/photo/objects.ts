import type { Card } from './cards.ts';
import { drawPortrait, writeLine } from './print.ts';
import type { Random } from './random.ts';
import { type Colour, fill, paintRaster, type Raster, shade, valueNoise, vary } from './raster.ts';

/** Things people hold before a camera that are no document: what they measure and what is on them. */
interface Thing {
  readonly size: readonly [widthMm: number, heightMm: number];
  readonly paper: Colour;
  readonly cornerMm: number;
  readonly thicknessMm: number;
  readonly print: 'text' | 'cover' | 'pips' | 'framed picture' | 'screen' | 'address' | 'ornament';
}

const WHITE: Colour = [238, 237, 233];

export const OBJECTS = {
  'A5 paper': { size: [210, 148], paper: WHITE, cornerMm: 0.2, thicknessMm: 0.1, print: 'text' },
  'A6 paper': { size: [148, 105], paper: WHITE, cornerMm: 0.2, thicknessMm: 0.1, print: 'text' },
  book: { size: [188, 128], paper: [150, 62, 58], cornerMm: 1, thicknessMm: 15, print: 'cover' },
  paperback: { size: [173, 105], paper: [70, 96, 88], cornerMm: 1, thicknessMm: 9, print: 'cover' },
  phone: { size: [147, 71], paper: [24, 26, 30], cornerMm: 9, thicknessMm: 8, print: 'screen' },
  voucher: {
    size: [160, 76],
    paper: [206, 202, 180],
    cornerMm: 0.2,
    thicknessMm: 0.1,
    print: 'ornament',
  },
  envelope: {
    size: [235, 120],
    paper: [214, 190, 150],
    cornerMm: 0.3,
    thicknessMm: 0.5,
    print: 'address',
  },
  'small envelope': {
    size: [162, 114],
    paper: WHITE,
    cornerMm: 0.3,
    thicknessMm: 0.5,
    print: 'address',
  },
  'playing card': { size: [88, 63], paper: WHITE, cornerMm: 3, thicknessMm: 0.3, print: 'pips' },
  'trading card': {
    size: [88, 63],
    paper: [232, 200, 70],
    cornerMm: 3,
    thicknessMm: 0.3,
    print: 'framed picture',
  },
  'card of 1.75': { size: [89, 51], paper: WHITE, cornerMm: 0.3, thicknessMm: 0.4, print: 'text' },
  'business card': { size: [91, 55], paper: WHITE, cornerMm: 0.3, thicknessMm: 0.3, print: 'text' },
  receipt: { size: [150, 58], paper: WHITE, cornerMm: 0.2, thicknessMm: 0.1, print: 'text' },
  'short receipt': {
    size: [108, 80],
    paper: WHITE,
    cornerMm: 0.2,
    thicknessMm: 0.1,
    print: 'text',
  },
  'flat box': {
    size: [120, 88],
    paper: [190, 150, 100],
    cornerMm: 0.6,
    thicknessMm: 22,
    print: 'cover',
  },
  'long box': {
    size: [150, 82],
    paper: [60, 84, 130],
    cornerMm: 0.6,
    thicknessMm: 18,
    print: 'cover',
  },
} as const satisfies Record<string, Thing>;

export type ObjectName = keyof typeof OBJECTS;
export const OBJECT_NAMES = Object.keys(OBJECTS) as ObjectName[];

const PIXELS_ACROSS = 1200;

export function makeObject(random: Random, name: ObjectName): Card {
  const thing: Thing = OBJECTS[name];
  const [widthMm, heightMm] = thing.size;
  const paper = vary(random, thing.paper, 8);
  const cloud = valueNoise(random, 2);
  const art = paintRaster(PIXELS_ACROSS, Math.round((PIXELS_ACROSS * heightMm) / widthMm), (x, y) =>
    shade(paper, 0.97 + 0.05 * cloud(x / 200, y / 200)),
  );
  PRINTS[thing.print](art, random, art.width / widthMm);
  const { cornerMm, thicknessMm } = thing;
  return { art, paper, widthMm, heightMm, cornerMm, thicknessMm };
}

const INK: Colour = [48, 48, 54];

/** @param perMm pixels of the print for each millimetre */
type Print = (art: Raster, random: Random, perMm: number) => void;

const PRINTS: Readonly<Record<Thing['print'], Print>> = {
  text(art, random, perMm) {
    const rim = 5 * perMm;
    for (let y = rim; y < art.height - rim; y += 5.2 * perMm)
      writeLine(
        art,
        random,
        { x: rim, y, width: (art.width - 2 * rim) * random.between(0.5, 1), height: 2.8 * perMm },
        INK,
      );
  },
  cover(art, random, perMm) {
    const { width, height } = art;
    const pale: Colour = [235, 228, 210];
    writeLine(
      art,
      random,
      { x: width * 0.15, y: height * 0.2, width: width * 0.7, height: 9 * perMm },
      pale,
    );
    fill(
      art,
      { x: width * 0.2, y: height * 0.45, width: width * 0.6, height: height * 0.35 },
      vary(random, [120, 130, 120], 50),
    );
    writeLine(
      art,
      random,
      { x: width * 0.3, y: height * 0.87, width: width * 0.4, height: 4 * perMm },
      pale,
    );
  },
  pips(art, random, perMm) {
    const colour: Colour = random.chance(0.5) ? [190, 30, 40] : [30, 30, 34];
    const [across, down] = [random.integer(2, 5), random.integer(1, 3)];
    const radius = 4.5 * perMm;
    for (let column = 0; column < across; column++)
      for (let row = 0; row < down; row++) {
        const x = art.width * (0.2 + (0.6 * column) / Math.max(1, across - 1));
        const y = art.height * (down === 1 ? 0.5 : 0.22 + (0.56 * row) / (down - 1));
        const spot = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
        fill(
          art,
          spot,
          colour,
          1,
          (px, py) => Math.abs(px - x) + Math.abs(py - y) * 1.2 < radius * 1.1,
        );
      }
    for (const [x, y] of [
      [3, 3],
      [80, 52],
    ] as const)
      fill(art, { x: x * perMm, y: y * perMm, width: 5 * perMm, height: 7 * perMm }, colour, 0.9);
  },
  'framed picture'(art, random, perMm) {
    const { width, height } = art;
    const rim = 4 * perMm;
    fill(art, { x: rim, y: rim, width: width - 2 * rim, height: height - 2 * rim }, [
      70,
      random.between(60, 150),
      random.between(60, 150),
    ]);
    const picture = {
      x: width * 0.12,
      y: height * 0.16,
      width: width * 0.42,
      height: height * 0.6,
    };
    drawPortrait(art, random, picture);
    for (let line = 0; line < 6; line++)
      writeLine(
        art,
        random,
        {
          x: width * 0.58,
          y: height * (0.2 + line * 0.1),
          width: width * 0.32,
          height: 2.6 * perMm,
        },
        [240, 240, 236],
      );
  },
  screen(art, random, perMm) {
    const rim = 3 * perMm;
    const light: Colour = [
      random.between(60, 200),
      random.between(80, 200),
      random.between(120, 220),
    ];
    fill(
      art,
      { x: rim, y: rim, width: art.width - 2 * rim, height: art.height - 2 * rim },
      light,
      0.9,
    );
    for (let column = 0; column < 6; column++)
      for (let row = 0; row < 3; row++)
        fill(
          art,
          {
            x: (14 + column * 21) * perMm,
            y: (10 + row * 19) * perMm,
            width: 12 * perMm,
            height: 12 * perMm,
          },
          vary(random, [140, 120, 120], 90),
        );
  },
  address(art, random, perMm) {
    const { width, height } = art;
    for (let line = 0; line < 4; line++)
      writeLine(
        art,
        random,
        {
          x: width * 0.35,
          y: height * (0.4 + line * 0.11),
          width: width * random.between(0.25, 0.5),
          height: 4.5 * perMm,
        },
        INK,
      );
    fill(
      art,
      { x: width - 32 * perMm, y: 8 * perMm, width: 22 * perMm, height: 26 * perMm },
      vary(random, [130, 90, 90], 40),
    );
  },
  ornament(art, random, perMm) {
    const { width, height } = art;
    const rim = 5 * perMm;
    for (const inside of [rim, rim * 1.6]) {
      const [wide, tall] = [width - 2 * inside, height - 2 * inside];
      fill(art, { x: inside, y: inside, width: wide, height: tall }, [120, 130, 110], 0.35);
    }
    drawPortrait(art, random, {
      x: width * 0.66,
      y: height * 0.18,
      width: width * 0.22,
      height: height * 0.62,
    });
    for (let line = 0; line < 3; line++)
      writeLine(
        art,
        random,
        {
          x: width * 0.12,
          y: height * (0.28 + line * 0.18),
          width: width * 0.4,
          height: 6 * perMm,
        },
        INK,
      );
  },
};
