/** What a reviewer is told about photos, and what speaks for looking twice. */
import type { Proof } from '../../method-verifier.ts';
import type { ReviewMaterial, ReviewShot } from '../../review-material.ts';
import { DOCUMENTS, isDocumentId } from '../documents.ts';
import type { PhotoBody, Shot } from '../evidence.ts';
import { dotsPerInch, LEAST_DPI } from '../resolution.ts';
import { LIMITS } from './config.ts';
import { askedFor, hashOf, isFile } from './manifest.ts';

/** Nobody takes, looks at and accepts two shots in less. Milliseconds. */
const QUICKEST = 800;

/** A device's clock may be wrong by so much. Milliseconds. */
const CLOCK_ERROR = 10 * 60_000;

/** Between these times by the server's clock everything must have happened. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What no later glance makes up for: read before all else. */
const FIRST = ['face_unchecked', 'face_from_file', 'other_shape'];

/** One word each, for shots and for the whole. */
export function flagsOf(body: PhotoBody, { from, to }: Span): string[] {
  const { document, shots, skipped, environment } = body;
  const early = from - CLOCK_ERROR;
  const late = to + CLOCK_ERROR;
  const accepted = shots.map(({ times }) => times.accepted);
  const gaps = accepted.slice(1).map((time, index) => time - (accepted[index] ?? 0));
  const whole = {
    file: shots.some(isFile),
    gesture_skipped: skipped.length > 0,
    gesture_replaced: shots.some(({ insteadOf }) => insteadOf !== undefined),
    interrupted: environment.interruptions > 0,
    clock: shots.some(({ times: { shown, taken, accepted } }) => {
      const inOrder = [early, shown, taken, accepted, late];
      return inOrder.some((time, index) => time > (inOrder[index + 1] ?? time));
    }),
    hurried: gaps.some((gap) => gap >= 0 && gap < QUICKEST),
  };
  const raised = Object.entries(whole).flatMap(([flag, applies]) => (applies ? [flag] : []));
  const ofShots = shots.flatMap((shot) => flagsOfShot(shot, document));
  const all = new Set([...ofShots, ...raised]);
  return [...FIRST.filter((flag) => all.delete(flag)), ...all];
}

/** A face needs no print to be read: every camera gives as much. */
const FACE_SIDE = 480;

/** What the page says of it, and what the server knows better. */
function flagsOfShot(shot: Shot, document: string): string[] {
  const { flags, step, quality } = shot;
  const said = flags.filter((flag) => flag !== 'small' && flag !== 'unmeasured');
  const known = [
    ...(isSmall(shot, document) ? ['small'] : []),
    ...(quality ? [] : ['unmeasured']),
    ...(quality?.verdict === 'other_document' ? ['other_shape'] : []),
    ...(step === 'face' && isFile(shot) ? ['face_from_file'] : []),
  ];
  return [...said, ...known];
}

/** By the pixels of the document, where its outline was found: a large picture may show it small. */
function isSmall({ step, quad, image: { width, height } }: Shot, document: string): boolean {
  const longSide = Math.max(width, height);
  if (step === 'face' || step === 'gesture') return longSide < FACE_SIDE;
  if (!quad || !isDocumentId(document)) return longSide < LIMITS.minLongSide;
  return dotsPerInch(quad, DOCUMENTS[document], step === 'thickness') < LEAST_DPI;
}

/** Shots of one step replace each other; those of one gesture too, whichever took its place. */
const stepOf = (shot: Shot): string => `${shot.step} ${askedFor(shot) ?? ''}`;

export function materialOf(body: PhotoBody, { flags }: Proof): ReviewMaterial {
  const { document, shots, skipped, discarded } = body;
  const last = new Map(shots.map((shot) => [stepOf(shot), shot.seq]));
  return {
    document,
    recognized: 'shape_only',
    flags: Array.isArray(flags) ? flags.map(String) : [],
    shots: shots.map((shot) => viewOf(shot, document, last.get(stepOf(shot)) === shot.seq)),
    skipped: skipped.map(({ gesture }) => gesture),
    discarded,
  };
}

function viewOf(shot: Shot, document: string, counts: boolean): ReviewShot {
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
    flags: flagsOfShot(shot, document),
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
