/** One stay before the open camera: looks at frames, says what to change, gives out one shot. */
import { pause } from '../../../backend/ask.ts';
import type { Camera } from './camera/camera.ts';
import type { FaceFinder } from './face/adapter.ts';
import { providedFaceAdapter } from './face/provide.ts';
import type { Analyst, Judged } from './frames/analyst.ts';
import { followFrames } from './frames/loop.ts';
import type { PhotoMessages } from './messages/index.ts';
import { adviceText, type Sight, type Target, type Viewfinder } from './panels/viewfinder.ts';
import { type Picked, Picker, type Seen } from './shots/picker.ts';
import { Voice } from './voice.ts';

export interface Stay {
  readonly target: Target;
  /** Frames are counted down to, so that the person can move first. */
  readonly timer: boolean;
  readonly camera: Camera;
  readonly viewfinder: Viewfinder;
  readonly analyst: Analyst;
  words(): PhotoMessages;
  say(text: string): void;
  /** Takes over the frame. */
  taken(picked: Picked): void;
}

export interface Shooting {
  /** The shutter. */
  press(): void;
}

const TIMER_SECONDS = 3;
/** A picture without any light for so long comes from a camera that is not working. */
const BLACK_TIME = 1_000;

/** @param signal ends the stay */
export function startShooting(stay: Stay, signal: AbortSignal): Shooting {
  const { camera, viewfinder, analyst, target } = stay;
  const voice = new Voice();
  let picker = new Picker(false);
  let findFace: FaceFinder | undefined;
  let blackSince: number | undefined;
  let countdown: number | undefined;
  let last: Partial<Sight> = {};

  const waitsForShutter = () => target.kind === 'face' && (findFace === undefined || stay.timer);
  const show = (sight: Partial<Sight>) => {
    last = sight;
    const given = { target, words: stay.words(), countdown, waitsForShutter: waitsForShutter() };
    viewfinder.show({ ...given, ...sight });
  };

  async function look(): Promise<void> {
    const judged = await analyst.measure(await createImageBitmap(camera.video), target);
    if (signal.aborted) return judged.picture.close();
    if (black(judged)) return judged.picture.close();
    const seen = await judge(judged);
    if (signal.aborted) return seen.picked?.picture.close();
    show(seen);
    const text = adviceText(
      { words: stay.words(), waitsForShutter: waitsForShutter() },
      seen.guidance,
    );
    const spoken = voice.hear(text, performance.now());
    if (spoken && countdown === undefined) stay.say(spoken);
    if (seen.picked) stay.taken(seen.picked);
  }

  async function judge(judged: Judged): Promise<Seen> {
    const place = await findFace?.(judged.picture).catch(() => undefined);
    return picker.add(judged, stay.timer ? undefined : place, performance.now());
  }

  /** Notices a dead picture; a covered lens looks the same, and a restart does it no harm. */
  function black({ measured }: Judged): boolean {
    const dead = measured !== undefined && measured.exposure.highlight <= 2;
    if (!dead) blackSince = undefined;
    else blackSince ??= performance.now();
    if (blackSince === undefined || performance.now() - blackSince < BLACK_TIME) return false;
    blackSince = undefined;
    camera.interrupted();
    return true;
  }

  async function countDown(): Promise<void> {
    stay.say(stay.words().shoot.countdown(TIMER_SECONDS));
    for (countdown = TIMER_SECONDS; countdown > 0; countdown--) {
      show(last);
      await pause(1_000, signal);
    }
    countdown = undefined;
    picker.press();
  }

  async function loadFaces(): Promise<void> {
    if (!providedFaceAdapter() && !('FaceDetector' in globalThis)) return;
    const finder = await (await import('./face/adapter.ts')).loadFaceFinder(signal);
    if (!finder || signal.aborted) return;
    findFace = finder;
    picker.clear();
    picker = new Picker(!stay.timer);
  }

  signal.addEventListener('abort', () => {
    picker.clear();
    viewfinder.clear();
  });
  // Faces that cannot be found are done without.
  if (target.kind === 'face') loadFaces().catch(() => undefined);
  show({});
  followFrames(camera.video, look, () => analyst.interval, signal);
  return {
    press() {
      if (!stay.timer) return picker.press();
      if (countdown === undefined) countDown().catch(() => undefined);
    },
  };
}
