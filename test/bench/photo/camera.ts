/** A pinhole camera looking at a flat card; angles in radians, lengths in millimetres. */
export interface Pose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** How much of the largest upright card that fits the frame the card's bounding box takes. */
  readonly fill: number;
  /** Shift of the card's centre, as shares of that largest card's width and height. */
  readonly shift: readonly [x: number, y: number];
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Field of view across the frame's long side. */
  readonly fieldOfView: number;
}

export type Corner = readonly [x: number, y: number];
type Vector = readonly [number, number, number];

/** The 3×3 that takes frame pixels to a plane, row by row. */
export interface Plane {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
  readonly g: number;
  readonly h: number;
  readonly i: number;
}

/** Where a point of the card plane lands in the frame, and back. */
export interface View {
  project(xMm: number, yMm: number, depthMm?: number): Corner;
  /** The plane `depthMm` behind the card's face, in mm from the card's centre. */
  toPlane(depthMm: number): Plane;
  /** Between the card's normal and the line of sight to its centre, in degrees. */
  readonly tilt: number;
}

export function lookAt(size: readonly [number, number], pose: Pose, frame: Frame): View {
  const axes = rotation(pose);
  const focal = Math.max(frame.width, frame.height) / 2 / Math.tan(frame.fieldOfView / 2);
  const [across, down] = [size[0] / 2, size[1] / 2];
  const largest = Math.min(frame.width, (frame.height * size[0]) / size[1]);
  const largestDown = (largest * size[1]) / size[0];
  let distance = (focal * size[0]) / (pose.fill * largest);
  for (let step = 0; step < 6; step++) {
    const view = viewFrom(axes, pose, frame, focal, distance, largest, largestDown);
    const corners = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ].map(([x = 0, y = 0]) => view.project(x * across, y * down));
    const span = (axis: 0 | 1) =>
      Math.max(...corners.map((c) => c[axis])) - Math.min(...corners.map((c) => c[axis]));
    distance *= Math.max(span(0) / largest, span(1) / largestDown) / pose.fill;
  }
  return viewFrom(axes, pose, frame, focal, distance, largest, largestDown);
}

function viewFrom(
  [right, under, away]: readonly [Vector, Vector, Vector],
  pose: Pose,
  frame: Frame,
  focal: number,
  distance: number,
  largest: number,
  largestDown: number,
): View {
  const centre: Vector = [
    (pose.shift[0] * largest * distance) / focal,
    (pose.shift[1] * largestDown * distance) / focal,
    distance,
  ];
  const origin = (depth: number): Vector => [
    centre[0] + away[0] * depth,
    centre[1] + away[1] * depth,
    centre[2] + away[2] * depth,
  ];
  const project = (x: number, y: number, depth = 0): Corner => {
    const from = origin(depth);
    const z = from[2] + right[2] * x + under[2] * y;
    return [
      frame.width / 2 + (focal * (from[0] + right[0] * x + under[0] * y)) / z,
      frame.height / 2 + (focal * (from[1] + right[1] * x + under[1] * y)) / z,
    ];
  };
  const toPlane = (depth: number) => {
    const from = origin(depth);
    const forward = [0, 1, 2].flatMap((row) => {
      const of = (vector: Vector) => {
        const shift = row === 0 ? frame.width / 2 : frame.height / 2;
        return row === 2 ? vector[2] : focal * (vector[row] ?? 0) + shift * vector[2];
      };
      return [of(right), of(under), of(from)];
    });
    return inverse3(forward);
  };
  const length = Math.hypot(...centre);
  const facing = (away[0] * centre[0] + away[1] * centre[1] + away[2] * centre[2]) / length;
  return { project, toPlane, tilt: (Math.acos(Math.min(1, Math.abs(facing))) * 180) / Math.PI };
}

/** The card's own axes seen from the camera: rightwards, downwards, away through the card. */
function rotation({ yaw, pitch, roll }: Pose): readonly [Vector, Vector, Vector] {
  const turn = ([x, y, z]: Vector): Vector => {
    const [x1, y1] = [
      x * Math.cos(roll) - y * Math.sin(roll),
      x * Math.sin(roll) + y * Math.cos(roll),
    ];
    const [y2, z2] = [
      y1 * Math.cos(pitch) - z * Math.sin(pitch),
      y1 * Math.sin(pitch) + z * Math.cos(pitch),
    ];
    return [x1 * Math.cos(yaw) + z2 * Math.sin(yaw), y2, z2 * Math.cos(yaw) - x1 * Math.sin(yaw)];
  };
  return [turn([1, 0, 0]), turn([0, 1, 0]), turn([0, 0, 1])];
}

function inverse3(m: readonly number[]): Plane {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return {
    a: (e * i - f * h) / det,
    b: (c * h - b * i) / det,
    c: (b * f - c * e) / det,
    d: (f * g - d * i) / det,
    e: (a * i - c * g) / det,
    f: (c * d - a * f) / det,
    g: (d * h - e * g) / det,
    h: (b * g - a * h) / det,
    i: (a * e - b * d) / det,
  };
}
