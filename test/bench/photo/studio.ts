import { BACKGROUND_NAMES, BACKGROUNDS, type BackgroundName, nearColour } from './backgrounds.ts';
import type { Pose } from './camera.ts';
import { type Card, DESIGN_NAMES, type DesignName, makeCard } from './cards.ts';
import { Random } from './random.ts';
import type { Raster } from './raster.ts';
import type { SceneSpec } from './scene.ts';

export const DEGREE = Math.PI / 180;

const FRAMES = [
  { width: 640, height: 360 },
  { width: 640, height: 480 },
  { width: 640, height: 853 },
] as const;

/** What a condition fixes; the rest of the scene is drawn at random within easy limits. */
export interface Wish extends Partial<Omit<SceneSpec, 'card' | 'background' | 'pose'>> {
  readonly designs?: readonly DesignName[];
  readonly backgrounds?: readonly BackgroundName[];
  readonly pose?: Partial<Pose>;
  readonly empty?: true;
}

export interface Scene extends SceneSpec {
  readonly designName: DesignName;
  readonly backgroundName: BackgroundName;
}

/** Prints every card and texture of a seed once; scenes vary everything else. */
export class Studio {
  readonly seed: number;
  private readonly cards = new Map<DesignName, Card>();
  private readonly tiles = new Map<string, Raster>();

  constructor(seed: number) {
    this.seed = seed;
  }

  card(name: DesignName): Card {
    const known = this.cards.get(name);
    if (known) return known;
    const made = makeCard(new Random(this.seed * 31 + DESIGN_NAMES.indexOf(name)), name);
    this.cards.set(name, made);
    return made;
  }

  background(name: BackgroundName, under: DesignName): Raster {
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
    const { designs = DESIGN_NAMES, backgrounds = BACKGROUND_NAMES, pose, empty, ...fixed } = wish;
    const designName = random.pick(designs);
    const backgroundName = random.pick(backgrounds);
    const fill = pose?.fill ?? random.between(0.5, 0.9);
    const room = Math.min(0.06, (1 - fill) / 2);
    return {
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
  }
}
