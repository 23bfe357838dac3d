/**
 * Body of the photo envelope: the manifest. A log of accepted shots, each naming the hash of the one
 * before, so that none can be left out, added or moved unseen; of several shots for one step the
 * last counts. What it proves is order, integrity and session, never that a camera took them.
 *
 * Numbers are whole: thousandths and tenths where it says so, because envelopes hold no floats.
 */
import { cborBytes, cborMap } from '../../wire/body.ts';
import { GESTURES, IMAGE_TYPE, PHOTO_STEPS } from '../../wire/photo.ts';
import * as v from '../../wire/schema.ts';

const uint = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const int = v.pipe(v.number(), v.safeInteger());
const word = v.pipe(v.string(), v.regex(/^[a-z0-9_-]{1,64}$/));
const identifier = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** What a reviewer should look at twice. */
export const SHOT_FLAGS = [
  /** Taken although the analysis advised against it. */
  'overridden',
  /** The edge of the card may not show. */
  'edge_unproven',
  /** No outline of a document was found. */
  'no_outline',
  /** Fewer pixels than wanted, of the document where its outline was found. */
  'small',
  /** No analysis could run. */
  'unmeasured',
  /** Nothing looked whether there is a face in it. */
  'face_unchecked',
] as const;

/** One accepted shot. */
export const shotSchema = cborMap({
  /** Counts the accepted shots from 0. */
  seq: uint,
  /** SHA-256 of the shot before, as deterministic CBOR; of the challenge's id for the first. */
  prev: cborBytes(32),
  step: v.picklist([...PHOTO_STEPS, 'gesture']),
  /** With step `gesture`: the one that was done. */
  gesture: v.exactOptional(v.picklist(GESTURES)),
  /** The gesture this one took the place of. */
  insteadOf: v.exactOptional(v.picklist(GESTURES)),
  /** Counts the shots taken for this step from 1, those not accepted included. */
  attempt: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  image: cborMap({
    sha256: cborBytes(32),
    size: uint,
    type: v.literal(IMAGE_TYPE),
    width: uint,
    height: uint,
  }),
  /** Corners in pixels of the image: top left, top right, bottom right, bottom left; x, y each. */
  quad: v.exactOptional(v.pipe(v.array(int), v.minLength(8), v.maxLength(8))),
  /** Numbers covered before upload. */
  masks: v.pipe(v.array(word), v.maxLength(10)),
  origin: v.picklist(['camera', 'file', 'handoff']),
  capture: v.picklist(['auto', 'manual', 'file']),
  /** The page's clock, milliseconds since 1970. */
  times: cborMap({
    /** The step was shown. */
    shown: uint,
    taken: uint,
    accepted: uint,
  }),
  /** Decoded from the answer to the upload. */
  receipt: cborBytes(),
  quality: v.exactOptional(
    cborMap({
      /** Version of the analysis. */
      algorithm: word,
      /** Width at which the frame was analysed. */
      width: uint,
      /** The advice at the moment of the shot; `good` where nothing spoke against it. */
      verdict: word,
      /** Thousandths of `FrameAnalysis.sharpness`. */
      sharpness: uint,
      /** Mean luma, 0 to 255. */
      brightness: uint,
      /** Tenths of a degree; absent without an outline. */
      tilt: v.exactOptional(uint),
    }),
  ),
  /** What the browser says of the camera. */
  camera: v.exactOptional(
    cborMap({
      /** SHA-256 of challenge id, a line feed and the label: equal within a session, else nothing. */
      label: cborBytes(32),
      facing: v.exactOptional(word),
      width: uint,
      height: uint,
      frameRate: v.exactOptional(uint),
      /** Hundredths. */
      zoom: v.exactOptional(uint),
      torch: v.exactOptional(v.boolean()),
    }),
  ),
  flags: v.pipe(v.array(v.picklist(SHOT_FLAGS)), v.maxLength(SHOT_FLAGS.length)),
});

export const photoBody = cborMap({
  /** The id that came with the challenge. */
  photo: identifier,
  document: identifier,
  shots: v.pipe(v.array(shotSchema), v.maxLength(100)),
  /** Gestures that were asked and not done, nor replaced. */
  skipped: v.pipe(
    v.array(cborMap({ gesture: v.picklist(GESTURES), reason: v.literal('cannot') })),
    v.maxLength(GESTURES.length),
  ),
  /** Shots taken and not accepted. */
  discarded: uint,
  environment: cborMap({
    /** Where frames were analysed. */
    analysis: v.picklist(['worker', 'page', 'none']),
    /** How often the camera stopped by itself or was taken away. */
    interruptions: uint,
  }),
  /** Which words the person agreed to, in which language, when. */
  consent: cborMap({ text: v.literal('photo/1'), lang: word, at: uint }),
  /** Number of shots, so that a manifest cut short is seen. */
  count: uint,
  final: v.literal(true),
});

export type PhotoBody = v.InferOutput<typeof photoBody>;
export type Shot = v.InferOutput<typeof shotSchema>;
export type ShotFlag = (typeof SHOT_FLAGS)[number];

export { chainStart, shotHash } from './evidence-chain.ts';
