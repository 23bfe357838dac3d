import type { Random } from './random.ts';
import { type Colour, fill, type Raster } from './raster.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One made-up character of two to five strokes: as dense as kana and kanji, and nobody's name. */
function writeGlyph(raster: Raster, random: Random, box: Box, ink: Colour): void {
  const stroke = Math.max(1, box.height * 0.11);
  for (let index = random.integer(2, 5); index > 0; index--) {
    const horizontal = random.chance(0.55);
    const length = random.between(0.45, 1);
    const offset = random.between(0, 1 - length);
    const across = random.between(0, 0.9);
    fill(
      raster,
      horizontal
        ? {
            x: box.x + offset * box.width,
            y: box.y + across * box.height,
            width: length * box.width,
            height: stroke,
          }
        : {
            x: box.x + across * box.width,
            y: box.y + offset * box.height,
            width: stroke,
            height: length * box.height,
          },
      ink,
      0.85,
    );
  }
}

/** A line of made-up text with word gaps. */
export function writeLine(raster: Raster, random: Random, box: Box, ink: Colour): void {
  const advance = box.height * 1.08;
  for (let x = box.x; x + box.height <= box.x + box.width; x += advance) {
    if (random.chance(0.12)) continue;
    writeGlyph(raster, random, { x, y: box.y, width: box.height * 0.9, height: box.height }, ink);
  }
}

/** A portrait-like block: plain ground, shoulders, face, hair. */
export function drawPortrait(raster: Raster, random: Random, box: Box): void {
  const ground: Colour = random.pick<Colour>([
    [170, 196, 220],
    [214, 218, 222],
    [190, 190, 200],
  ]);
  fill(raster, box, ground);
  const oval = (cx: number, cy: number, rx: number, ry: number, colour: Colour) =>
    fill(raster, box, colour, 1, (x, y) => {
      const dx = (x - box.x - cx * box.width) / (rx * box.width);
      const dy = (y - box.y - cy * box.height) / (ry * box.height);
      return dx * dx + dy * dy < 1;
    });
  oval(0.5, 1.05, 0.46, 0.3, [52, 56, 70]);
  oval(0.5, 0.4, 0.27, 0.3, [40, 34, 32]);
  oval(0.5, 0.48, 0.22, 0.27, [222, 184, 156]);
  for (const eye of [0.41, 0.59]) oval(eye, 0.45, 0.04, 0.025, [40, 30, 28]);
  oval(0.5, 0.6, 0.07, 0.02, [170, 90, 86]);
}
