/** The photo rung's two calls. */
import type { SessionClient } from '../../../backend/session-client.ts';
import {
  IMAGE_TYPE,
  type ImageAnswer,
  imageAnswer,
  type PhotoAnswer,
  photoAnswer,
} from '../../../wire/photo.ts';

export const askChallenge = async (
  client: SessionClient,
  signal: AbortSignal,
): Promise<PhotoAnswer> =>
  (
    await client.ask(
      { method: 'POST', path: 'photo', answer: photoAnswer, repeatable: false },
      signal,
    )
  ).value;

/** A slow uplink takes its time with half a megabyte. */
const UPLOAD_TIME = 90_000;

/** The address is the content's hash, so that repeating it changes nothing. */
export const putImage = async (
  client: SessionClient,
  hash: string,
  value: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<ImageAnswer> =>
  (
    await client.ask(
      {
        method: 'PUT',
        path: `images/${hash}`,
        bytes: { type: IMAGE_TYPE, value },
        answer: imageAnswer,
        repeatable: true,
        timeLimit: UPLOAD_TIME,
      },
      signal,
    )
  ).value;
