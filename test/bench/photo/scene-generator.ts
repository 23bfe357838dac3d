import { BACKGROUND_NAMES, BACKGROUNDS, type BackgroundName, nearColour } from './backgrounds.ts';
import type { Pose } from './camera.ts';
import { type Card, DESIGN_NAMES, DESIGNS, type DesignName, ID1, makeCard } from './cards.ts';
import { FRAMED_NAMES, type FramedName, makeFramed } from './framed.ts';
import { makeObject, OBJECT_NAMES, OBJECTS, type ObjectName } from './objects.ts';
import { Random } from './random.ts';
import type { Raster } from './raster.ts';
import type { SceneSpec } from './scene.ts';
import { type Cut, cutOff } from './whole.ts';

export const DEGREE = Math.PI / 180;

/** Whatever may lie on the table. */
export type ThingName = DesignName | FramedName | ObjectName;

const THINGS: readonly ThingName[] = [...DESIGN_NAMES, ...FRAMED_NAMES, ...OBJECT_NAMES];

/** Width over height. */
export function aspectOf(name: ThingName): number {
  const [width, height] = isAmong(OBJECT_NAMES, name)
    ? OBJECTS[name].size
    : isAmong(DESIGN_NAMES, name)
      ? DESIGNS[name].size
      : ID1;
  return width / height;
}

const isAmong = <Name extends ThingName>(names: readonly Name[], name: ThingName): name is Name =>
  (names as readonly ThingName[]).includes(name);

function makeThing(random: Random, name: ThingName): Card {
  if (isAmong(FRAMED_NAMES, name)) return makeFramed(random, name);
  if (isAmong(OBJECT_NAMES, name)) return makeObject(random, name);
  return makeCard(random, name);
}

export const FRAMES = [
  { width: 640, height: 360 },
  { width: 640, height: 480 },
  { width: 640, height: 853 },
] as const;

/** What a condition fixes; the rest of the scene is drawn at random within easy limits. */
export interface Wish extends Partial<Omit<SceneSpec, 'card' | 'background' | 'pose'>> {
  readonly designs?: readonly ThingName[];
  readonly backgrounds?: readonly BackgroundName[];
  readonly pose?: Partial<Pose>;
  readonly cut?: Cut;
  readonly empty?: true;
}

export interface Scene extends SceneSpec {
  readonly designName: ThingName;
  readonly backgroundName: BackgroundName;
}

/** Prints every card and texture of a seed once; scenes vary everything else. */
export class SceneGenerator {
  readonly seed: number;
  private readonly cards = new Map<ThingName, Card>();
  private readonly tiles = new Map<string, Raster>();

  constructor(seed: number) {
    this.seed = seed;
  }

  card(name: ThingName): Card {
    const known = this.cards.get(name);
    if (known) return known;
    const made = makeThing(new Random(this.seed * 31 + THINGS.indexOf(name)), name);
    this.cards.set(name, made);
    return made;
  }

  background(name: BackgroundName, under: ThingName): Raster {
    const key = name === 'near-colour' ? `${name} ${under}` : name;
    const known = this.tiles.get(key);
    if (known) return known;
    const random = new Random(this.seed * 47 + BACKGROUND_NAMES.indexOf(name));
    const made =
      name === 'near-colour'
        ? nearColour(random, this.card(under).paper)
        : BACKGROUNDS[name](random);
    this.tiles.set(key, made);
    return made;
  }

  /** Lays out one scene. */
  compose(random: Random, wish: Wish): Scene {
    const {
      designs = DESIGN_NAMES,
      backgrounds = BACKGROUND_NAMES,
      pose,
      cut,
      empty,
      ...fixed
    } = wish;
    const designName = random.pick(designs);
    const backgroundName = random.pick(backgrounds);
    const fill = pose?.fill ?? random.between(0.5, 0.9);
    const room = Math.min(0.06, (1 - fill) / 2);
    const scene: Scene = {
      designName,
      backgroundName,
      card: empty ? undefined : this.card(designName),
      background: this.background(backgroundName, designName),
      frame: { ...random.pick(FRAMES), fieldOfView: random.between(56, 72) * DEGREE },
      pose: {
        yaw: random.between(-5, 5) * DEGREE,
        pitch: random.between(-5, 5) * DEGREE,
        roll: random.between(-4, 4) * DEGREE,
        shift: [random.between(-room, room), random.between(-room, room)],
        ...pose,
        fill,
      },
      table: {
        x: random.between(0, 400),
        y: random.between(0, 400),
        turn: random.between(-Math.PI, Math.PI),
      },
      light: {
        level: random.between(0.85, 1),
        ratio: random.between(1, 1.15),
        angle: random.between(0, 2 * Math.PI),
      },
      blur: random.between(0, 0.5),
      noise: random.between(0, 2),
      ...fixed,
    };
    return scene.card && cut
      ? { ...scene, pose: cutOff(scene.pose, scene.card, scene.frame, cut) }
      : scene;
  }
}
