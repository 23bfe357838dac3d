import { writeLine } from './print.ts';
import type { Random } from './random.ts';
import {
  type Colour,
  fill,
  mix,
  paintRaster,
  type Raster,
  shade,
  valueNoise,
  vary,
} from './raster.ts';

/** Texture tiles show a square of a table top this wide. */
export const TILE_MM = 240;
const SIZE = 1024;
const PER_MM = SIZE / TILE_MM;

const tile = (colourAt: (xMm: number, yMm: number) => Colour): Raster =>
  paintRaster(SIZE, SIZE, (x, y) => colourAt(x / PER_MM, y / PER_MM));

function planks(random: Random): Raster {
  const light = vary(random, [178, 132, 88], 30);
  const dark = shade(light, random.between(0.55, 0.8));
  const grain = valueNoise(random, 4);
  const width = random.between(45, 90);
  return tile((x, y) => {
    const plank = Math.floor(y / width);
    const gap = Math.min(y - plank * width, (plank + 1) * width - y) < 0.6 ? 0.45 : 1;
    const rings = grain(x / 40 + plank * 7, y / 2.2);
    return shade(mix(light, dark, rings), gap * (0.94 + 0.12 * grain(plank * 3.7, 0.5)));
  });
}

function desk(random: Random): Raster {
  const colour = vary(
    random,
    random.pick<Colour>([
      [92, 84, 78],
      [150, 150, 148],
      [44, 46, 52],
    ]),
    15,
  );
  const fine = valueNoise(random, 2);
  return tile((x, y) => shade(colour, 0.95 + 0.1 * fine(x * 1.3, y * 1.3)));
}

function fabric(random: Random): Raster {
  const warp = vary(random, [70, 92, 120], 40);
  const weft = shade(warp, random.between(0.6, 0.85));
  const pitch = random.between(1.4, 3);
  const wear = valueNoise(random, 3);
  return tile((x, y) => {
    const over = Math.sin((x * 2 * Math.PI) / pitch) * Math.sin((y * 2 * Math.PI) / pitch);
    return shade(mix(warp, weft, 0.5 + 0.5 * over), 0.85 + 0.3 * wear(x / 15, y / 15));
  });
}

function checks(random: Random): Raster {
  const cloth = vary(random, [225, 222, 214], 12);
  const stripe = vary(
    random,
    random.pick<Colour>([
      [190, 60, 60],
      [60, 90, 160],
      [70, 130, 90],
    ]),
    20,
  );
  const size = random.between(12, 28);
  const weave = valueNoise(random, 2);
  return tile((x, y) => {
    const dyed = ((Math.floor(x / size) & 1) + (Math.floor(y / size) & 1)) / 2;
    return shade(mix(cloth, stripe, dyed * 0.9), 0.94 + 0.1 * weave(x * 2, y * 2));
  });
}

function stone(random: Random): Raster {
  const base = vary(random, [128, 124, 120], 30);
  const speckle = valueNoise(random, 3);
  const cloud = valueNoise(random, 3);
  return tile((x, y) =>
    shade(base, 0.55 + 0.6 * speckle(x * 0.7, y * 0.7) + 0.3 * cloud(x / 30, y / 30)),
  );
}

function marble(random: Random): Raster {
  const base = vary(random, [206, 204, 200], 15);
  const flow = valueNoise(random, 5);
  return tile((x, y) => {
    const vein = Math.abs(Math.sin((x + y * 0.6) / 22 + flow(x / 40, y / 40) * 9));
    return shade(base, 0.62 + 0.38 * Math.min(1, vein * 2.2));
  });
}

function tatami(random: Random): Raster {
  const straw = vary(random, [176, 168, 112], 15);
  const fibre = valueNoise(random, 2);
  const borderAt = random.between(20, 120);
  return tile((x, y) => {
    if (Math.abs(y - borderAt) < 13) return [38, 52, 44];
    const rib = 0.86 + 0.14 * Math.abs(Math.sin((y * Math.PI) / 4));
    return shade(straw, rib * (0.85 + 0.25 * fibre(x / 12, y * 1.5)));
  });
}

function newsprint(random: Random): Raster {
  const paper = vary(random, [212, 208, 198], 12);
  const fibre = valueNoise(random, 2);
  const raster = tile((x, y) => shade(paper, 0.96 + 0.06 * fibre(x, y)));
  const column = random.between(50, 80);
  for (let x = 4; x < TILE_MM; x += column) {
    for (let y = 4; y < TILE_MM; y += 4.2) {
      const headline = random.chance(0.06);
      const height = headline ? 6 : 2.4;
      const box = { x: x * PER_MM, y: y * PER_MM, width: (column - 6) * PER_MM };
      writeLine(raster, random, { ...box, height: height * PER_MM }, [42, 40, 40]);
      if (headline) y += 5;
    }
  }
  return raster;
}

/** Books, pens and other papers: long straight edges that are not the card's. */
function clutter(random: Random): Raster {
  const raster = desk(random);
  for (let index = 0; index < 14; index++) {
    const angle = random.between(-0.25, 0.25) + (random.chance(0.5) ? Math.PI / 2 : 0);
    const length = random.between(60, 180) * PER_MM;
    const breadth = random.between(6, 40) * PER_MM;
    const [cx, cy] = [random.between(0, SIZE), random.between(0, SIZE)];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const colour: Colour = [
      random.between(30, 220),
      random.between(30, 220),
      random.between(30, 220),
    ];
    fill(raster, { x: 0, y: 0, width: SIZE, height: SIZE }, colour, 1, (x, y) => {
      const along = (x - cx) * cos + (y - cy) * sin;
      const across = (y - cy) * cos - (x - cx) * sin;
      return Math.abs(along) < length / 2 && Math.abs(across) < breadth / 2;
    });
  }
  return raster;
}

function carpet(random: Random): Raster {
  const base = vary(random, [110, 70, 66], 35);
  const pile = valueNoise(random, 3);
  return tile((x, y) => shade(base, 0.5 + pile(x * 0.9, y * 0.9)));
}

function stripes(random: Random): Raster {
  const first = vary(random, [58, 70, 96], 25);
  const second = vary(random, [196, 190, 176], 20);
  const pitch = random.between(9, 22);
  const weave = valueNoise(random, 2);
  return tile((x, y) => {
    const soft = 0.5 + 0.5 * Math.tanh(6 * Math.sin((x * 2 * Math.PI) / pitch));
    return shade(mix(first, second, soft), 0.93 + 0.12 * weave(x * 1.5, y * 1.5));
  });
}

/** A table in the card's own colour, a little lighter or darker, with faint paper texture. */
export function nearColour(random: Random, card: Colour): Raster {
  const brighter = card[0] + card[1] + card[2] < 330;
  const base = shade(card, brighter ? random.between(1.18, 1.3) : random.between(0.86, 0.92));
  const fibre = valueNoise(random, 3);
  return tile((x, y) => shade(base, 0.975 + 0.05 * fibre(x / 3, y / 3)));
}

/** Background makers by name; the one near the card's colour needs the card and stands apart. */
export const BACKGROUNDS = {
  planks,
  desk,
  fabric,
  checks,
  stone,
  marble,
  tatami,
  newsprint,
  clutter,
  carpet,
  stripes,
} as const satisfies Record<string, (random: Random) => Raster>;

export type BackgroundName = keyof typeof BACKGROUNDS | 'near-colour';
export const BACKGROUND_NAMES = [
  ...(Object.keys(BACKGROUNDS) as BackgroundName[]),
  'near-colour' as const,
];
