/**
 * What a reload finds again: which shots the server has, and where the person was. Hashes, receipts
 * and times; no picture, nothing that was read from one.
 */
import { readCbor } from '../../wire/cbor.ts';
import { IdVerifyError } from '../../wire/error.ts';
import { cborMap, parseAs, textMap } from '../../wire/parse.ts';
import { type PhotoAnswer, photoAnswer } from '../../wire/photo.ts';
import { ENVELOPE_RULES } from '../../wire/reader.ts';
import * as v from '../../wire/schema.ts';
import { writeCbor } from '../../wire/writer.ts';
import { type Shot, shotSchema } from './evidence.ts';
import { rechain } from './log.ts';
import { begin, goOn, type Station, type Stepper, stationsOf } from './stepper.ts';

const uint = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const GESTURE = photoAnswer.shape.entries.gestures;

const schema = cborMap({
  v: v.literal(1),
  /** The challenge, JSON as it came. */
  challenge: v.string(),
  /** On this page's clock: when a new challenge is needed. */
  until: uint,
  document: v.string(),
  /** The gestures in hand, in order; of each, the one asked. */
  gestures: GESTURE,
  asked: GESTURE,
  skipped: v.array(v.string()),
  attempts: textMap(v.record(v.string(), uint)),
  discarded: uint,
  log: v.array(shotSchema),
  interruptions: uint,
  consentAt: uint,
});

export interface Progress {
  readonly challenge: PhotoAnswer;
  readonly until: number;
  readonly stepper: Stepper;
  readonly log: readonly Shot[];
  readonly interruptions: number;
  readonly consentAt: number;
}

/** Bytes to keep; undefined while there is nothing worth it. */
export function packProgress(progress: Progress): Uint8Array | undefined {
  const { challenge, until, stepper, log, interruptions, consentAt } = progress;
  if (!stepper.document) return undefined;
  const asked = stepper.stations.filter(({ gesture }) => gesture);
  return writeCbor({
    v: 1,
    challenge: JSON.stringify(challenge),
    until,
    document: stepper.document,
    gestures: asked.flatMap(({ gesture }) => gesture ?? []),
    asked: asked.flatMap(({ gesture, insteadOf }) => insteadOf ?? gesture ?? []),
    skipped: Object.keys(stepper.marks).filter((key) => stepper.marks[key] === 'skipped'),
    attempts: new Map(Object.entries(stepper.attempts)),
    discarded: stepper.discarded,
    log,
    interruptions,
    consentAt,
  });
}

/** What was kept; undefined where there is nothing, or nothing of this version. */
export function unpackProgress(kept: unknown): Progress | undefined {
  if (!(kept instanceof Uint8Array)) return undefined;
  try {
    const read = parseAs(schema, readCbor(kept, ENVELOPE_RULES), 'malformed/progress');
    const challenge = parseAs(photoAnswer, JSON.parse(read.challenge), 'malformed/progress');
    const { until, log, interruptions, consentAt } = read;
    return { challenge, until, stepper: restore(challenge, read), log, interruptions, consentAt };
  } catch (error) {
    if (error instanceof IdVerifyError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function restore(challenge: PhotoAnswer, read: v.InferOutput<typeof schema>): Stepper {
  const { document, attempts, discarded } = read;
  let place = 0;
  const stations = stationsOf(challenge, document).map((station): Station => {
    if (!station.gesture) return station;
    const [gesture, insteadOf] = [read.gestures[place], read.asked[place]];
    place++;
    if (!gesture || !insteadOf || gesture === insteadOf) return station;
    return { ...station, gesture, insteadOf };
  });
  const skipped = read.skipped.map((key) => [key, 'skipped'] as const);
  const marks = { ...Object.fromEntries(skipped), ...marksOf(read.log, stations) };
  return goOn({ ...begin(challenge), document, stations, attempts, discarded, marks });
}

/**
 * The same progress under a new challenge: shots of the document and the face stay, gestures only
 * where the same ones are asked again, because they count in the order asked.
 */
export async function renew(
  before: Progress,
  challenge: PhotoAnswer,
  until: number,
): Promise<Progress> {
  const { stepper, consentAt, interruptions } = before;
  const { document, attempts, discarded } = stepper;
  const fresh = { ...begin(challenge), discarded };
  const asked = document ? stationsOf(challenge, document) : [];
  if (!document || asked.length === 0) {
    return { challenge, until, stepper: fresh, log: [], consentAt, interruptions };
  }
  const same = challenge.gestures.join() === before.challenge.gestures.join();
  const stations = same ? stepper.stations : asked;
  const stays = ({ step }: Shot) =>
    step === 'gesture' ? same : asked.some((station) => station.step === step);
  const log = await rechain(before.log.filter(stays), challenge.id);
  const marks = { ...(same && stepper.marks), ...marksOf(log, stations) };
  const resumed = goOn({ ...fresh, document, stations, attempts, marks });
  return { challenge, until, stepper: resumed, log, consentAt, interruptions };
}

const marksOf = (log: readonly Shot[], stations: readonly Station[]): Stepper['marks'] =>
  Object.fromEntries(
    log.flatMap((shot) => {
      const station = stations.find(
        (one) => one.step === shot.step && one.gesture === shot.gesture,
      );
      return station ? [[station.key, 'accepted' as const]] : [];
    }),
  );
