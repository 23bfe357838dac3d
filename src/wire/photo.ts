/**
 * The calls of the photo rung. Apart from `contract.ts`, so that they load with the rung.
 *
 * `POST sessions/{id}/photo` answers `photoAnswer`; `PUT sessions/{id}/images/{sha256}` takes one
 * JPEG (`image/jpeg`, the SHA-256 of exactly these bytes in base64url) and answers `imageAnswer`.
 * The evidence is the manifest of `methods/photo/evidence.ts` in the usual envelope.
 */
import { count, identifier, time } from './opening.ts';
import * as v from './schema.ts';

export const IMAGE_TYPE = 'image/jpeg';

/** Shots in the order they are taken; which of them a document has is the server's word. */
export const PHOTO_STEPS = ['front', 'data-page', 'thickness', 'back', 'face'] as const;
export type PhotoStep = (typeof PHOTO_STEPS)[number];

/** Movements that are asked in a random order. Evidence for a reviewer, and no more than that. */
export const GESTURES = ['turn_left', 'turn_right', 'look_up', 'closer', 'smile'] as const;
export type Gesture = (typeof GESTURES)[number];

const gestures = v.pipe(v.array(v.picklist(GESTURES)), v.maxLength(GESTURES.length));

/** What is to be photographed. Its id goes into the manifest, which uses it up. */
export const photoAnswer = v.strictObject({
  id: identifier,
  now: time,
  /** A manifest that comes later is refused. */
  expiresAt: time,
  documents: v.pipe(
    v.array(
      v.strictObject({
        /** A row of `methods/photo/documents.ts`. */
        id: identifier,
        steps: v.pipe(v.array(v.picklist(PHOTO_STEPS)), v.minLength(1)),
      }),
    ),
    v.minLength(1),
    v.maxLength(20),
  ),
  /**
   * Follow the document's steps, in this order. Asking again while an answer is awaited asks the same
   * ones; after a manifest was judged they are new, and are all done anew.
   */
  gestures,
  /** Take the place of gestures the person cannot do, in this order. */
  spares: gestures,
  limits: v.strictObject({
    /** Of one image. */
    bytes: count,
    /** Pixels of an image's long side: smaller ones are flagged, larger ones are scaled down. */
    minLongSide: count,
    maxLongSide: count,
    /** After so many tries at one step the page takes a shot as it is, with a flag. */
    tries: count,
  }),
  /** Whether a file may stand in for the camera. */
  files: v.boolean(),
});

/** One image is stored durably. */
export const imageAnswer = v.strictObject({
  /** The server's own statement on session, image and time; goes into the manifest unread. */
  receipt: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,1000}$/)),
  receivedAt: time,
});

export type PhotoAnswer = v.InferOutput<typeof photoAnswer>;
export type ImageAnswer = v.InferOutput<typeof imageAnswer>;
