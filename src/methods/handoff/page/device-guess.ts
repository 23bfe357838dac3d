/** Where the person most likely is; a wrong guess costs one tap, since the other way is always offered. */

/** `here`: a phone, where the app is; `scan`: a computer or tablet, with a phone beside it. */
export type LikelyDevice = 'here' | 'scan';

export const guessDevice = (): LikelyDevice =>
  matchMedia('(pointer: coarse) and (max-width: 37.5rem)').matches ? 'here' : 'scan';
