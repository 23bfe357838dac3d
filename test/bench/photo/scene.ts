import { TILE_MM } from './backgrounds.ts';
import { type Corner, type Frame, lookAt, type Pose } from './camera.ts';
import type { Card } from './cards.ts';
import {
  addGlare,
  addNoise,
  blurRaster,
  darken,
  type Glare,
  type Light,
  type Shadow,
  smear,
  toImage,
} from './effects.ts';
import type { Random } from './random.ts';
import { blankRaster, type Raster } from './raster.ts';

/** Everything that decides a frame. Pixel lengths are at 640 px frame width. */
export interface SceneSpec {
  readonly card: Card | undefined;
  readonly background: Raster;
  readonly frame: Frame;
  readonly pose: Pose;
  /** Where on the table the card lies, and how the table is turned under it. */
  readonly table: { readonly x: number; readonly y: number; readonly turn: number };
  readonly light: Light;
  readonly shadow?: Shadow;
  readonly glare?: Glare;
  /** Gaussian deviation in pixels. */
  readonly blur: number;
  readonly motion?: { readonly length: number; readonly angle: number };
  /** Deviation of the sensor noise, of 255. */
  readonly noise: number;
}

export interface Image {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export interface Truth {
  /** The sharp corners the card would have without rounding: top left, then clockwise. */
  readonly quad: readonly Corner[] | undefined;
  readonly tilt: number;
}

export function renderScene(spec: SceneSpec, random: Random): { image: Image; truth: Truth } {
  const { raster, truth } = drawObjects(spec);
  darken(raster, spec.light, spec.shadow);
  if (spec.glare) addGlare(raster, spec.glare, truth.quad);
  if (spec.blur > 0) blurRaster(raster, spec.blur);
  if (spec.motion) smear(raster, spec.motion.length, spec.motion.angle);
  if (spec.noise > 0) addNoise(raster, spec.noise, random);
  return { image: toImage(raster), truth };
}

/** The card's face, its edge and the soft shadow it throws, on the table. */
function drawObjects(spec: SceneSpec): { raster: Raster; truth: Truth } {
  const { card, frame, table, background } = spec;
  const [widthMm, heightMm] = card ? [card.widthMm, card.heightMm] : [85.6, 53.98];
  const view = lookAt([widthMm, heightMm], spec.pose, frame);
  const face = view.toPlane(0);
  const thickness = card?.thicknessMm ?? 0;
  const layers = [view.toPlane(thickness / 2), view.toPlane(thickness)];
  const ground = layers[1] ?? face;
  const raster = blankRaster(frame.width, frame.height);
  const [cos, sin] = [Math.cos(table.turn), Math.sin(table.turn)];
  const perMm = background.width / TILE_MM;
  const out = raster.data;
  for (let y = 0, at = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++, at += 3) {
      const [gx, gy] = apply(ground, x + 0.5, y + 0.5);
      const u = (gx * cos - gy * sin + table.x) * perMm;
      const v = (gx * sin + gy * cos + table.y) * perMm;
      sampleTile(background, u, v, out, at);
      if (!card) continue;
      const outside = distanceToCard(card, gx - 0.5, gy - 0.8);
      const shadow = 1 - 0.35 * Math.exp(-Math.max(0, outside) / 0.9);
      for (let channel = 0; channel < 3; channel++)
        out[at + channel] = (out[at + channel] ?? 0) * shadow;
      if (outside < 12) drawCardPixel(card, face, layers, x, y, out, at);
    }
  }
  const [w, h] = [widthMm / 2, heightMm / 2];
  const quad = [view.project(-w, -h), view.project(w, -h), view.project(w, h), view.project(-w, h)];
  return { raster, truth: { quad: card && quad, tilt: view.tilt } };
}

/** Blends four sub-samples of the card, its face first, else its pale core seen edge on. */
function drawCardPixel(
  card: Card,
  face: readonly number[],
  layers: readonly (readonly number[])[],
  x: number,
  y: number,
  out: Float32Array,
  at: number,
): void {
  let covered = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let sample = 0; sample < 4; sample++) {
    const [sx, sy] = [x + 0.25 + 0.5 * (sample & 1), y + 0.25 + 0.5 * (sample >> 1)];
    const [u, v] = apply(face, sx, sy);
    if (distanceToCard(card, u, v) < 0) {
      const { art } = card;
      const column = Math.min(
        art.width - 1,
        Math.max(0, Math.floor((u / card.widthMm + 0.5) * art.width)),
      );
      const row = Math.min(
        art.height - 1,
        Math.max(0, Math.floor((v / card.heightMm + 0.5) * art.height)),
      );
      const from = (row * art.width + column) * 3;
      red += art.data[from] ?? 0;
      green += art.data[from + 1] ?? 0;
      blue += art.data[from + 2] ?? 0;
      covered++;
    } else if (layers.some((layer) => distanceToCard(card, ...apply(layer, sx, sy)) < 0)) {
      red += 110 + card.paper[0] * 0.35;
      green += 110 + card.paper[1] * 0.35;
      blue += 108 + card.paper[2] * 0.35;
      covered++;
    }
  }
  const left = (4 - covered) / 4;
  out[at] = (out[at] ?? 0) * left + red / 4;
  out[at + 1] = (out[at + 1] ?? 0) * left + green / 4;
  out[at + 2] = (out[at + 2] ?? 0) * left + blue / 4;
}

function apply(m: readonly number[], x: number, y: number): [number, number] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/** Signed distance in mm to the rounded outline; negative inside. */
function distanceToCard(card: Card, x: number, y: number): number {
  const dx = Math.abs(x) - card.widthMm / 2 + card.cornerMm;
  const dy = Math.abs(y) - card.heightMm / 2 + card.cornerMm;
  const corner = Math.sqrt(Math.max(0, dx) ** 2 + Math.max(0, dy) ** 2);
  return Math.min(0, Math.max(dx, dy)) + corner - card.cornerMm;
}

/** Bilinear, and mirrored at the tile's borders so that no seam shows. */
function sampleTile(tile: Raster, u: number, v: number, out: Float32Array, at: number): void {
  const mirror = (value: number, size: number) => {
    const period = 2 * (size - 1);
    const inside = ((value % period) + period) % period;
    return inside < size - 1 ? inside : period - inside;
  };
  const [x, y] = [mirror(u, tile.width), mirror(v, tile.height)];
  const left = Math.min(tile.width - 2, Math.floor(x));
  const top = Math.min(tile.height - 2, Math.floor(y));
  const [across, down] = [x - left, y - top];
  const upper = (top * tile.width + left) * 3;
  const lower = upper + tile.width * 3;
  const { data } = tile;
  for (let channel = 0; channel < 3; channel++) {
    const first =
      (data[upper + channel] ?? 0) * (1 - across) + (data[upper + 3 + channel] ?? 0) * across;
    const second =
      (data[lower + channel] ?? 0) * (1 - across) + (data[lower + 3 + channel] ?? 0) * across;
    out[at + channel] = first * (1 - down) + second * down;
  }
}
