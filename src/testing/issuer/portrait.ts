/** The test portrait: a drawn silhouette, nobody's face. */
import type { Bytes } from './bytes.ts';
import { encodeJpeg } from './jpeg.ts';

export interface PortraitOptions {
  /** Pixels; the height is 4/3 of it. */
  width?: number;
  /** 1 to 100. */
  quality?: number;
  /** Strength of the film grain, which is what makes a file large. */
  grain?: number;
}

const cache = new Map<string, Bytes>();

/** A JPEG of about 12 kB at its defaults. */
export function portrait(options: PortraitOptions = {}): Bytes {
  const key = JSON.stringify(options);
  const found = cache.get(key) ?? draw(options);
  cache.set(key, found);
  return found;
}

function draw({ width = 240, quality = 85, grain = 6 }: PortraitOptions): Bytes {
  const height = Math.round((width * 4) / 3);
  const noise = noiseFrom(1971);
  const grained = Array.from({ length: width * height }, () => (noise() - 0.5) * grain);
  const pixel = (x: number, y: number) => {
    const colour = paint((x + 0.5) / width, (y + 0.5) / height);
    const offset = grained[y * width + x] ?? 0;
    return colour.map((part) => Math.min(255, Math.max(0, part + offset))) as Colour;
  };
  return encodeJpeg({ width, height, pixel }, quality);
}

type Colour = [number, number, number];
const [WALL, HAIR, SKIN, COAT]: [Colour, Colour, Colour, Colour] = [
  [214, 224, 236],
  [52, 44, 48],
  [228, 188, 160],
  [62, 84, 128],
];

/** Where 0..1 runs across and down. */
function paint(x: number, y: number): Colour {
  const within = (cx: number, cy: number, rx: number, ry: number) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  if (within(0.5, 0.43, 0.19, 0.2)) return SKIN;
  if (within(0.5, 0.38, 0.25, 0.23)) return HAIR;
  if (y > 0.55 && y < 0.74 && Math.abs(x - 0.5) < 0.09) return SKIN;
  if (within(0.5, 1.05, 0.44, 0.36)) return COAT;
  return WALL;
}

/** The same numbers every time: a linear congruential generator is plenty for grain. */
function noiseFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
