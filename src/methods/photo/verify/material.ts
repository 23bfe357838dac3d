/** What a reviewer is told about photos, and what speaks for looking twice. */
import type { Proof } from '../../method-verifier.ts';
import type { ReviewMaterial, ReviewShot } from '../../review-material.ts';
import type { PhotoBody, Shot } from '../evidence.ts';
import { LIMITS } from './config.ts';
import { askedFor, hashOf, isFile } from './manifest.ts';

/** Nobody takes, looks at and accepts two shots in less. Milliseconds. */
const QUICKEST = 800;

/** One word each, for shots and for the whole. */
export function flagsOf(body: PhotoBody): string[] {
  const { shots, skipped, environment } = body;
  const accepted = shots.map(({ times }) => times.accepted);
  const gaps = accepted.slice(1).map((time, index) => time - (accepted[index] ?? 0));
  const whole = {
    file: shots.some(isFile),
    gesture_skipped: skipped.length > 0,
    gesture_replaced: shots.some(({ insteadOf }) => insteadOf !== undefined),
    interrupted: environment.interruptions > 0,
    clock: shots.some(({ times }) => times.shown > times.taken || times.taken > times.accepted),
    hurried: gaps.some((gap) => gap >= 0 && gap < QUICKEST),
  };
  const raised = Object.entries(whole).flatMap(([flag, applies]) => (applies ? [flag] : []));
  return [...new Set([...raised, ...shots.flatMap(flagsOfShot)])];
}

/** A face needs no print to be read: every camera gives as much. */
const FACE_SIDE = 480;

/** What the page says of it, and what the server knows better. */
function flagsOfShot({ flags, step, image: { width, height } }: Shot): string[] {
  const said = flags.filter((flag) => flag !== 'small');
  const face = step === 'face' || step === 'gesture';
  const small = Math.max(width, height) < (face ? FACE_SIDE : LIMITS.minLongSide);
  return small ? [...said, 'small'] : said;
}

/** Shots of one step replace each other; those of one gesture too, whichever took its place. */
const stepOf = (shot: Shot): string => `${shot.step} ${askedFor(shot) ?? ''}`;

export function materialOf(body: PhotoBody, { flags }: Proof): ReviewMaterial {
  const { document, shots, skipped, discarded } = body;
  const last = new Map(shots.map((shot) => [stepOf(shot), shot.seq]));
  return {
    document,
    flags: Array.isArray(flags) ? flags.map(String) : [],
    shots: shots.map((shot) => viewOf(shot, last.get(stepOf(shot)) === shot.seq)),
    skipped: skipped.map(({ gesture }) => gesture),
    discarded,
  };
}

function viewOf(shot: Shot, counts: boolean): ReviewShot {
  const { step, gesture, insteadOf, attempt, origin, capture, masks, quality, times } = shot;
  const { width, height } = shot.image;
  return {
    step,
    ...(gesture && { gesture }),
    ...(insteadOf && { insteadOf }),
    counts,
    attempt,
    origin,
    capture,
    flags: flagsOfShot(shot),
    masks,
    ...(quality && {
      quality: {
        sharpness: quality.sharpness,
        brightness: quality.brightness,
        ...(quality.tilt !== undefined && { tilt: quality.tilt / 10 }),
      },
    }),
    takenAt: times.taken,
    image: { hash: hashOf(shot), width, height },
  };
}
