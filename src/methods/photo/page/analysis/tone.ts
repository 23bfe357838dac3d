import type { Field, Line } from './lines.ts';
import type { Inside } from './support.ts';

/** Mean brightness and warmth of some ground, in sixteenths of a grey level. */
export interface Tone {
  readonly luma: number;
  readonly warmth: number;
}

/** How far from a line its ground is looked at, and how far apart along it, in pixels. */
const STRIP = 4;
const EVERY = 4;

/** The ground inside and outside of a line, between two places along it. */
export function tonesBeside(
  { soft, tint, length, breadth, strideAlong, strideAcross }: Field,
  { slope, offset }: Line,
  inside: Inside,
  from: number,
  to: number,
): { inside: Tone; outside: Tone } {
  let [innerLuma, innerWarmth, outerLuma, outerWarmth, count] = [0, 0, 0, 0, 0];
  const end = Math.min(to, length - 1);
  for (let along = Math.max(0, Math.round(from)); along <= end; along += EVERY) {
    const across = Math.round(offset + slope * (along - length / 2));
    // A side near the border of the frame has little outside.
    const room = inside > 0 ? across - 1 : breadth - 2 - across;
    const depth = inside > 0 ? breadth - 2 - across : across - 1;
    if (room < 0 || depth < STRIP) continue;
    const at = across * strideAcross + along * strideAlong;
    const into = at + STRIP * strideAcross * inside;
    const out = at - Math.min(room, STRIP) * strideAcross * inside;
    innerLuma += soft[into] ?? 0;
    innerWarmth += tint[into] ?? 0;
    outerLuma += soft[out] ?? 0;
    outerWarmth += tint[out] ?? 0;
    count++;
  }
  const share = 1 / Math.max(1, count);
  return {
    inside: { luma: innerLuma * share, warmth: innerWarmth * share },
    outside: { luma: outerLuma * share, warmth: outerWarmth * share },
  };
}

/** How far two tones are from each other. */
export const difference = (one: Tone, other: Tone): number =>
  Math.max(Math.abs(one.luma - other.luma), Math.abs(one.warmth - other.warmth));
