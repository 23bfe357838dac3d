/**
 * Accepted shots on their way, one after the other, each until the server has it: a connection that
 * breaks delays them and loses nothing.
 */

import { pause } from '../../../backend/ask.ts';
import type { SessionClient } from '../../../backend/session-client.ts';
import { isTransient } from '../../../session/flow.ts';
import { anySignal } from '../../../wire/abortable.ts';
import { toBase64url } from '../../../wire/bytes.ts';
import { type Code, IdVerifyError } from '../../../wire/error.ts';
import { IMAGE_TYPE, type ImageAnswer, imageAnswer } from '../../../wire/photo.ts';
import { sha256 } from '../../../wire/sha256.ts';
import type { Shot } from '../evidence.ts';
import { encode, type TakenShot } from './capture/shot.ts';
import { type Accepted, factsOf, type ShotFacts } from './log.ts';

export interface UploadListener {
  /** Another number of shots is on its way, or the connection is another. */
  changed(): void;
  /** Called once, with a refusal that repeating cannot help. */
  failed(error: unknown): void;
  /** The server has it. Awaited before the next one is sent. */
  stored(facts: ShotFacts, receipt: ImageAnswer['receipt']): Promise<void>;
}

interface Upload {
  readonly key: string;
  /** SHA-256 of the bytes, base64url. */
  readonly hash: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly facts: ShotFacts;
  /** The document it is of, which may have been changed for another meanwhile. */
  readonly round: number;
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 20_000;
/** A slow uplink takes its time with half a megabyte. */
const UPLOAD_TIMEOUT_MS = 90_000;

export class Uploads {
  /** Stations whose newest shot the server has. */
  readonly stored: Set<string>;
  /** Whether the server could not be reached the last time. */
  stalled = false;
  readonly #client: SessionClient;
  readonly #listener: UploadListener;
  readonly #signal: AbortSignal;
  readonly #queue: Upload[] = [];
  /** Every picture accepted; one cannot stand for two shots. */
  readonly #hashes: Set<string>;
  #round = 0;
  #running = false;

  /** @param before what the server has from before a reload, with the stations it was taken for */
  constructor(
    client: SessionClient,
    listener: UploadListener,
    before: { readonly log: readonly Shot[]; readonly stations: Iterable<string> },
    signal: AbortSignal,
  ) {
    this.#client = client;
    this.#listener = listener;
    this.#signal = signal;
    this.#hashes = new Set(before.log.map(({ image }) => toBase64url(image.sha256)));
    this.stored = new Set(before.stations);
  }

  /** How many are on their way. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Encodes the shot, its masks painted, and sends it as soon as it is its turn.
   * @returns false, and the shot is as it was, where the very same picture has been used before
   */
  async add(taken: TakenShot, accepted: Accepted): Promise<boolean> {
    const round = this.#round;
    const image = await encode(taken.canvas, accepted.limits);
    const digest = await sha256(image.bytes);
    const hash = toBase64url(digest);
    if (this.#hashes.has(hash)) return false;
    this.#hashes.add(hash);
    const facts = await factsOf(taken, accepted, image, digest);
    this.#signal.throwIfAborted();
    const { key } = accepted.station;
    this.stored.delete(key);
    this.#queue.push({ key, hash, bytes: image.bytes, facts, round });
    this.#listener.changed();
    void this.#run();
    return true;
  }

  /** Another document: nothing of the one before counts. */
  restart(): void {
    this.#round++;
    this.stored.clear();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let upload = this.#queue[0]; upload; upload = this.#queue[0]) {
        const { receipt } = await this.#deliver(upload);
        if (upload.round === this.#round) {
          await this.#listener.stored(upload.facts, receipt);
          this.stored.add(upload.key);
        }
        this.#queue.shift();
        this.#listener.changed();
      }
    } catch (error) {
      if (!this.#signal.aborted) this.#listener.failed(error);
    } finally {
      this.#running = false;
    }
  }

  async #deliver(upload: Upload): Promise<ImageAnswer> {
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        const answer = await this.#put(upload);
        this.stalled = false;
        return answer;
      } catch (error) {
        this.#signal.throwIfAborted();
        if (!(error instanceof IdVerifyError) || !mayRepeat(error.code)) throw error;
        this.stalled = true;
        this.#listener.changed();
        await pauseOrOnline(wait, this.#signal);
      }
    }
  }

  /** The address is the content's hash, so that repeating it changes nothing. */
  async #put({ hash, bytes }: Upload): Promise<ImageAnswer> {
    const { value } = await this.#client.ask(
      {
        method: 'PUT',
        path: `images/${hash}`,
        bytes: { type: IMAGE_TYPE, value: bytes },
        answer: imageAnswer,
        repeatable: true,
        timeLimit: UPLOAD_TIMEOUT_MS,
      },
      this.#signal,
    );
    return value;
  }
}

/** A body that came in half is like a connection that broke, whoever says so. */
const mayRepeat = (code: Code): boolean => isTransient(code) || code === 'incomplete/body';

/** Ends early when the connection is back. */
async function pauseOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  const online = new AbortController();
  const settled = new AbortController();
  addEventListener('online', () => online.abort(), { signal: settled.signal });
  try {
    await pause(ms, anySignal([signal, online.signal]));
  } catch {
    signal.throwIfAborted();
  } finally {
    settled.abort();
  }
}
