/** The chain of accepted shots, and the manifest it becomes. */
import { fromBase64url, utf8 } from '../../../wire/bytes.ts';
import type { ImageAnswer, PhotoAnswer } from '../../../wire/photo.ts';
import { sha256 } from '../../../wire/sha256.ts';
import type { Mask } from '../documents.ts';
import type { PhotoBody, Shot, ShotFlag } from '../evidence.ts';
import { chainStart, shotHash } from '../evidence-chain.ts';
import type { CameraFacts } from './camera/camera.ts';
import { isGood } from './capture/guidance.ts';
import { ALGORITHM } from './capture/judgement.ts';
import type { EncodedImage, TakenShot } from './capture/shot.ts';
import { type Station, type Stepper, skippedGestures } from './stepper.ts';

/** What is known of a shot when it is accepted; its place in the chain comes with the receipt. */
export type ShotFacts = Omit<Shot, 'seq' | 'prev' | 'receipt'>;

/** The person's word on a shot, and what it was asked for. */
export interface Accepted {
  readonly station: Station;
  /** Id of the challenge. */
  readonly photo: string;
  readonly limits: PhotoAnswer['limits'];
  readonly attempt: number;
  readonly masks: readonly Mask[];
  /** This is the phone that the session went to. */
  readonly handedOver: boolean;
}

/** @param digest SHA-256 of the image's bytes */
export async function factsOf(
  taken: TakenShot,
  accepted: Accepted,
  image: EncodedImage,
  digest: Uint8Array<ArrayBuffer>,
): Promise<ShotFacts> {
  const { station, photo, limits, attempt, masks, handedOver } = accepted;
  const { step, gesture, insteadOf } = station;
  const { quad, camera, measured, capture } = taken;
  // Encoding may have made it smaller than what was looked at.
  const scale = taken.canvas.width > 0 ? image.width / taken.canvas.width : 1;
  return {
    step,
    ...(gesture && { gesture }),
    ...(insteadOf && { insteadOf }),
    attempt,
    image: {
      sha256: digest,
      size: image.bytes.length,
      type: 'image/jpeg',
      width: image.width,
      height: image.height,
    },
    ...(quad && {
      quad: quad.flatMap(({ x, y }) => [Math.round(x * scale), Math.round(y * scale)]),
    }),
    masks: [...masks],
    origin: capture === 'file' ? capture : handedOver ? 'handoff' : 'camera',
    capture,
    times: { shown: taken.shownAt, taken: taken.takenAt, accepted: Date.now() },
    ...(measured && { quality: qualityOf(taken, measured) }),
    ...(camera && { camera: await cameraOf(camera, photo) }),
    flags: flagsOf(taken, station, Math.max(image.width, image.height) < limits.minLongSide),
  };
}

function qualityOf(
  { guidance }: TakenShot,
  measured: NonNullable<TakenShot['measured']>,
): NonNullable<Shot['quality']> {
  const tilt = measured.kind === 'document' ? measured.tilt?.tilt : undefined;
  return {
    algorithm: ALGORITHM,
    width: measured.width,
    verdict: guidance.code,
    sharpness: Math.round(measured.sharpness * 1000),
    brightness: Math.round(measured.exposure.mean),
    ...(tilt !== undefined && { tilt: Math.round(tilt * 10) }),
  };
}

function flagsOf(
  { guidance, measured, faceLookedFor }: TakenShot,
  { step }: Station,
  small: boolean,
): ShotFlag[] {
  const document = measured?.kind === 'document' ? measured : undefined;
  const found: readonly (readonly [ShotFlag, boolean])[] = [
    ['overridden', measured !== undefined && !isGood(guidance.code)],
    ['edge_unproven', step === 'thickness' && guidance.code !== 'good'],
    ['no_outline', document !== undefined && !document.quad],
    ['small', small],
    ['unmeasured', measured === undefined],
    ['face_unchecked', (step === 'face' || step === 'gesture') && !faceLookedFor],
  ];
  return found.flatMap(([flag, applies]) => (applies ? [flag] : []));
}

/** A label names a device; hashed with the challenge it tells only whether two shots share one. */
async function cameraOf(facts: CameraFacts, photo: string): Promise<NonNullable<Shot['camera']>> {
  const { facingMode, frameRate, zoom, torch } = facts;
  return {
    label: await sha256(utf8(`${photo}\n${facts.label}`)),
    ...(facingMode && { facing: facingMode }),
    width: facts.width ?? 0,
    height: facts.height ?? 0,
    ...(frameRate && { frameRate: Math.round(frameRate) }),
    ...(zoom && { zoom: Math.round(zoom * 100) }),
    ...(torch !== undefined && { torch }),
  };
}

/** The log with one more shot that the server has. */
export async function append(
  log: readonly Shot[],
  photo: string,
  facts: ShotFacts,
  receipt: ImageAnswer['receipt'],
): Promise<Shot[]> {
  return chain(log, photo, { ...facts, receipt: fromBase64url(receipt) });
}

/** The same shots under another challenge, whose id the chain must start from. */
export async function rechain(log: readonly Shot[], photo: string): Promise<Shot[]> {
  let chained: Shot[] = [];
  for (const { seq: _, prev: __, receipt, ...facts } of log) {
    chained = await chain(chained, photo, { ...facts, receipt });
  }
  return chained;
}

async function chain(
  log: readonly Shot[],
  photo: string,
  shot: Omit<Shot, 'seq' | 'prev'>,
): Promise<Shot[]> {
  const last = log.at(-1);
  const prev = last ? await shotHash(last) : await chainStart(photo);
  return [...log, { ...shot, seq: log.length, prev }];
}

/** What is known beside the shots. */
export type Circumstances = Pick<PhotoBody, 'photo' | 'environment' | 'consent'>;

export function manifestOf(
  { document = '', discarded, ...stepper }: Stepper,
  log: readonly Shot[],
  { photo, environment, consent }: Circumstances,
): PhotoBody {
  const done = log.map(({ gesture, insteadOf }) => insteadOf ?? gesture);
  const left = skippedGestures({ ...stepper, discarded });
  const skipped = left.filter((gesture) => !done.includes(gesture));
  return {
    photo,
    document,
    shots: [...log],
    skipped: skipped.map((gesture) => ({ gesture, reason: 'cannot' })),
    discarded,
    environment,
    consent,
    count: log.length,
    final: true,
  };
}
