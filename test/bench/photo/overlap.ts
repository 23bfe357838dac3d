import type { Corner } from './camera.ts';

/** Intersection over union of two convex quads. */
export function overlap(first: readonly Corner[], second: readonly Corner[]): number {
  const shared = Math.abs(area(clip(clockwise(first), clockwise(second))));
  const union = Math.abs(area(first)) + Math.abs(area(second)) - shared;
  return union > 0 ? shared / union : 0;
}

function area(corners: readonly Corner[]): number {
  return corners.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

function clockwise(corners: readonly Corner[]): readonly Corner[] {
  return area(corners) < 0 ? [...corners].reverse() : corners;
}

/** Sutherland–Hodgman. */
function clip(subject: readonly Corner[], against: readonly Corner[]): readonly Corner[] {
  let kept = subject;
  against.forEach(([x, y], index) => {
    const [nextX, nextY] = against[(index + 1) % against.length] ?? [x, y];
    const side = ([px, py]: Corner) => (nextX - x) * (py - y) - (nextY - y) * (px - x);
    kept = kept.flatMap((corner, at) => {
      const last = kept[(at + kept.length - 1) % kept.length] ?? corner;
      const [before, now] = [side(last), side(corner)];
      const share = before / (before - now);
      const crossing: Corner = [
        last[0] + (corner[0] - last[0]) * share,
        last[1] + (corner[1] - last[1]) * share,
      ];
      if (before >= 0 !== now >= 0) return now >= 0 ? [crossing, corner] : [crossing];
      return now >= 0 ? [corner] : [];
    });
  });
  return kept;
}
