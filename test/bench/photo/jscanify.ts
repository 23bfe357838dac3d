/** jscanify, a document scanner over OpenCV.js: the largest contour of the whole picture, and its corners. */
import { createRequire } from 'node:module';
import type { Corner } from './camera.ts';
import type { OpenCv } from './opencv.ts';
import type { Image } from './scene.ts';

interface Mat {
  delete(): void;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

interface Scanner {
  findPaperContour(image: Mat): Mat | null;
  getCornerPoints(contour: Mat): {
    readonly topLeftCorner?: Spot;
    readonly topRightCorner?: Spot;
    readonly bottomRightCorner?: Spot;
    readonly bottomLeftCorner?: Spot;
  };
}

/** Its browser half, which finds OpenCV where a page would have it. */
export function loadJscanify(cv: OpenCv): Scanner {
  Object.assign(globalThis, { cv });
  const require = createRequire(import.meta.url);
  const Jscanify = require('jscanify/client') as { new (): Scanner };
  return new Jscanify();
}

/** Corners in pixels of the frame; undefined if it gave fewer than four. */
export function scannedQuad(
  scanner: Scanner,
  cv: OpenCv,
  image: Image,
): readonly Corner[] | undefined {
  const picture = cv.matFromImageData(image);
  const contour = scanner.findPaperContour(picture);
  const found = contour && scanner.getCornerPoints(contour);
  picture.delete();
  if (!found) return undefined;
  const corners = [
    found.topLeftCorner,
    found.topRightCorner,
    found.bottomRightCorner,
    found.bottomLeftCorner,
  ].flatMap((corner) => (corner ? [[corner.x, corner.y] as const] : []));
  return corners.length === 4 ? corners : undefined;
}
