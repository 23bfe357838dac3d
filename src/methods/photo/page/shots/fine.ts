import type { GuidanceCode } from './guidance.ts';

/** Whether nothing spoke against the shot. */
export const isFine = (code: GuidanceCode): boolean => code === 'good' || code === 'hold_still';
