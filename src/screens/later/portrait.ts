/**
 * A portrait on a canvas: no URL that a page's `img-src` could forbid, nothing to revoke, and pixels
 * that are gone with it. A format this browser cannot decode is said in words.
 */
import { fromBase64url } from '../../wire/bytes.ts';
import type { ReviewItem } from '../../wire/contract.ts';
import type { AllMessages } from '../messages.ts';

type Portrait = Extract<ReviewItem, { kind: 'image' }>;

/** What stands for each portrait, drawn once; gone with it. */
const drawn = new WeakMap<Portrait, readonly [HTMLCanvasElement, HTMLElement]>();

/** The canvas, and the words that take its place. */
export function portrait(image: Portrait, { review }: AllMessages): readonly HTMLElement[] {
  const [canvas, words] = drawn.get(image) ?? draw(image);
  canvas.setAttribute('aria-label', review.portrait);
  words.textContent = review.noPortrait;
  return [canvas, words];
}

function draw(image: Portrait): readonly [HTMLCanvasElement, HTMLElement] {
  const canvas = document.createElement('canvas');
  canvas.className = 'portrait';
  canvas.part.value = 'portrait';
  canvas.role = 'img';
  const words = document.createElement('p');
  words.className = 'note';
  words.part.value = 'note';
  words.hidden = true;
  drawn.set(image, [canvas, words]);
  decode(image, canvas).catch(() => {
    canvas.hidden = true;
    words.hidden = false;
  });
  return [canvas, words];
}

async function decode({ type, value }: Portrait, canvas: HTMLCanvasElement): Promise<void> {
  const bitmap = await createImageBitmap(new Blob([fromBase64url(value)], { type }));
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
}
