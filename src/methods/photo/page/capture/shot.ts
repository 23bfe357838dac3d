/**
 * From a frame or a file to the JPEG that is sent. Drawn on a canvas once, which leaves every EXIF
 * tag behind; what the person looks at are the pixels that go out.
 */
import type { Quad } from '../analysis/geometry.ts';
import type { CameraFacts } from '../camera/camera.ts';
import type { Guidance } from './guidance.ts';
import type { Judged, Measured } from './judgement.ts';

/** A part of a picture, in its pixels. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A shot that waits for the person's word. */
export interface TakenShot {
  /** What will be sent. Freed by `release`. */
  readonly canvas: HTMLCanvasElement;
  readonly guidance: Guidance;
  readonly measured?: Measured;
  readonly faceLookedFor?: boolean;
  /** Corners in pixels of the canvas. */
  readonly quad?: Quad;
  readonly capture: 'auto' | 'manual' | 'file';
  /** Milliseconds since 1970. */
  readonly shownAt: number;
  readonly takenAt: number;
  readonly camera?: CameraFacts;
}

export interface EncodedImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export interface ImageLimits {
  readonly bytes: number;
  readonly maxLongSide: number;
}

/**
 * What of a frame the viewfinder shows, and so what is sent: all of a wide frame; of a tall one the
 * band in which documents are looked for, or the head and shoulders.
 */
export function cropOf(width: number, height: number, kind: 'document' | 'face'): Crop {
  const wanted = kind === 'document' ? 0.85 : 1.15;
  if (height > width) {
    const tall = Math.min(height, Math.round(width * wanted));
    return { x: 0, y: Math.round((height - tall) / 2), width, height: tall };
  }
  if (kind === 'document') return { x: 0, y: 0, width, height };
  const wide = Math.min(width, Math.round((height * 4) / 3));
  return { x: Math.round((width - wide) / 2), y: 0, width: wide, height };
}

/** What is known of a picture beside what was judged. */
export type Circumstances = Pick<TakenShot, 'guidance' | 'capture' | 'shownAt' | 'camera'>;

/** Cuts the crop out of a judged picture, which is used up, no larger than wanted. */
export function shotFrom(
  { picture, measured, faceLookedFor = false }: Judged,
  crop: Crop,
  maxLongSide: number,
  circumstances: Circumstances,
): TakenShot {
  const canvas = draw(picture, crop, maxLongSide);
  const quad = quadOn(canvas, measured, picture, crop);
  picture.close();
  return {
    canvas,
    faceLookedFor,
    ...(measured && { measured }),
    ...(quad && { quad }),
    ...circumstances,
    takenAt: Date.now(),
  };
}

/** Draws the crop, scaled down where its long side is too long. */
export function draw(
  picture: CanvasImageSource,
  crop: Crop,
  maxLongSide: number,
): HTMLCanvasElement {
  const scale = Math.min(1, maxLongSide / Math.max(crop.width, crop.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(crop.width * scale);
  canvas.height = Math.round(crop.height * scale);
  const { x, y, width, height } = crop;
  canvas
    .getContext('2d')
    ?.drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Corners found in the scaled-down frame, as pixels of the canvas drawn from it. */
function quadOn(
  canvas: HTMLCanvasElement,
  measured: Measured | undefined,
  picture: { readonly width: number },
  crop: Crop,
): Quad | undefined {
  if (measured?.kind !== 'document' || !measured.quad) return undefined;
  const up = picture.width / measured.width;
  const scale = canvas.width / crop.width;
  const move = ({ x, y }: Quad[number]) => ({
    x: (x * up - crop.x) * scale,
    y: (y * up - crop.y) * scale,
  });
  const [a, b, c, d] = measured.quad;
  return [move(a), move(b), move(c), move(d)];
}

/** Frees the pixels at once. */
export function release(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}

const QUALITIES = [0.92, 0.85, 0.75, 0.6];

/**
 * JPEG within the limits; a picture that stays too large is made smaller.
 * @throws DOMException `EncodingError` where the browser cannot
 */
export async function encode(
  canvas: HTMLCanvasElement,
  limits: ImageLimits,
): Promise<EncodedImage> {
  for (const quality of QUALITIES) {
    const blob = await toJpeg(canvas, quality);
    if (blob.size > limits.bytes) continue;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return { bytes, width: canvas.width, height: canvas.height };
  }
  const smaller = document.createElement('canvas');
  smaller.width = Math.floor(canvas.width * 0.7);
  smaller.height = Math.floor(canvas.height * 0.7);
  smaller.getContext('2d')?.drawImage(canvas, 0, 0, smaller.width, smaller.height);
  try {
    return await encode(smaller, limits);
  } finally {
    release(smaller);
  }
}

const toJpeg = (canvas: HTMLCanvasElement, quality: number): Promise<Blob> =>
  new Promise((resolve, reject) => {
    const give = (blob: Blob | null) =>
      blob ? resolve(blob) : reject(new DOMException('no JPEG', 'EncodingError'));
    canvas.toBlob(give, 'image/jpeg', quality);
  });
