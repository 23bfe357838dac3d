import type { Random } from './random.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** RGB floats, 0 to 255, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function blankRaster(width: number, height: number): Raster {
  return { width, height, data: new Float32Array(width * height * 3) };
}

/** Paints every pixel from its coordinates. */
export function paintRaster(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => Colour,
): Raster {
  const raster = blankRaster(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const colour = colourAt(x, y);
      raster.data[at] = colour[0];
      raster.data[at + 1] = colour[1];
      raster.data[at + 2] = colour[2];
    }
  }
  return raster;
}

export function mix(from: Colour, to: Colour, share: number): Colour {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

export function shade(colour: Colour, factor: number): Colour {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}

export function vary(random: Random, colour: Colour, spread: number): Colour {
  const all = random.between(-spread, spread);
  const own = () => all + random.between(-spread, spread) / 3;
  return [colour[0] + own(), colour[1] + own(), colour[2] + own()];
}

/** Blends a colour over the pixels of a box for which `inside` holds. */
export function fill(
  raster: Raster,
  box: { x: number; y: number; width: number; height: number },
  colour: Colour,
  alpha = 1,
  inside: (x: number, y: number) => boolean = () => true,
): void {
  const right = Math.min(raster.width, Math.round(box.x + box.width));
  const bottom = Math.min(raster.height, Math.round(box.y + box.height));
  for (let y = Math.max(0, Math.round(box.y)); y < bottom; y++) {
    for (let x = Math.max(0, Math.round(box.x)); x < right; x++) {
      if (!inside(x, y)) continue;
      const at = (y * raster.width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const old = raster.data[at + channel] ?? 0;
        raster.data[at + channel] = old + ((colour[channel] ?? 0) - old) * alpha;
      }
    }
  }
}

/** Smooth lattice noise in 0..1; `octaves` halve in size and weight. */
export function valueNoise(random: Random, octaves: number): (x: number, y: number) => number {
  const SIZE = 64;
  const lattice = Float32Array.from({ length: SIZE * SIZE }, () => random.next());
  const at = (x: number, y: number) => lattice[(y & (SIZE - 1)) * SIZE + (x & (SIZE - 1))] ?? 0;
  const ease = (t: number) => t * t * (3 - 2 * t);
  const single = (x: number, y: number) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const across = ease(x - left);
    const down = ease(y - top);
    const upper = at(left, top) * (1 - across) + at(left + 1, top) * across;
    const lower = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across;
    return upper * (1 - down) + lower * down;
  };
  return (x, y) => {
    let sum = 0;
    let total = 0;
    for (let octave = 0, size = 1, weight = 1; octave < octaves; octave++, size *= 2, weight /= 2) {
      sum += single(x * size + octave * 17, y * size + octave * 29) * weight;
      total += weight;
    }
    return sum / total;
  };
}
