/** Accepted shots: encoded, on their way, and entered into the log once the server has them. */

import type { SessionClient } from '../../../backend/session-client.ts';
import { toBase64url } from '../../../wire/bytes.ts';
import { sha256 } from '../../../wire/sha256.ts';
import type { Mask } from '../documents.ts';
import type { Shot } from '../evidence.ts';
import { putImage } from './calls.ts';
import { append, factsOf } from './log.ts';
import type { Progress } from './progress.ts';
import { draw, encode, release, type TakenShot } from './shots/shot.ts';
import type { Station } from './stepper.ts';
import { createUploads, type Uploads } from './uploads.ts';

export interface Collection {
  readonly thumbnails: ReadonlyMap<string, HTMLCanvasElement>;
  /** Stations whose newest shot the server has. */
  readonly stored: ReadonlySet<string>;
  readonly uploads: Pick<Uploads, 'waiting' | 'stalled'>;
  /**
   * Takes over the shot, its masks painted; resolves when it is encoded and its pixels are freed.
   * @returns false, and the shot is as it was, where the very same picture has been used before
   */
  add(taken: TakenShot, station: Station, masks: readonly Mask[]): Promise<boolean>;
  /** Another document: nothing of the one before counts. */
  restart(): void;
  close(): void;
}

export interface CollectionParts {
  readonly client: SessionClient;
  readonly signal: AbortSignal;
  /** This is the phone that the session went to. */
  readonly handedOver: boolean;
  changed(): void;
  failed(error: unknown): void;
  progress(): Progress;
  store(log: readonly Shot[]): void;
}

const THUMBNAIL = 160;

export function createCollection(parts: CollectionParts): Collection {
  const { client, signal, handedOver, changed, failed, progress, store } = parts;
  const thumbnails = new Map<string, HTMLCanvasElement>();
  /** Every picture accepted; one cannot stand for two shots. */
  const hashes = new Set(progress().log.map(({ image }) => toBase64url(image.sha256)));
  /** Grows with each document: shots of an earlier one do not count. */
  let era = 0;
  const stored = new Set(
    Object.entries(progress().stepper.marks).flatMap(([key, mark]) =>
      mark === 'accepted' ? [key] : [],
    ),
  );
  const uploads = createUploads(
    ({ hash, bytes }, within) => putImage(client, hash, bytes, within),
    changed,
    failed,
    signal,
  );

  async function thumbnail(key: string, canvas: HTMLCanvasElement): Promise<void> {
    const picture = await createImageBitmap(canvas);
    const { width, height } = picture;
    const before = thumbnails.get(key);
    thumbnails.set(key, draw(picture, { x: 0, y: 0, width, height }, THUMBNAIL));
    picture.close();
    if (before) release(before);
  }

  function clear(): void {
    for (const canvas of thumbnails.values()) release(canvas);
    thumbnails.clear();
  }

  return {
    thumbnails,
    stored,
    uploads,
    async add(taken, station, masks) {
      const { key } = station;
      const { challenge, stepper } = progress();
      const born = era;
      const image = await encode(taken.canvas, challenge.limits);
      const digest = await sha256(image.bytes);
      const hash = toBase64url(digest);
      if (hashes.has(hash)) return false;
      hashes.add(hash);
      const facts = await factsOf(taken, station, {
        photo: challenge.id,
        attempt: stepper.attempts[key] ?? 1,
        image,
        hash: digest,
        masks,
        minLongSide: challenge.limits.minLongSide,
        handedOver,
        acceptedAt: Date.now(),
      });
      await thumbnail(key, taken.canvas);
      release(taken.canvas);
      signal.throwIfAborted();
      stored.delete(key);
      uploads.add({
        hash,
        bytes: image.bytes,
        async stored({ receipt }) {
          if (born !== era) return;
          const now = progress();
          store(await append(now.log, now.challenge.id, facts, receipt));
          stored.add(key);
        },
      });
      return true;
    },
    restart() {
      era++;
      stored.clear();
      clear();
      store([]);
    },
    close: clear,
  };
}
