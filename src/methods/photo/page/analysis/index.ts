/**
 * Frame analysis of the photo method, usable on its own: no DOM, no dependency, no model.
 *
 * @module id-verify/photo-analysis
 */
export { ADVICE, type Advice, type AdviceCode } from './advice.ts';
export {
  analyseFrame,
  type FrameAnalysis,
  type FrameOptions,
} from './analyse.ts';
export type { Exposure } from './exposure.ts';
export { analyseFace, type FaceAdvice, type FaceAnalysis } from './face.ts';
export type { Box, Point, Quad } from './geometry.ts';
export { type Glare, PLACES, type Place } from './glare.ts';
export type { Pixels } from './plane.ts';
export type { Pose } from './pose.ts';
export type { DocumentShape } from './resolution.ts';
export { Stability, type Steadiness } from './stability.ts';
export { THRESHOLDS } from './thresholds.ts';
