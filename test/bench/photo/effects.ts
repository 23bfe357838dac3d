import type { Corner } from './camera.ts';
import type { Random } from './random.ts';
import type { Raster } from './raster.ts';

export interface Light {
  /** Brightness of the whole scene; 1 is a well-lit table. */
  readonly level: number;
  /** Brightest over darkest across the frame. */
  readonly ratio: number;
  readonly angle: number;
}

/** Somebody's hand or phone between lamp and table: everything beyond a line is darker. */
export interface Shadow {
  readonly angle: number;
  /** Where the line crosses, from -0.5 to 0.5 of the frame's width. */
  readonly offset: number;
  readonly depth: number;
  /** Width of the soft border, as a share of the frame's width. */
  readonly softness: number;
}

/** A lamp mirrored in the card. Position and size are shares of the card's width and height. */
export interface Glare {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly stretch: number;
  readonly strength: number;
}

export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export function darken(raster: Raster, light: Light, shadow: Shadow | undefined): void {
  const { width, height, data } = raster;
  const [cos, sin] = [Math.cos(light.angle), Math.sin(light.angle)];
  const reach = (Math.abs(cos) * width + Math.abs(sin) * height) / 2;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const along = ((x - width / 2) * cos + (y - height / 2) * sin) / reach;
      let factor = light.level * Math.exp((Math.log(light.ratio) * (along - 1)) / 2);
      if (shadow) {
        const beyond =
          ((x / width - 0.5) * Math.cos(shadow.angle) +
            ((y - height / 2) / width) * Math.sin(shadow.angle) -
            shadow.offset) /
          shadow.softness;
        factor *= 1 - shadow.depth * Math.min(1, Math.max(0, beyond + 0.5));
      }
      for (let channel = 0; channel < 3; channel++)
        data[at + channel] = (data[at + channel] ?? 0) * factor;
    }
  }
}

export function addGlare(raster: Raster, glare: Glare, quad: readonly Corner[] | undefined): void {
  if (!quad) return;
  const [a, b, c, d] = quad;
  if (!a || !b || !c || !d) return;
  const at = (axis: 0 | 1) =>
    (a[axis] * (1 - glare.x) + b[axis] * glare.x) * (1 - glare.y) +
    (d[axis] * (1 - glare.x) + c[axis] * glare.x) * glare.y;
  const [cx, cy] = [at(0), at(1)];
  const radius = glare.radius * Math.hypot(b[0] - a[0], b[1] - a[1]);
  for (let y = 0, index = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++, index += 3) {
      const [dx, dy] = [(x - cx) / radius / glare.stretch, (y - cy) / radius];
      const added = glare.strength * Math.exp(-(dx * dx + dy * dy) * 1.5);
      if (added < 0.5) continue;
      for (let channel = 0; channel < 3; channel++)
        raster.data[index + channel] = (raster.data[index + channel] ?? 0) + added;
    }
  }
}

/** Convolves along a direction with the given weights, one per pixel step, centred. */
function convolve(raster: Raster, stepX: number, stepY: number, weights: readonly number[]): void {
  const { width, height, data } = raster;
  const source = data.slice();
  const half = (weights.length - 1) / 2;
  weights.forEach((weight, index) => {
    const shiftX = Math.round((index - half) * stepX);
    const shiftY = Math.round((index - half) * stepY);
    for (let y = 0, at = 0; y < height; y++) {
      const row = Math.min(height - 1, Math.max(0, y + shiftY)) * width;
      for (let x = 0; x < width; x++, at += 3) {
        const column = x + shiftX;
        const from = 3 * (row + (column < 0 ? 0 : column >= width ? width - 1 : column));
        const before = index === 0 ? 0 : 1;
        data[at] = before * (data[at] ?? 0) + weight * (source[from] ?? 0);
        data[at + 1] = before * (data[at + 1] ?? 0) + weight * (source[from + 1] ?? 0);
        data[at + 2] = before * (data[at + 2] ?? 0) + weight * (source[from + 2] ?? 0);
      }
    }
  });
}

export function blurRaster(raster: Raster, sigma: number): void {
  const half = Math.ceil(sigma * 3);
  const raw = Array.from({ length: 2 * half + 1 }, (_, index) =>
    Math.exp(-((index - half) ** 2) / (2 * sigma * sigma)),
  );
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const weights = raw.map((weight) => weight / total);
  convolve(raster, 1, 0, weights);
  convolve(raster, 0, 1, weights);
}

/** Motion blur: an even smear of `length` pixels. */
export function smear(raster: Raster, length: number, angle: number): void {
  const steps = 2 * Math.round(length / 2) + 1;
  const weights = new Array<number>(steps).fill(1 / steps);
  convolve(raster, Math.cos(angle), Math.sin(angle), weights);
}

export function addNoise(raster: Raster, sigma: number, random: Random): void {
  const table = Float32Array.from({ length: 8192 }, () => random.normal() * sigma);
  let cursor = random.integer(0, 8191);
  for (let at = 0; at < raster.data.length; at++) {
    raster.data[at] = (raster.data[at] ?? 0) + (table[cursor] ?? 0);
    cursor = (cursor + 1 + (at % 613 === 0 ? random.integer(0, 4000) : 0)) & 8191;
  }
}

export function toImage({ width, height, data }: Raster): Pixels {
  const bytes = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++)
      bytes[pixel * 4 + channel] = data[pixel * 3 + channel] ?? 0;
    bytes[pixel * 4 + 3] = 255;
  }
  return { width, height, data: bytes };
}
