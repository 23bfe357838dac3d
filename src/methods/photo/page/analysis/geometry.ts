/** In pixels, from the upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Four corners: top left, top right, bottom right, bottom left as seen in the frame. */
export type Quad = readonly [Point, Point, Point, Point];

/** Parallel to the frame, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function distance(from: Point, to: Point): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

/** Area by the shoelace formula; positive for clockwise corners with y pointing down. */
export function area(corners: readonly Point[]): number {
  let twice = 0;
  let last = corners.at(-1);
  for (const corner of corners) {
    if (last) twice += last.x * corner.y - corner.x * last.y;
    last = corner;
  }
  return twice / 2;
}

export function boundingBox(corners: readonly Point[]): Box {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export function mapQuad(quad: Quad, change: (corner: Point) => Point): Quad {
  return [change(quad[0]), change(quad[1]), change(quad[2]), change(quad[3])];
}

/** Moves the corners towards their centre, leaving `share` of each half diagonal. */
export function inset(quad: Quad, share: number): Quad {
  const x = (quad[0].x + quad[1].x + quad[2].x + quad[3].x) / 4;
  const y = (quad[0].y + quad[1].y + quad[2].y + quad[3].y) / 4;
  return mapQuad(quad, (corner) => ({
    x: x + (corner.x - x) * share,
    y: y + (corner.y - y) * share,
  }));
}

/** The part of row `y` inside a convex quad, as whole pixels; undefined where the row misses it. */
export function rowSpan(
  quad: Quad,
  y: number,
  width: number,
): [from: number, to: number] | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let last: Point = quad[3];
  for (const corner of quad) {
    if (last.y <= y !== corner.y <= y) {
      const x = last.x + ((y - last.y) * (corner.x - last.x)) / (corner.y - last.y);
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
    last = corner;
  }
  const [start, end] = [Math.max(0, Math.ceil(from)), Math.min(width - 1, Math.floor(to))];
  return start <= end ? [start, end] : undefined;
}
