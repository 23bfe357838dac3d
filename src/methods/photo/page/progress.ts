/**
 * What a reload finds again: which shots the server has, and where the person was. Hashes, receipts
 * and times; no picture, nothing that was read from one.
 */
import type { PhotoAnswer } from '../../../wire/photo.ts';
import type { Shot } from '../evidence.ts';
import { begin, goOn, type Station, type Stepper } from './stepper.ts';

export interface Progress {
  readonly challenge: PhotoAnswer;
  /** On this page's clock: when a new challenge is needed; 0 once a manifest was sent for it. */
  readonly until: number;
  readonly stepper: Stepper;
  readonly log: readonly Shot[];
  readonly interruptions: number;
  readonly consentAt: number;
  /** A station that a reviewer asked for again: of its shots only those from here on count. */
  readonly retake?: { readonly station: string; readonly from: number } | undefined;
}

/** As it is kept; another version of this element makes nothing of it. */
interface Kept extends Progress {
  readonly v: 1;
}

export const keptOf = (progress: Progress): Kept => ({ v: 1, ...progress });

/**
 * What was kept; undefined where there is nothing, or nothing of this version. A shot whose upload
 * was cut is open again: its picture was kept nowhere.
 */
export function progressOf(kept: unknown): Progress | undefined {
  const { v, ...before } = (kept ?? {}) as Partial<Kept>;
  if (v !== 1) return undefined;
  const progress = before as Progress;
  const { stepper } = progress;
  const log = countingIn(progress);
  const skipped = Object.entries(stepper.marks).filter(([, mark]) => mark === 'skipped');
  const marks = { ...Object.fromEntries(skipped), ...marksOf(log, stepper.stations) };
  return { ...progress, stepper: stepper.document ? goOn({ ...stepper, marks }) : stepper };
}

/** The shots that close a station: not the one a reviewer wants anew. */
export const countingIn = ({
  log,
  retake,
  stepper: { stations },
}: Pick<Progress, 'log' | 'retake' | 'stepper'>): readonly Shot[] =>
  log.filter(
    (shot, index) => !retake || index >= retake.from || keyOf(shot, stations) !== retake.station,
  );

/** Under a challenge, with nothing taken yet. */
export const startOver = (before: Progress, challenge: PhotoAnswer, until: number): Progress => ({
  ...before,
  challenge,
  until,
  stepper: { ...begin(challenge), discarded: before.stepper.discarded },
  log: [],
  retake: undefined,
});

/** Which stations the shots of a log were taken for. */
export const marksOf = (log: readonly Shot[], stations: readonly Station[]): Stepper['marks'] =>
  Object.fromEntries(
    log.flatMap((shot) => {
      const key = keyOf(shot, stations);
      return key ? [[key, 'accepted' as const]] : [];
    }),
  );

const keyOf = ({ step, gesture }: Shot, stations: readonly Station[]): string | undefined =>
  stations.find((one) => one.step === step && one.gesture === gesture)?.key;
