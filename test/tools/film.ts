/** Films for Chromium's fake camera, made of the drawn scenes whose truth the benchmark knows. */
import { addNoise, type Pixels, toImage } from '../bench/photo/effects.ts';
import { drawPortrait } from '../bench/photo/print.ts';
import { Random } from '../bench/photo/random.ts';
import { blankRaster } from '../bench/photo/raster.ts';
import { renderScene } from '../bench/photo/scene.ts';
import {
  DEGREE,
  type Scene,
  SceneGenerator,
  type ThingName,
  type Wish,
} from '../bench/photo/scene-generator.ts';

export interface Film {
  /** What lies there. */
  readonly thing: ThingName | 'face';
  readonly width: number;
  readonly height: number;
  /** A hand holds the camera. */
  readonly trembling?: boolean;
  readonly cut?: Wish['cut'];
}

const SEED = 7;
/** Of a trembling hand; where all is calm, two differ by the sensor's noise alone. */
const FRAMES_EACH = 10;
const CALM_FRAMES = 2;
const PER_SECOND = 10;

/** YUV4MPEG2, of frames that begin anew without a jump. */
export function drawFilm({ thing, width, height, trembling, cut }: Film): Buffer {
  const random = new Random(SEED);
  const draw =
    thing === 'face'
      ? face(width, height)
      : drawn({ thing, width, height, ...(trembling && { trembling }), ...(cut && { cut }) });
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F${PER_SECOND}:1 Ip A1:1 C420jpeg\n`);
  const frames = Array.from({ length: trembling ? FRAMES_EACH : CALM_FRAMES }, (_, frame) => {
    const { data } = draw(frame, random);
    return Buffer.concat([Buffer.from('FRAME\n'), toPlanes(data, width, height)]);
  });
  return Buffer.concat([header, ...frames]);
}

type Draw = (frame: number, random: Random) => Pixels;

function drawn({ thing, width, height, trembling, cut }: Film & { thing: ThingName }): Draw {
  const generator = new SceneGenerator(SEED);
  const random = new Random(SEED);
  const scene = generator.compose(random, {
    designs: [thing],
    backgrounds: ['desk'],
    frame: { width, height, fieldOfView: 64 * DEGREE },
    pose: { yaw: 2 * DEGREE, pitch: 3 * DEGREE, roll: DEGREE, shift: [0, 0], fill: 0.8 },
    blur: 0.4 * (width / 640),
    noise: 2,
    ...(cut && { cut }),
  });
  return (frame, noise) => renderScene(trembling ? shaken(scene, frame) : scene, noise).image;
}

/** Somebody holds the camera the wrong way round. */
function face(width: number, height: number): Draw {
  return (_frame, random) => {
    const raster = blankRaster(width, height);
    raster.data.fill(150);
    const tall = height * 0.9;
    const box = { x: width / 2 - tall * 0.4, y: height * 0.05, width: tall * 0.8, height: tall };
    drawPortrait(raster, new Random(SEED), box);
    addNoise(raster, 2, random);
    return toImage(raster);
  };
}

/** Half a degree and a pixel of 640 to each side, twice a second. */
function shaken(scene: Scene, frame: number): Scene {
  const sway = (turns: number, phase: number) =>
    Math.sin((2 * Math.PI * turns * frame) / FRAMES_EACH + phase);
  const { yaw, pitch, shift } = scene.pose;
  const pose = {
    ...scene.pose,
    yaw: yaw + 0.5 * DEGREE * sway(2, 0),
    pitch: pitch + 0.5 * DEGREE * sway(1, 1),
    shift: [shift[0] + 0.0016 * sway(1, 2), shift[1] + 0.0016 * sway(2, 3)] as const,
  };
  return { ...scene, pose };
}

/** Brightness, then the two colours at half the size. */
function toPlanes(rgba: Uint8ClampedArray, width: number, height: number): Buffer {
  const planes = Buffer.alloc(width * height * 1.5);
  const blueAt = width * height;
  const redAt = blueAt * 1.25;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const [red = 0, green = 0, blue = 0] = rgba.subarray(at, at + 3);
      const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      planes[y * width + x] = Math.round(luma);
      if (x % 2 === 1 || y % 2 === 1) continue;
      const half = (y >> 1) * (width >> 1) + (x >> 1);
      planes[blueAt + half] = Math.round(128 + 0.564 * (blue - luma));
      planes[redAt + half] = Math.round(128 + 0.713 * (red - luma));
    }
  }
  return planes;
}
