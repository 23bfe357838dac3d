/** The one thing to say about a frame, whoever noticed it. */
import type { Advice, AdviceCode } from '../analysis/advice.ts';
import type { FacePlace } from '../face/place.ts';
import type { Measured } from '../frames/measure.ts';

export type GuidanceCode = AdviceCode | FacePlace | 'unmeasured';

export type Guidance = Advice | { readonly code: FacePlace | 'unmeasured' };

export function guidanceOf(measured: Measured | undefined, place: FacePlace | undefined): Guidance {
  if (!measured) return { code: 'unmeasured' };
  if (measured.kind === 'document') return measured.advice;
  const code = measured.advice;
  if (place && (code === 'good' || code === 'blurred')) return { code: place };
  return { code };
}
