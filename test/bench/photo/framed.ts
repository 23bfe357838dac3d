import { type Card, ID1 } from './cards.ts';
import { drawPortrait, writeLine } from './print.ts';
import type { Random } from './random.ts';
import { type Colour, fill, paintRaster, type Raster, shade, valueNoise, vary } from './raster.ts';

/**
 * Cards whose print runs in closed lines along the rim, as on a My Number card, a licence and a
 * residence card: each of those lines may be taken for the card's own side. Made up; only the frames,
 * rims and boxes lie about where those cards have them.
 */
interface Framed {
  readonly paper: Colour;
  readonly ink: Colour;
  /** A coloured rim, mm wide, on all sides or along top and bottom. */
  readonly rim?: { readonly mm: number; readonly colour: Colour; readonly sides: 'all' | 'level' };
  /** Closed lines, each so many mm inside the card's sides. */
  readonly frames: readonly number[];
  readonly portrait: 'left' | 'right';
  /** Rows of closed boxes; one of them filled with a colour. */
  readonly boxes: number;
  readonly band?: Colour;
}

const FRAMED = {
  individual: {
    paper: [238, 234, 226],
    ink: [60, 56, 60],
    rim: { mm: 3.4, colour: [226, 150, 150], sides: 'level' },
    frames: [3.6],
    portrait: 'left',
    boxes: 4,
  },
  licence: {
    paper: [214, 226, 224],
    ink: [48, 52, 62],
    frames: [1.6],
    portrait: 'right',
    boxes: 6,
    band: [112, 170, 120],
  },
  residence: {
    paper: [224, 222, 232],
    ink: [52, 48, 62],
    rim: { mm: 2.4, colour: [150, 140, 190], sides: 'all' },
    frames: [2.6, 4.4],
    portrait: 'right',
    boxes: 5,
  },
} as const satisfies Record<string, Framed>;

export type FramedName = keyof typeof FRAMED;
export const FRAMED_NAMES = Object.keys(FRAMED) as FramedName[];

const PIXELS_ACROSS = 1200;
const [WIDTH, HEIGHT] = ID1;
const PER_MM = PIXELS_ACROSS / WIDTH;

const box = (x: number, y: number, width: number, height: number) => ({
  x: x * PER_MM,
  y: y * PER_MM,
  width: width * PER_MM,
  height: height * PER_MM,
});

export function makeFramed(random: Random, name: FramedName): Card {
  const design: Framed = FRAMED[name];
  const paper = vary(random, design.paper, 6);
  const cloud = valueNoise(random, 2);
  const art = paintRaster(PIXELS_ACROSS, Math.round(HEIGHT * PER_MM), (x, y) =>
    shade(paper, 0.95 + 0.07 * cloud(x / 200, y / 200)),
  );
  if (design.rim) drawRim(art, design.rim);
  for (const inside of design.frames)
    outline(art, inside, inside, WIDTH - 2 * inside, HEIGHT - 2 * inside, design.ink);
  drawBoxes(art, random, design);
  return { art, paper, widthMm: WIDTH, heightMm: HEIGHT, cornerMm: 3.18, thicknessMm: 0.76 };
}

function drawRim(art: Raster, { mm, colour, sides }: NonNullable<Framed['rim']>): void {
  fill(art, box(0, 0, WIDTH, mm), colour);
  fill(art, box(0, HEIGHT - mm, WIDTH, mm), colour);
  if (sides === 'level') return;
  fill(art, box(0, 0, mm, HEIGHT), colour);
  fill(art, box(WIDTH - mm, 0, mm, HEIGHT), colour);
}

/** Portrait on one side, rows of boxes beside it, one long box below both. */
function drawBoxes(art: Raster, random: Random, design: Framed): void {
  const inside = Math.max(...design.frames) + 1.4;
  const [wide, tall] = [WIDTH - 2 * inside, HEIGHT - 2 * inside];
  const portrait = { width: 22, height: 28 };
  const left = design.portrait === 'left';
  const portraitX = left ? inside : WIDTH - inside - portrait.width;
  const portraitY = inside + tall - portrait.height;
  drawPortrait(art, random, box(portraitX, portraitY, portrait.width, portrait.height));
  outline(art, portraitX, portraitY, portrait.width, portrait.height, design.ink);
  const textX = left ? inside + portrait.width + 2 : inside;
  const row = tall / design.boxes;
  for (let index = 0; index < design.boxes; index++) {
    const y = inside + index * row;
    const whole = y + row < portraitY;
    const [x, width] = whole ? [inside, wide] : [textX, wide - portrait.width - 2];
    if (design.band && index === 2) fill(art, box(x, y, width, row - 0.8), design.band);
    outline(art, x, y, width, row - 0.8, design.ink);
    const height = Math.min(3, row * 0.5);
    writeLine(
      art,
      random,
      box(x + 1.5, y + (row - 0.8 - height) / 2, width * random.between(0.5, 0.92), height),
      design.ink,
    );
  }
}

const LINE_MM = 0.35;

function outline(
  art: Raster,
  x: number,
  y: number,
  width: number,
  height: number,
  ink: Colour,
): void {
  fill(art, box(x, y, width, LINE_MM), ink, 0.85);
  fill(art, box(x, y + height - LINE_MM, width, LINE_MM), ink, 0.85);
  fill(art, box(x, y, LINE_MM, height), ink, 0.85);
  fill(art, box(x + width - LINE_MM, y, LINE_MM, height), ink, 0.85);
}
