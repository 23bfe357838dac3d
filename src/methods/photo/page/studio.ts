/** Camera, viewfinder and analyst as one: they follow the screen, and give out one shot at a time. */
import type { PhotoAnswer } from '../../../wire/photo.ts';
import { DOCUMENTS, type DocumentId } from '../documents.ts';
import type { DocumentShape } from './analysis/index.ts';
import { Camera } from './camera/camera.ts';
import { type Analyst, startAnalyst } from './frames/analyst.ts';
import type { PhotoMessages } from './messages/index.ts';
import { type Target, Viewfinder } from './panels/viewfinder.ts';
import { type Shooting, startShooting } from './shooting.ts';
import { chooseFile } from './shots/file.ts';
import { release, type TakenShot } from './shots/shot.ts';
import { shotFromFrame } from './shots/take.ts';
import type { Station } from './stepper.ts';

export interface StudioParts {
  readonly signal: AbortSignal;
  words(): PhotoMessages | undefined;
  challenge(): PhotoAnswer;
  say(text: string): void;
  /** The camera has changed. */
  changed(): void;
  /** Takes over the shot. */
  taken(shot: TakenShot): void;
}

/** What is to be shot now. */
export interface Subject {
  readonly document: DocumentId;
  readonly station: Station;
}

interface Stay {
  readonly station: Station;
  readonly shooting: Shooting;
  end(): void;
}

export class Studio {
  camera: Camera | undefined;
  analyst: Analyst | undefined;
  /** The shutter was pressed and the frame is not there yet. */
  taking = false;
  readonly #parts: StudioParts;
  #viewfinder: Viewfinder | undefined;
  #stay: Stay | undefined;
  #shownAt = 0;

  constructor(parts: StudioParts) {
    this.#parts = parts;
    const { signal } = parts;
    signal.addEventListener('abort', () => this.#leave());
    // A page that is turned is laid out anew, and what was looked at is somewhere else.
    const look = () => this.element?.scrollIntoView({ block: 'nearest' });
    matchMedia('(orientation:portrait)').addEventListener('change', look, { signal });
  }

  get element(): HTMLElement | undefined {
    return this.#viewfinder?.element;
  }

  async prepare(): Promise<void> {
    this.analyst ??= await startAnalyst(this.#parts.signal);
  }

  /**
   * Opens the camera for a subject, and closes it without one.
   * @param hold leaves it open though there is nothing to be shot at the moment
   */
  follow(subject: Subject | undefined, hold: boolean): void {
    const { words, changed, signal } = this.#parts;
    const shoots = subject !== undefined && words() !== undefined;
    if (shoots) {
      this.camera ??= new Camera(changed, signal);
      this.#viewfinder ??= new Viewfinder(this.camera.video);
      this.camera.start(facingOf(subject.station));
    } else if (!hold) {
      this.camera?.stop();
    }
    const live = this.camera?.state === 'live';
    if (this.#stay && (this.#stay.station !== subject?.station || !live)) this.#leave();
    if (shoots && live && !this.#stay) this.#stay = this.#begin(subject);
  }

  shutter(): void {
    if (!this.#stay) return;
    this.taking = true;
    this.#stay.shooting.press();
  }

  /**
   * Has the person choose a file in the place of a shot; to be called in the task of a tap.
   * @throws FileError
   */
  async pickFile(subject: Subject, stillWanted: () => boolean): Promise<void> {
    const { signal, challenge, taken } = this.#parts;
    const file = await chooseFile(facingOf(subject.station), signal);
    if (!file || !stillWanted()) return;
    const [{ shotFromFile }] = await Promise.all([import('./shots/open-file.ts'), this.prepare()]);
    if (!this.analyst) return;
    const target = targetOf(subject);
    const shot = await shotFromFile(file, target, challenge(), this.#shownAt, this.analyst);
    if (stillWanted()) taken(shot);
    else release(shot.canvas);
  }

  #begin(subject: Subject): Stay | undefined {
    const { camera, analyst } = this;
    const viewfinder = this.#viewfinder;
    if (!camera || !analyst || !viewfinder) return undefined;
    const { signal, words, challenge, say, taken } = this.#parts;
    const over = new AbortController();
    const target = targetOf(subject);
    this.#shownAt = Date.now();
    const shooting = startShooting(
      {
        target,
        timer: subject.station.gesture !== undefined,
        camera,
        viewfinder,
        analyst,
        words: () => words() as PhotoMessages,
        say,
        taken: (picked) =>
          taken(shotFromFrame(picked, target, challenge(), this.#shownAt, camera.facts)),
      },
      AbortSignal.any([signal, over.signal]),
    );
    return { station: subject.station, shooting, end: () => over.abort() };
  }

  #leave(): void {
    this.#stay?.end();
    this.#stay = undefined;
    this.taking = false;
  }
}

const showsFace = ({ step }: Station): boolean => step === 'face' || step === 'gesture';

const facingOf = (station: Station) => (showsFace(station) ? 'user' : 'environment');

const targetOf = ({ document, station }: Subject): Target =>
  showsFace(station)
    ? { kind: 'face' }
    : {
        kind: 'document',
        ...shapeOf(document),
        thickness: station.step === 'thickness',
      };

/** What of a document the judgement of frames goes by. */
function shapeOf(document: DocumentId): DocumentShape {
  const { aspect, widthMm, machineReadable } = DOCUMENTS[document];
  return { aspect, widthMm, machineReadable };
}
