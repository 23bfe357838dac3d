import { type Advice, advise, adviseLight } from './advice.ts';
import { type Exposure, measureExposure } from './exposure.ts';
import { type FrameView, viewFrame } from './frame.ts';
import { type Box, boundingBox, inset, mapQuad, type Point, type Quad } from './geometry.ts';
import { findGlare, type Glare } from './glare.ts';
import { gradient } from './gradient.ts';
import { hasMachineLines } from './machine-lines.ts';
import type { Pixels } from './plane.ts';
import { estimatePose, type Pose } from './pose.ts';
import { findOutline, type Search } from './quad.ts';
import { type DocumentShape, dotsPerInch, type Sensor, tooCoarse } from './resolution.ts';
import type { Outline } from './second-look.ts';
import { measureBlur } from './sharpness.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What this shot is for. */
export interface FrameOptions {
  /** The card is to be shown slanted, so that its edge is seen. */
  readonly thickness?: boolean;
  /**
   * Width in pixels of the camera's own frame, of which `pixels` may be a smaller copy. With it and
   * the document's `widthMm`, a document of too few pixels is not good.
   */
  readonly cameraWidth?: number;
}

/** What one frame shows. */
export interface FrameAnalysis {
  /** The card's corners in pixels of the frame, as if they were not rounded; null if not found. */
  readonly quad: Quad | null;
  /** How the card lies before the camera; null if not found. */
  readonly tilt: Pose | null;
  /**
   * Pixels per inch of the document as the camera gives it; null if not found, or if its width or
   * the camera's is not known.
   */
  readonly dpi: number | null;
  /** 1 over the blur in pixels at 640 px frame width: 0.67 is just good enough; 0 if unknown. */
  readonly sharpness: number;
  /** Of the card, or of the middle of the frame while there is none. */
  readonly exposure: Exposure;
  /** Reflections on the card, largest first; boxes in pixels of the frame. */
  readonly glare: readonly Glare[];
  /** The one thing to say about this frame. */
  readonly advice: Advice;
}

/** Phones film with about 64° across the long side; 56° to 72° change a tilt by under 3°. */
const FOCAL_OVER_LONG_SIDE = 0.8;
/** Blur, light and reflections are judged inside the card's rim. */
const RIM = 0.94;

/** A flat shot: nearly upright on all sides, rolled by at most some 15°. */
const FLAT = {
  levelSlope: 0.52,
  uprightSlope: 0.56,
  flattest: 0.72,
  steepest: 1.4,
  strictness: 2,
  // What else lies there shall be seen as it is, not as what of it looks most like the document.
  misshapen: 0.1,
  misfit: THRESHOLDS.misfit,
  cutCost: 0.15,
};
/** A thickness shot: foreshortened, with left and right slanting against each other. */
const SLANTED = {
  levelSlope: 0.35,
  uprightSlope: 1,
  flattest: 0.72,
  steepest: 3,
  strictness: 1.5,
  misshapen: 1,
  misfit: THRESHOLDS.slantedMisfit,
  cutCost: 0.27,
};

/**
 * Judges one camera frame: where the document is, how it lies, and what keeps the frame from being
 * a good shot. Pure, without DOM, fit for a Worker; keeps nothing between calls.
 *
 * Give it the whole frame, scaled to 320 or 640 px width to save time; wider ones are averaged down
 * by whole factors, to 280 px or somewhat more. The document is looked for upright (top edge up, as
 * the guide shows it), around the middle of the frame.
 *
 * @throws RangeError if `data` does not hold `width` × `height` RGBA pixels.
 */
export function analyseFrame(
  pixels: Pixels,
  document: DocumentShape,
  options: FrameOptions = {},
): FrameAnalysis {
  if (pixels.data.length !== pixels.width * pixels.height * 4)
    throw new RangeError('data must hold width × height RGBA pixels');
  const view = viewFrame(pixels);
  const thickness = options.thickness ?? false;
  const { width, height } = pixels;
  const { cameraWidth } = options;
  const sensor = { width, height, finer: cameraWidth && cameraWidth / width };
  if (tooCoarse(document, sensor))
    return { ...nothingFound(view), advice: { code: 'camera_too_coarse' } };
  const focal = (FOCAL_OVER_LONG_SIDE * Math.max(pixels.width, pixels.height)) / view.scale;
  const search: Search = { aspect: document.aspect, focal, ...(thickness ? SLANTED : FLAT) };
  const outline = findOutline(gradient(view.luma, view.warmth), search);
  const enough = thickness ? THRESHOLDS.slantedOutline : THRESHOLDS.outline;
  if (!outline || outline.score < enough) return nothingFound(view);
  if (outline.cut > 0)
    return nothingFound(view, { code: outline.cut > 1 ? 'too_close' : 'cut_off' });
  return judgeCard(sensor, document, view, outline, focal, thickness);
}

function judgeCard(
  sensor: Sensor,
  document: DocumentShape,
  view: FrameView,
  outline: Outline,
  focal: number,
  thickness: boolean,
): FrameAnalysis {
  const { luma, warmth, scale } = view;
  const { quad: found } = outline;
  const tilt = estimatePose(
    mapQuad(found, ({ x, y }) => ({ x: x - luma.width / 2, y: y - luma.height / 2 })),
    document.aspect,
    focal,
  );
  const card = inset(found, RIM);
  const exposure = measureExposure(luma, card);
  const glare = findGlare(luma, warmth, card);
  const blur = measureBlur(luma, card);
  const toFrame = ({ x, y }: Point): Point => ({ x: x * scale, y: y * scale + view.top });
  const quad = mapQuad(found, toFrame);
  const margin = THRESHOLDS.margin * sensor.width;
  const whole = quad.every(
    ({ x, y }) =>
      x >= margin && y >= margin && x <= sensor.width - margin && y <= sensor.height - margin,
  );
  const fill = fillOf(boundingBox(quad), sensor, document.aspect);
  const dpi = dotsPerInch(quad, document, sensor, thickness);
  const other = document.machineReadable && !hasMachineLines(luma, found);
  const doubt = outline.doubt ?? (other ? 'other_document' : undefined);
  const findings = { exposure, blur, glare, fill, dpi, whole, doubt, tilt: tilt.tilt, thickness };
  return {
    quad,
    tilt,
    dpi,
    sharpness: blur === undefined ? 0 : 1 / blur,
    exposure,
    glare: glare.map((spot) => ({ ...spot, box: boxToFrame(spot.box, view) })),
    advice: advise(findings),
  };
}

function nothingFound(view: FrameView, otherwise: Advice = { code: 'not_found' }): FrameAnalysis {
  const { width, height } = view.luma;
  const whole: Quad = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
  const exposure = measureExposure(view.luma, inset(whole, 0.6));
  const advice = adviseLight(exposure, THRESHOLDS.darkestTable) ?? otherwise;
  return { quad: null, tilt: null, dpi: null, sharpness: 0, exposure, glare: [], advice };
}

function fillOf(box: Box, sensor: Sensor, aspect: number): number {
  const largest = Math.min(sensor.width, sensor.height * aspect);
  return Math.max(box.width / largest, (box.height * aspect) / largest);
}

function boxToFrame({ x, y, width, height }: Box, { scale, top }: FrameView): Box {
  return { x: x * scale, y: y * scale + top, width: width * scale, height: height * scale };
}
