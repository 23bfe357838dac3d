/**
 * A portrait on a canvas: no URL that a page's `img-src` could forbid, nothing to revoke, and pixels
 * that are gone with it. A format this browser cannot decode is said in words.
 */
import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import type { AllMessages } from '../i18n/catalog.ts';
import { fromBase64url } from '../wire/bytes.ts';
import type { ReviewItem } from '../wire/contract.ts';

type Portrait = Extract<ReviewItem, { kind: 'image' }>;

export function portrait(image: Portrait, { review }: AllMessages): TemplateResult {
  const place = (element?: Element) => {
    if (element instanceof HTMLCanvasElement) void draw(element, image);
  };
  return html`${keyed(
    image,
    html`
      <canvas class="portrait" part="portrait" role="img" aria-label=${review.portrait} ${ref(place)}></canvas>
      <p class="note" part="note" hidden>${review.noPortrait}</p>
    `,
  )}`;
}

async function draw(canvas: HTMLCanvasElement, { type, value }: Portrait): Promise<void> {
  try {
    const bitmap = await createImageBitmap(new Blob([fromBase64url(value)], { type }));
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
  } catch {
    canvas.hidden = true;
    canvas.nextElementSibling?.removeAttribute('hidden');
  }
}
