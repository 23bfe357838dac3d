/**
 * Photo capture: owns the camera, the frames it gives and the picking of one of them. Told what is
 * to be shot, it hands out one shot after the other.
 */
import { pause } from '../../../../backend/ask.ts';
import { Camera } from '../camera/camera.ts';
import { providedFaceAdapter } from '../face-adapter.ts';
import type { FaceFinder } from '../faces/find.ts';
import { startAnalyst } from './analyst.ts';
import { chooseFile } from './choose-file.ts';
import type { Guidance } from './guidance.ts';
import type { Analyst, Judged, Measured, Task } from './judgement.ts';
import { type Picked, Picker, type Seen } from './picker.ts';
import { cropOf, release, shotFrom, type TakenShot } from './shot.ts';
import { takeStill } from './still.ts';
import type { Subject } from './subject.ts';
import { videoFrames } from './video-frames.ts';

/** What there is to show over the camera's picture. */
export interface Sight {
  readonly task: Task;
  readonly guidance?: Guidance | undefined;
  readonly measured?: Measured | undefined;
  /** Seconds until the shot. */
  readonly countdown?: number | undefined;
  /** Nothing is taken by itself here. */
  readonly waitsForShutter: boolean;
}

export interface CaptureListener {
  /** Camera or shutter are in another state. */
  changed(): void;
  /** Many times a second; without a sight nothing is being looked at. */
  saw(sight: Sight | undefined): void;
}

/** One subject before the open camera. */
interface Watch {
  readonly subject: Subject;
  readonly over: AbortController;
  picker: Picker;
  findFace?: FaceFinder;
  countdown?: number | undefined;
  blackSince?: number | undefined;
  last?: Seen;
}

/** A frame's long side from which on no photo of the camera's own is asked for. */
const ENOUGH_PIXELS = 2_400;
/** What of the sharpness a moment later may be missing. */
const AS_SHARP = 0.9;
const TIMER_SECONDS = 3;
/** A picture without any light for so long comes from a camera that is not working. */
const BLACK_TIME_MS = 1_000;

export class Capture {
  readonly camera: Camera;
  /** The shutter was pressed and the frame is not there yet. */
  taking = false;
  readonly #listener: CaptureListener;
  readonly #signal: AbortSignal;
  readonly #taken: TakenShot[] = [];
  #wake = (): void => undefined;
  #analyst: Analyst | undefined;
  #subject: Subject | undefined;
  #shownAt = 0;
  #watch: Watch | undefined;

