/**
 * The contour step that document scanners in browsers do with OpenCV.js, among them Smile ID's
 * published component: scale to 320 px, grey, Canny, contours, the largest that is a quadrilateral.
 * OpenCV.js is 8 MB, so it is no dependency: `package.json` beside this file names it.
 */
import { createRequire } from 'node:module';
import type { Corner } from './camera.ts';
import type { Image } from './scene.ts';

interface Mat {
  readonly data32S: Int32Array;
  readonly rows: number;
  delete(): void;
}

interface MatVector {
  size(): number;
  get(index: number): Mat;
  delete(): void;
}

/** The little of OpenCV that is used. */
export interface OpenCv {
  readonly Mat: { new (): Mat };
  readonly MatVector: { new (): MatVector };
  readonly Size: { new (width: number, height: number): object };
  readonly COLOR_RGBA2GRAY: number;
  readonly INTER_AREA: number;
  readonly RETR_LIST: number;
  readonly CHAIN_APPROX_SIMPLE: number;
  onRuntimeInitialized?: () => void;
  matFromImageData(image: Image): Mat;
  resize(from: Mat, to: Mat, size: object, fx: number, fy: number, how: number): void;
  cvtColor(from: Mat, to: Mat, code: number): void;
  Canny(from: Mat, to: Mat, low: number, high: number): void;
  findContours(from: Mat, to: MatVector, tree: Mat, mode: number, method: number): void;
  arcLength(curve: Mat, closed: boolean): number;
  approxPolyDP(curve: Mat, to: Mat, epsilon: number, closed: boolean): void;
  contourArea(curve: Mat): number;
  isContourConvex(curve: Mat): boolean;
}

const PACKAGE = '@techstark/opencv-js';

/** In a wrapping, because it has a `then` that gives itself again, for ever. */
export async function loadOpenCv(): Promise<{ readonly cv: OpenCv }> {
  const cv: OpenCv = createRequire(import.meta.url)(PACKAGE);
  if (!('Mat' in cv)) {
    await new Promise<void>((resolve) => {
      (cv as OpenCv).onRuntimeInitialized = resolve;
    });
  }
  return { cv };
}

const WIDTH = 320;
/** The quad is not judged below this share of the frame. */
const SMALLEST = 0.1;

/** Corners in pixels of the frame; undefined if no quadrilateral was found. */
export function contourQuad(cv: OpenCv, image: Image): readonly Corner[] | undefined {
  const scale = image.width / WIDTH;
  const height = Math.round(image.height / scale);
  const source = cv.matFromImageData(image);
  const small = new cv.Mat();
  const edges = new cv.Mat();
  const tree = new cv.Mat();
  const corners = new cv.Mat();
  const contours = new cv.MatVector();
  cv.resize(source, small, new cv.Size(WIDTH, height), 0, 0, cv.INTER_AREA);
  cv.cvtColor(small, small, cv.COLOR_RGBA2GRAY);
  cv.Canny(small, edges, 50, 150);
  cv.findContours(edges, contours, tree, cv.RETR_LIST, cv.CHAIN_APPROX_SIMPLE);
  let largest = SMALLEST * WIDTH * height;
  let found: readonly Corner[] | undefined;
  for (let index = 0; index < contours.size(); index++) {
    const contour = contours.get(index);
    cv.approxPolyDP(contour, corners, 0.02 * cv.arcLength(contour, true), true);
    contour.delete();
    if (corners.rows !== 4 || !cv.isContourConvex(corners)) continue;
    const area = cv.contourArea(corners);
    if (area <= largest) continue;
    largest = area;
    const { data32S: at } = corners;
    found = [0, 2, 4, 6].map((from) => [(at[from] ?? 0) * scale, (at[from + 1] ?? 0) * scale]);
  }
  for (const one of [source, small, edges, tree, corners, contours]) one.delete();
  return found;
}
