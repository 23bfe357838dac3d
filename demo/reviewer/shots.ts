/** The photos of one case, drawn on canvas from the bytes that were sent. */
import type { ReviewShot } from '../../src/verifier/index.ts';
import { make } from '../page/tree.ts';
import { named, type Words } from './words.ts';

export interface ShotParts {
  readonly words: Words;
  /** Where the pictures of this case are. */
  readonly address: (hash: string) => string;
  enlarge(picture: ImageBitmap, name: string): void;
}

export function shotItem(shot: ReviewShot, parts: ShotParts): HTMLLIElement {
  const { words } = parts;
  const name = named(words.steps, shot.gesture ?? shot.step);
  const figure = document.createElement('figure');
  const canvas = document.createElement('canvas');
  canvas.width = shot.image.width;
  canvas.height = shot.image.height;
  canvas.role = 'img';
  canvas.ariaLabel = name;
  const caption = make('figcaption', '');
  caption.append(make('b', name), make('small', factsOf(shot, words)));
  for (const flag of shot.flags) caption.append(make('small', `⚠ ${named(words.flags, flag)}`));
  const enlarge = document.createElement('button');
  enlarge.type = 'button';
  enlarge.textContent = words.enlarge;
  enlarge.ariaLabel = `${words.enlarge}: ${name}`;
  enlarge.disabled = true;
  figure.append(canvas, caption, enlarge);
  draw(canvas, parts.address(shot.image.hash)).then(
    (picture) => {
      enlarge.disabled = false;
      enlarge.addEventListener('click', () => parts.enlarge(picture, name));
    },
    () => canvas.replaceWith(make('p', words.missing)),
  );
  const item = document.createElement('li');
  item.append(figure);
  return item;
}

function factsOf(shot: ReviewShot, words: Words): string {
  const { attempt, capture, origin, insteadOf, image, quality } = shot;
  return [
    named(words.origins, origin),
    named(words.captures, capture),
    words.attempt(attempt),
    `${image.width} × ${image.height}`,
    ...(quality?.tilt === undefined ? [] : [`${quality.tilt.toFixed(0)}°`]),
    ...(insteadOf ? [words.instead(named(words.steps, insteadOf))] : []),
  ].join(' · ');
}

async function draw(canvas: HTMLCanvasElement, address: string): Promise<ImageBitmap> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  const picture = await createImageBitmap(await response.blob());
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  return picture;
}
