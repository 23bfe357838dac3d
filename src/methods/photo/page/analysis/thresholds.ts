/**
 * Every limit of the judgement, in one place. "Scenes" are the procedural frames of
 * `test/bench/photo`, tuned on one seed and reported on another; none has been tried on phones of
 * the field yet.
 */
export const THRESHOLDS = {
  /** Least outline score that counts as a card. Scenes: true outlines 0.4–0.9, empty tables hardly over 0.2. */
  outline: 0.28,
  /** The same for a slanted card, whose far side shows less. */
  slantedOutline: 0.2,
  /** Farthest the outline may be from a view of the document. Scenes: 49 of 50 true ones are nearer. */
  misfit: 0.042,
  /** The same for a slanted card, whose shape tells less of the lens. */
  slantedMisfit: 0.08,
  /** How strongly both sides at an end may go on beyond it. Scenes: true ones hardly over 0.4. */
  goesOn: 0.6,
  /** How strongly one side may go on beyond both its ends. Scenes: true ones only on stripes. */
  crosses: 0.8,
  /** Luma that one pixel in twenty of the card exceeds. Derived: below it noise eats the print. */
  darkest: 80,
  /** The same while no card is found. Derived: dark wood in a lit room is brighter than that. */
  darkestTable: 50,
  /** Share of the card at or above `white` that means overexposed rather than mirrored. Scenes. */
  washedOut: 0.22,
  /** Luma that holds no detail any more. Derived: sensors clip at 255, scaling averages lower it. */
  white: 250,
  /** Largest part of the card one reflection may cover. Derived: half a line of text. */
  glare: 0.004,
  /** Blur in pixels at 640 px frame width. Scenes: true 0–1 px reads 0.9–1.5, from 1.8 px ≥ 1.8. */
  blur: 1.65,
  /** Pixels per inch of the document: 674 px over the 85.6 mm of ID-1, which keeps its small print. */
  dotsPerInch: 200,
  /** Card over the largest that fits the frame. 1000 px of the 1920 px camera frame: 300 dpi of ID-1. */
  smallest: 0.42,
  /** The same from above; a hand's tremor then still keeps all corners in. */
  largest: 0.97,
  /** Distance every corner keeps from the frame's border, as a share of its width. Derived. */
  margin: 0.004,
  /** Tilt in degrees at which a flat shot is asked to be straightened. Scenes: text is then 10 % shorter. */
  tilted: 27,
  /** Tilt band of a thickness shot: the edge of 0.76 mm shows 8 px at 35° of 1600; steeper, outlines get unsure. */
  flattest: 35,
  steepest: 50,
  /** Largest corner movement inside the stable window, as a share of the frame's width. Derived. */
  stillness: 0.01,
  /** Length of the stable window in milliseconds. Derived: ISO 1/30 s frames, three analyses at least. */
  stableFor: 400,
  /** Largest relative change of sharpness inside the window: autofocus still hunting. Derived. */
  refocusing: 0.25,
  /** Face: mean luma of the oval. Derived, wider than the card's because skin varies. */
  faceDarkest: 45,
  faceBrightest: 225,
  /** Face: blur in pixels at 640 px frame width. Derived: skin has soft edges even in focus. */
  faceBlur: 2.5,
  /** Face: mean luma change between two analyses. Derived: noise of 8/255 alone gives about 2. */
  faceMotion: 7,
} as const;
