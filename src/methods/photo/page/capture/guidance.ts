/** The one thing to say about a frame, whoever noticed it. */
import type { Advice, AdviceCode } from '../analysis/advice.ts';
import type { FacePosition } from '../faces/position.ts';
import type { Measured } from './judgement.ts';

export type GuidanceCode = AdviceCode | FacePosition | 'turned' | 'unmeasured';

export type Guidance = Advice | { readonly code: Exclude<GuidanceCode, AdviceCode> };

export function guidanceOf(
  measured: Measured | undefined,
  position: FacePosition | undefined,
): Guidance {
  if (!measured) return { code: 'unmeasured' };
  if (measured.kind === 'document') return measured.turned ? { code: 'turned' } : measured.advice;
  const code = measured.advice;
  if (position && (code === 'good' || code === 'blurred')) return { code: position };
  return { code };
}

/** Whether nothing spoke against the shot. */
export const isGood = (code: GuidanceCode): boolean => code === 'good' || code === 'hold_still';
