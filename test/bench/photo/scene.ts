import { TILE_MM } from './backgrounds.ts';
import { type Corner, type Frame, lookAt, type Plane, type Pose, type View } from './camera.ts';
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
import { drawHand, type Hand } from './hand.ts';
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
  readonly hand?: Hand;
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

/** Farthest the card's shadow and edge reach around its face, in mm. */
const SURROUNDINGS = 12;

/** The card's face, its edge and the soft shadow it throws, on the table. */
function drawObjects(spec: SceneSpec): { raster: Raster; truth: Truth } {
  const { card, frame, table, background } = spec;
  const [widthMm, heightMm] = card ? [card.widthMm, card.heightMm] : [85.6, 53.98];
  const view = lookAt([widthMm, heightMm], spec.pose, frame);
  const raster = blankRaster(frame.width, frame.height);
  const ground = view.toPlane(card?.thicknessMm ?? 0);
  drawTable(raster, background, ground, table);
  if (card) drawCard(raster, card, view, ground);
  if (card && spec.hand) drawHand(raster, card, spec.hand, view.toPlane(0));
  const [w, h] = [widthMm / 2, heightMm / 2];
  const quad = [view.project(-w, -h), view.project(w, -h), view.project(w, h), view.project(-w, h)];
  return { raster, truth: { quad: card && quad, tilt: view.tilt } };
}

function drawTable(
  { width, height, data }: Raster,
  tile: Raster,
  ground: Plane,
  table: SceneSpec['table'],
): void {
  const [cos, sin] = [Math.cos(table.turn), Math.sin(table.turn)];
  const perMm = tile.width / TILE_MM;
  const point: [number, number] = [0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      apply(ground, x + 0.5, y + 0.5, point);
      const u = (point[0] * cos - point[1] * sin + table.x) * perMm;
      const v = (point[0] * sin + point[1] * cos + table.y) * perMm;
      sampleTile(tile, u, v, data, at);
    }
  }
}

function drawCard({ width, height, data }: Raster, card: Card, view: View, ground: Plane): void {
  const face = view.toPlane(0);
  const middle = view.toPlane(card.thicknessMm / 2);
  const sample: [number, number] = [0, 0];
  const [w, h] = [card.widthMm / 2 + SURROUNDINGS, card.heightMm / 2 + SURROUNDINGS];
  const around = [
    view.project(-w, -h),
    view.project(w, -h),
    view.project(w, h),
    view.project(-w, h),
  ];
  const within = (axis: 0 | 1, size: number) => [
    Math.max(0, Math.floor(Math.min(...around.map((corner) => corner[axis])))),
    Math.min(size, Math.ceil(Math.max(...around.map((corner) => corner[axis])))),
  ];
  const [left = 0, right = width] = within(0, width);
  const [top = 0, bottom = height] = within(1, height);
  const point: [number, number] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left, at = (y * width + left) * 3; x < right; x++, at += 3) {
      apply(ground, x + 0.5, y + 0.5, point);
      const outside = distanceToCard(card, point[0] - 0.5, point[1] - 0.8);
      if (outside > SURROUNDINGS) continue;
      const shadow = 1 - 0.35 * Math.exp(-Math.max(0, outside) / 0.9);
      for (let channel = 0; channel < 3; channel++)
        data[at + channel] = (data[at + channel] ?? 0) * shadow;
      drawCardPixel(card, face, middle, ground, x, y, sample, data, at);
    }
  }
}

/** Blends four sub-samples of the card, its face first, else its pale core seen edge on. */
function drawCardPixel(
  card: Card,
  face: Plane,
  middle: Plane,
  ground: Plane,
  x: number,
  y: number,
  point: [number, number],
  out: Float32Array,
  at: number,
): void {
  const { art } = card;
  let covered = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let sample = 0; sample < 4; sample++) {
    const sx = x + 0.25 + 0.5 * (sample & 1);
    const sy = y + 0.25 + 0.5 * (sample >> 1);
    if (isOnCard(card, face, sx, sy, point)) {
      const column = Math.floor((point[0] / card.widthMm + 0.5) * art.width);
      const row = Math.floor((point[1] / card.heightMm + 0.5) * art.height);
      const from =
        (Math.min(art.height - 1, row) * art.width + Math.min(art.width - 1, column)) * 3;
      red += art.data[from] ?? 0;
      green += art.data[from + 1] ?? 0;
      blue += art.data[from + 2] ?? 0;
      covered++;
    } else if (isOnCard(card, middle, sx, sy, point) || isOnCard(card, ground, sx, sy, point)) {
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

/** Takes a pixel to a plane, in mm from the card's centre. */
function apply(m: Plane, x: number, y: number, point: [number, number]): void {
  const w = m.g * x + m.h * y + m.i;
  point[0] = (m.a * x + m.b * y + m.c) / w;
  point[1] = (m.d * x + m.e * y + m.f) / w;
}

function isOnCard(
  card: Card,
  plane: Plane,
  x: number,
  y: number,
  point: [number, number],
): boolean {
  apply(plane, x, y, point);
  return distanceToCard(card, point[0], point[1]) < 0;
}

/** Signed distance in mm to the rounded outline; negative inside. */
function distanceToCard(card: Card, x: number, y: number): number {
  const dx = Math.abs(x) - card.widthMm / 2 + card.cornerMm;
  const dy = Math.abs(y) - card.heightMm / 2 + card.cornerMm;
  const corner = dx > 0 && dy > 0 ? Math.sqrt(dx * dx + dy * dy) : Math.max(0, dx, dy);
  return Math.min(0, Math.max(dx, dy)) + corner - card.cornerMm;
}

/** Bilinear, and mirrored at the tile's borders so that no seam shows. */
function sampleTile(tile: Raster, u: number, v: number, out: Float32Array, at: number): void {
  const x = mirror(u, tile.width);
  const y = mirror(v, tile.height);
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

function mirror(value: number, size: number): number {
  const period = 2 * (size - 1);
  const inside = ((value % period) + period) % period;
  return inside < size - 1 ? inside : period - inside;
}
