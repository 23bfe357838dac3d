import type { Doubt } from './doubt.ts';
import type { Exposure } from './exposure.ts';
import type { Glare, Place } from './glare.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What to tell the person, one thing at a time, most useful first. */
export const ADVICE = [
  'camera_too_coarse',
  'not_found',
  'too_dark',
  'too_bright',
  'blurred',
  'glare',
  'too_small',
  'too_close',
  'cut_off',
  'other_document',
  'tilted',
  'too_flat',
  'too_steep',
  'moving',
  'hold_still',
  'good',
] as const;
/** One of `ADVICE`. */
export type AdviceCode = (typeof ADVICE)[number];

/**
 * `moving` and `hold_still` need more than one frame and come from `Stability`; `good` for one
 * frame means nothing in it speaks against a capture.
 */
export type Advice =
  | { readonly code: Exclude<AdviceCode, 'glare'> }
  | { readonly code: 'glare'; readonly place: Place };

/** What was measured on a card that was found. */
export interface Findings {
  readonly exposure: Exposure;
  /** Pixels at 640 px frame width; undefined where no edge told. */
  readonly blur: number | undefined;
  readonly glare: readonly Glare[];
  /** The card's bounding box over the largest upright card that fits the frame. */
  readonly fill: number;
  /** Pixels per inch of the document; null if not known. */
  readonly dpi: number | null;
  /** Whether every corner is inside the frame. */
  readonly whole: boolean;
  /** Why the outline found may not be the document's. */
  readonly doubt?: Doubt | undefined;
  /** Degrees. */
  readonly tilt: number;
  readonly thickness: boolean;
}

export function advise(card: Findings): Advice {
  const [reflection] = card.glare;
  const lighting = adviseLight(card.exposure);
  if (lighting) return lighting;
  if (card.blur === undefined || card.blur > THRESHOLDS.blur) return { code: 'blurred' };
  if (reflection) return { code: 'glare', place: reflection.place };
  const coarse = card.dpi !== null && card.dpi < THRESHOLDS.dotsPerInch;
  if (card.fill < THRESHOLDS.smallest || coarse) return { code: 'too_small' };
  if (card.fill > THRESHOLDS.largest) return { code: 'too_close' };
  if (!card.whole) return { code: 'cut_off' };
  if (card.doubt) return { code: card.doubt };
  if (!card.thickness) return { code: card.tilt > THRESHOLDS.tilted ? 'tilted' : 'good' };
  if (card.tilt < THRESHOLDS.flattest) return { code: 'too_flat' };
  if (card.tilt > THRESHOLDS.steepest) return { code: 'too_steep' };
  return { code: 'good' };
}

/**
 * What the light alone says; also the better answer where no card can be found in it.
 * @param darkest of something that may be no card: tables are darker than paper
 */
export function adviseLight(
  exposure: Exposure,
  darkest: number = THRESHOLDS.darkest,
): Advice | undefined {
  if (exposure.highlight < darkest) return { code: 'too_dark' };
  if (exposure.clipped > THRESHOLDS.washedOut) return { code: 'too_bright' };
  return undefined;
}
