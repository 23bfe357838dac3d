/**
 * Photographs of playing cards on carpet, wood, cloth and print, with their corners: nobody's drawing,
 * and not ours to pass on (`test/vectors.ts`). Each becomes a window of a frame around its card.
 */
import { vector, vectorBytes } from '../../vectors.ts';
import type { Corner } from './camera.ts';
import type { Image } from './scene.ts';

interface Listed {
  readonly file: string;
  readonly corners: readonly Corner[];
}

/** RGBA, as a decoder gives it. */
export type DecodeJpeg = (bytes: Uint8Array) => Image;

export interface Photograph {
  readonly file: string;
  readonly image: Image;
  /** The card's, its long side nearly level. */
  readonly corners: readonly Corner[];
}

/** Width over height of every card. */
export const CARD_ASPECT = 88 / 63;

/** Undefined, after a printed line, where there are none. */
export function loadPhotographs(decode: DecodeJpeg): Photograph[] | undefined {
  const list = vector('cards/corners.json');
  if (!list) return undefined;
  const { cards } = JSON.parse(list) as { cards: readonly Listed[] };
  return cards.flatMap(({ file, corners }) => {
    const bytes = vectorBytes(`cards/${file}`);
    if (!bytes) return [];
    const upright = { file, image: decode(bytes), corners };
    return [isLevel(corners) ? upright : turn(upright)];
  });
}

function isLevel(corners: readonly Corner[]): boolean {
  const sides = corners.map(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
    return [nextX - x, nextY - y] as const;
  });
  const length = ([x, y]: readonly [number, number]) => Math.hypot(x, y);
  const [longest = [1, 0]] = sides.toSorted((one, other) => length(other) - length(one));
  return Math.abs(longest[0]) >= Math.abs(longest[1]);
}

/** A quarter clockwise, as if the camera had been held the other way. */
function turn({ file, image, corners }: Photograph): Photograph {
  const [width, height] = [image.height, image.width];
  const data = new Uint8ClampedArray(image.data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = ((image.height - 1 - x) * image.width + y) * 4;
      data.set(image.data.subarray(from, from + 4), (y * width + x) * 4);
    }
  const turned = corners.map(([x, y]) => [image.height - y, x] as const);
  return { file, image: { data, width, height }, corners: turned };
}

const FRAME = { width: 640, height: 480 };
/** How much of the window the card takes, if the photograph is large enough. */
const FILL = 0.7;

/** @param outside share of the card's width that lies beyond the right side of the frame */
export function windowOf({ image, corners }: Photograph, outside = 0) {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const aspect = FRAME.width / FRAME.height;
  const wanted = Math.max(right - left, (bottom - top) * aspect) / FILL;
  const width = Math.min(wanted, image.width, image.height * aspect);
  const height = width / aspect;
  const within = (start: number, size: number, whole: number) =>
    Math.max(0, Math.min(whole - size, start));
  const x =
    outside > 0
      ? Math.max(0, right - outside * (right - left) - width)
      : within((left + right - width) / 2, width, image.width);
  const y = within((top + bottom - height) / 2, height, image.height);
  const scale = FRAME.width / width;
  return {
    image: enlarge(image, x, y, scale),
    quad: corners.map(([cx, cy]) => [(cx - x) * scale, (cy - y) * scale] as const),
  };
}

/** Bilinear. */
function enlarge({ data, width, height }: Image, left: number, top: number, scale: number): Image {
  const out = new Uint8ClampedArray(FRAME.width * FRAME.height * 4).fill(255);
  for (let y = 0, at = 0; y < FRAME.height; y++) {
    for (let x = 0; x < FRAME.width; x++, at += 4) {
      const [fromX, fromY] = [left + x / scale, top + y / scale];
      const [column, row] = [
        Math.min(width - 2, Math.floor(fromX)),
        Math.min(height - 2, Math.floor(fromY)),
      ];
      const [across, down] = [fromX - column, fromY - row];
      const upper = (row * width + column) * 4;
      const lower = upper + width * 4;
      for (let channel = 0; channel < 3; channel++) {
        const mix = (pixel: number) =>
          (data[pixel + channel] ?? 0) * (1 - across) + (data[pixel + 4 + channel] ?? 0) * across;
        out[at + channel] = mix(upper) * (1 - down) + mix(lower) * down;
      }
    }
  }
  return { data: out, ...FRAME };
}
