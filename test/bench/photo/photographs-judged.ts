/** What is said of the photographs, whole and cut, and how often others find their cards. */
import { createRequire } from 'node:module';
import { DOCUMENTS } from '../../../src/methods/photo/documents.ts';
import { analyseFrame } from '../../../src/methods/photo/page/analysis/index.ts';
import type { Corner } from './camera.ts';
import { loadJscanify, scannedQuad } from './jscanify.ts';
import { contourQuad, loadOpenCv } from './opencv.ts';
import { overlap } from './overlap.ts';
import { CARD_ASPECT, type DecodeJpeg, loadPhotographs, windowOf } from './photographs.ts';

/** Shares of a card's width beyond the frame. */
const CUTS = [0.06, 0.12, 0.2];

/** Counts by what was asked; undefined where the folder of vectors is missing. */
export async function judgePhotographs(): Promise<Readonly<Record<string, number>> | undefined> {
  const { decode } = createRequire(import.meta.url)('jpeg-js') as {
    decode(bytes: Uint8Array, options: { useTArray: true }): ReturnType<DecodeJpeg>;
  };
  const photographs = loadPhotographs((bytes) => decode(bytes, { useTArray: true }));
  if (!photographs) return undefined;
  const whole = photographs.map((photograph) => windowOf(photograph));
  // Where the photograph ends before the frame would cut its card, there is nothing to judge.
  const cut = photographs
    .flatMap((photograph) => CUTS.map((share) => windowOf(photograph, share)))
    .filter(({ image, quad }) => quad.some(([x]) => x > image.width));
  const { cv } = await loadOpenCv();
  const scanner = loadJscanify(cv);
  const found = (find: (image: (typeof whole)[number]['image']) => readonly Corner[] | undefined) =>
    whole.filter(({ image, quad }) => overlap(find(image) ?? [], quad) >= 0.9).length;
  const good = (windows: typeof whole, document: Parameters<typeof analyseFrame>[1]) =>
    windows.filter(({ image }) => analyseFrame(image, document).advice.code === 'good').length;
  const own = { aspect: CARD_ASPECT };
  return {
    photographs: whole.length,
    found: found((image) => analyseFrame(image, own).quad?.map(({ x, y }) => [x, y] as const)),
    'found by OpenCV.js': found((image) => contourQuad(cv, image)),
    'found by jscanify': found((image) => scannedQuad(scanner, cv, image)),
    'good as a licence': good(whole, DOCUMENTS['driving-licence']),
    'good as a passport': good(whole, DOCUMENTS.passport),
    'cut off': cut.length,
    'cut off, and good': good(cut, own),
  };
}