  /** @param signal ends it: the camera is closed and nothing is kept */
  constructor(listener: CaptureListener, signal: AbortSignal) {
    this.#listener = listener;
    this.#signal = signal;
    this.camera = new Camera(() => listener.changed(), signal);
    signal.addEventListener('abort', () => {
      this.#leave();
      for (const { canvas } of this.#taken.splice(0)) release(canvas);
      this.#wake();
    });
  }

  /** Where frames are judged. */
  get analysis(): Analyst['kind'] {
    return this.#analyst?.kind ?? 'none';
  }

  /** Starts what judges frames; without it nothing is shot. */
  async prepare(): Promise<void> {
    this.#analyst ??= await startAnalyst(this.#signal);
  }

  /** Each shot as it is taken, whichever subject it is of; whoever takes one releases it. */
  async *shots(): AsyncGenerator<TakenShot, void> {
    while (!this.#signal.aborted) {
      const shot = this.#taken.shift();
      if (shot) yield shot;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }

  /**
   * Opens the camera for a subject, and closes it without one.
   * @param hold leaves it open though there is nothing to be shot at the moment
   */
  aim(subject: Subject | undefined, hold: boolean): void {
    if (subject?.station !== this.#subject?.station) this.#shownAt = Date.now();
    this.#subject = subject;
    const { camera } = this;
    if (subject) camera.start(subject.facing);
    else if (!hold) camera.stop();
    const live = camera.state === 'live';
    if (this.#watch && (this.#watch.subject.station !== subject?.station || !live)) this.#leave();
    if (subject && live && this.#analyst) this.#look(subject, this.#analyst);
  }

  /** The shutter. */
  press(): void {
    const watch = this.#watch;
    if (!watch) return;
    this.taking = true;
    if (!watch.subject.timer) watch.picker.press();
    else if (watch.countdown === undefined) this.#countDown(watch).catch(() => undefined);
    this.#listener.changed();
  }

  /**
   * Has the person choose a file in the place of a shot; to be called in the task of a tap.
   * @throws FileError
   */
  async chooseFile(): Promise<void> {
    const subject = this.#subject;
    if (!subject) return;
    const file = await chooseFile(subject.facing, this.#signal);
    const wanted = () => !this.#signal.aborted && this.#subject?.station === subject.station;
    if (!file || !wanted()) return;
    const [{ shotFromFile }] = await Promise.all([import('../files/open.ts'), this.prepare()]);
    if (!this.#analyst) return;
    const shot = await shotFromFile(file, subject, this.#shownAt, this.#analyst, this.#signal);
    if (wanted()) this.#give(shot);
    else release(shot.canvas);
  }

  #look(subject: Subject, analyst: Analyst): void {
    if (this.#watch) return;
    const watch: Watch = { subject, over: new AbortController(), picker: new Picker(false) };
    this.#watch = watch;
    this.#show(watch);
    // Faces that cannot be found are done without.
    if (subject.task.kind === 'face') this.#findFaces(watch).catch(() => undefined);
    void this.#follow(watch, analyst);
  }

  #leave(): void {
    const watch = this.#watch;
    this.#watch = undefined;
    this.taking = false;
    if (!watch) return;
    watch.over.abort();
    watch.picker.clear();
    this.#listener.saw(undefined);
  }

  async #follow(watch: Watch, analyst: Analyst): Promise<void> {
    const { signal } = watch.over;
    for await (const frame of videoFrames(this.camera.video, () => analyst.interval, signal)) {
      try {
        await this.#see(watch, await analyst.measure(frame, watch.subject.task));
      } catch {
        // A frame that cannot be judged or drawn is left out.
      }
    }
  }

  async #see(watch: Watch, judged: Judged): Promise<void> {
    const { signal } = watch.over;
    if (signal.aborted || this.#isBlack(watch, judged)) return judged.picture.close();
    const face = await watch.findFace?.(judged.picture).catch(() => undefined);
    if (signal.aborted) return judged.picture.close();
    const position = watch.subject.timer || face === 'in_place' ? undefined : face;
    const looked = { ...judged, faceLookedFor: face !== undefined };
    const seen = watch.picker.add(looked, position, performance.now());
    watch.last = seen;
    this.#show(watch);
    if (!seen.picked) return;
    const picked = await this.#sharpest(watch.subject, seen.picked);
    if (signal.aborted) return picked.picture.close();
    this.#take(watch.subject, picked);
  }

  #show({ subject: { task, timer }, findFace, countdown, last }: Watch): void {
    const waitsForShutter = task.kind === 'face' && (findFace === undefined || timer);
    const { guidance, measured } = last ?? {};
    this.#listener.saw({ task, guidance, measured, countdown, waitsForShutter });
  }

  /** A photo of the camera's own in the place of the frame, where it shows more of the document. */
  async #sharpest({ task }: Subject, picked: Picked): Promise<Picked> {
    const { picture, capture } = picked;
    const enough = Math.max(picture.width, picture.height) >= ENOUGH_PIXELS;
    if (task.kind !== 'document' || capture !== 'auto' || enough) return picked;
    const still = await takeStill(this.camera.track, picture);
    const judged = still && (await this.#analyst?.measure(still, task));
    if (!judged) return picked;
    const better = isSharper(judged.measured, picked.measured);
    (better ? picture : judged.picture).close();
    return better ? { ...picked, ...judged } : picked;
  }

  #take({ task, maxLongSide }: Subject, picked: Picked): void {
    const { picture, guidance, capture } = picked;
    const crop = cropOf(picture.width, picture.height, task.kind);
    const { facts } = this.camera;
    const circumstances = { guidance, capture, shownAt: this.#shownAt };
    this.#leave();
    this.#give(
      shotFrom(picked, crop, maxLongSide, { ...circumstances, ...(facts && { camera: facts }) }),
    );
  }

  #give(shot: TakenShot): void {
    this.#taken.push(shot);
    this.#wake();
  }

  /** Notices a dead picture; a covered lens looks the same, and a restart does it no harm. */
  #isBlack(watch: Watch, { measured }: Judged): boolean {
    const now = performance.now();
    if (!measured || measured.exposure.highlight > 2) watch.blackSince = undefined;
    else watch.blackSince ??= now;
    if (watch.blackSince === undefined || now - watch.blackSince < BLACK_TIME_MS) return false;
    watch.blackSince = undefined;
    this.camera.interrupted();
    return true;
  }

  async #countDown(watch: Watch): Promise<void> {
    for (watch.countdown = TIMER_SECONDS; watch.countdown > 0; watch.countdown--) {
      this.#show(watch);
      await pause(1_000, watch.over.signal);
    }
    watch.countdown = undefined;
    watch.picker.press();
  }

  async #findFaces(watch: Watch): Promise<void> {
    if (!providedFaceAdapter() && !('FaceDetector' in globalThis)) return;
    const { signal } = watch.over;
    const finder = await (await import('../faces/find.ts')).loadFaceFinder(signal);
    if (!finder || signal.aborted) return;
    watch.findFace = finder;
    watch.picker.clear();
    watch.picker = new Picker(!watch.subject.timer);
  }
}

/** Nothing speaks against it, and it has more pixels of the document. */
function isSharper(still: Measured | undefined, frame: Measured | undefined): boolean {
  if (still?.kind !== 'document' || frame?.kind !== 'document') return false;
  const asSharp = still.sharpness >= AS_SHARP * frame.sharpness;
  return still.advice.code === 'good' && asSharp && (still.dpi ?? 0) > (frame.dpi ?? 0);
}
