import { drawPortrait, writeLine } from './print.ts';
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

/** What a made-up document looks like. None copies a real one; the layouts are as busy as real ones. */
interface Design {
  readonly size: readonly [widthMm: number, heightMm: number];
  readonly paper: Colour;
  readonly ink: Colour;
  /** A coloured band along the top, as a share of the height. */
  readonly header?: { share: number; colour: Colour };
  readonly portrait: 'left' | 'right' | 'none';
  readonly machineReadable?: true;
}

export const ID1 = [85.6, 53.98] as const;
const ID3 = [125, 88] as const;

export const DESIGNS = {
  aqua: { size: ID1, paper: [196, 218, 216], ink: [50, 56, 66], portrait: 'right' },
  rose: {
    size: ID1,
    paper: [232, 214, 216],
    ink: [66, 54, 60],
    portrait: 'left',
    header: { share: 0.14, colour: [205, 150, 165] },
  },
  leaf: {
    size: ID1,
    paper: [205, 222, 200],
    ink: [46, 60, 50],
    portrait: 'right',
    header: { share: 0.18, colour: [120, 160, 125] },
  },
  white: {
    size: ID1,
    paper: [236, 236, 234],
    ink: [40, 40, 46],
    portrait: 'none',
    header: { share: 0.22, colour: [80, 130, 190] },
  },
  navy: { size: ID1, paper: [42, 54, 92], ink: [206, 208, 214], portrait: 'left' },
  silver: { size: ID1, paper: [150, 152, 158], ink: [40, 42, 46], portrait: 'left' },
  amber: { size: ID1, paper: [222, 168, 84], ink: [60, 44, 30], portrait: 'right' },
  page: {
    size: ID3,
    paper: [226, 216, 206],
    ink: [52, 48, 54],
    portrait: 'left',
    machineReadable: true,
  },
} as const satisfies Record<string, Design>;

export type DesignName = keyof typeof DESIGNS;
export const DESIGN_NAMES = Object.keys(DESIGNS) as DesignName[];

export interface Card {
  readonly art: Raster;
  readonly paper: Colour;
  readonly widthMm: number;
  readonly heightMm: number;
  /** ISO/IEC 7810 asks 2.88–3.48 mm for ID-1; a passport's page has one as well. */
  readonly cornerMm: number;
  readonly thicknessMm: number;
}

const PIXELS_ACROSS = 1200;

/** Prints one document: fine background lines, header, portrait, text, a shimmering patch. */
export function makeCard(random: Random, name: DesignName): Card {
  const design: Design = DESIGNS[name];
  const [widthMm, heightMm] = design.size;
  const perMm = PIXELS_ACROSS / widthMm;
  const paper = vary(random, design.paper, 6);
  const cloud = valueNoise(random, 2);
  const other = shade(paper, random.between(0.9, 1.02));
  const wave = random.between(1.2, 3);
  const art = paintRaster(PIXELS_ACROSS, Math.round(heightMm * perMm), (x, y) => {
    const line = Math.sin((y / perMm + 2 * Math.sin(x / perMm / 7)) * ((2 * Math.PI) / wave));
    const tone = mix(paper, other, cloud(x / 300, y / 300));
    return shade(tone, line > 0.75 ? 0.955 : 1);
  });
  const box = (x: number, y: number, width: number, height: number) => ({
    x: x * perMm,
    y: y * perMm,
    width: width * perMm,
    height: height * perMm,
  });
  let top = 3.5;
  if (design.header) {
    const height = design.header.share * heightMm;
    fill(art, box(0, 0, widthMm, height), design.header.colour, 0.9);
    writeLine(art, random, box(5, height / 2 - 1.8, widthMm * 0.5, 3.6), [245, 245, 245]);
    top = height + 2.5;
  }
  const portraitWidth = widthMm * 0.27;
  const portraitHeight = portraitWidth * 1.25;
  if (design.portrait !== 'none') {
    const left = design.portrait === 'left' ? 4 : widthMm - 4 - portraitWidth;
    drawPortrait(
      art,
      random,
      box(left, top + 4, portraitWidth, Math.min(portraitHeight, heightMm - top - 8)),
    );
  }
  const textLeft = design.portrait === 'left' ? portraitWidth + 8 : 5;
  const textWidth = widthMm - 9 - (design.portrait === 'none' ? 0 : portraitWidth + 4);
  const bottom = design.machineReadable ? heightMm - 20 : heightMm - 5;
  for (let y = top; y < bottom; y += random.between(4.4, 6)) {
    const height = random.between(2, 3.1);
    writeLine(
      art,
      random,
      box(textLeft, y, textWidth * random.between(0.35, 1), height),
      design.ink,
    );
    if (random.chance(0.3))
      fill(art, box(textLeft, y + height + 0.6, textWidth, 0.18), design.ink, 0.7);
  }
  if (design.machineReadable)
    for (const y of [heightMm - 14, heightMm - 8])
      writeLine(art, random, box(4, y, widthMm - 8, 2.8), design.ink);
  shimmer(art, random, box(random.between(0.3, 0.6) * widthMm, 0.45 * heightMm, 18, 14));
  return {
    art,
    paper,
    widthMm,
    heightMm,
    cornerMm: 3.18,
    thicknessMm: design.size === ID1 ? 0.76 : 0.6,
  };
}

/** Rainbow rings, as a hologram shows them. */
function shimmer(
  art: Raster,
  random: Random,
  area: { x: number; y: number; width: number; height: number },
): void {
  const turn = random.between(0, 6);
  for (let ring = 6; ring > 0; ring--) {
    const hue = turn + ring;
    const colour: Colour = [
      190 + 60 * Math.sin(hue),
      190 + 60 * Math.sin(hue + 2.1),
      190 + 60 * Math.sin(hue + 4.2),
    ];
    fill(art, area, colour, 0.14, (x, y) => {
      const dx = (x - area.x) / area.width - 0.5;
      const dy = (y - area.y) / area.height - 0.5;
      return dx * dx + dy * dy < (ring / 12) ** 2;
    });
  }
}
