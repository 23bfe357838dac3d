/** What is asked about a frame and what comes back, wherever it is judged. */
import type { DocumentShape, FaceAnalysis, FrameAnalysis } from '../analysis/index.ts';

/** Names the analysis in the manifest; grows when the same picture would be judged otherwise. */
export const ALGORITHM = 'id-verify-1';

/** Width in pixels at which frames are judged: blur still shows. */
export const JUDGED_WIDTH = 640;

/** What the person is to show. */
export type Task =
  | ({ readonly kind: 'document'; readonly thickness: boolean } & DocumentShape)
  | { readonly kind: 'face' };

/** Judged at `width` pixels; lengths and places are in pixels of that. */
export type Measured = {
  readonly width: number;
  readonly height: number;
  /** Milliseconds for the judgement, without the pixel grab. */
  readonly took: number;
} & (
  | ({
      readonly kind: 'document';
      /** Nothing whole lies there, but something of its shape stands upright. */
      readonly turned?: boolean;
    } & FrameAnalysis)
  | ({ readonly kind: 'face' } & Omit<FaceAnalysis, 'luma'>)
);

/** A frame, given back with its judgement; `measured` is undefined where it could not be judged. */
export interface Judged {
  readonly picture: ImageBitmap;
  readonly measured?: Measured;
  /** Something looked whether there is a face, and where. */
  readonly faceLookedFor?: boolean;
}

/** Who judges frames. */
export interface Analyst {
  readonly kind: 'worker' | 'page' | 'none';
  /** Milliseconds to leave between two frames. */
  readonly interval: number;
  /** Judges a frame and gives it back, in a new wrapping perhaps: the one given is used up. */
  measure(picture: ImageBitmap, task: Task): Promise<Judged>;
}
