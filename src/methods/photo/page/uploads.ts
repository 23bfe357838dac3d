/**
 * Accepted shots on their way, one after the other, each until the server has it: a connection that
 * breaks delays them and loses nothing.
 */
import { pause } from '../../../backend/ask.ts';
import { isTransient } from '../../../session/retry.ts';
import { type Code, IdVerifyError } from '../../../wire/error.ts';
import type { ImageAnswer } from '../../../wire/photo.ts';

export interface Upload {
  /** SHA-256 of the bytes, base64url. */
  readonly hash: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The server has it. Awaited before the next one is sent. */
  stored(answer: ImageAnswer): Promise<void>;
}

export interface Uploads {
  /** How many are on their way. */
  readonly waiting: number;
  /** Whether the server could not be reached the last time. */
  readonly stalled: boolean;
  add(upload: Upload): void;
}

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 20_000;

/**
 * @param put sends one
 * @param changed called after every change
 * @param failed called once, with a refusal that repeating cannot help
 */
export function createUploads(
  put: (upload: Upload, signal: AbortSignal) => Promise<ImageAnswer>,
  changed: () => void,
  failed: (error: unknown) => void,
  signal: AbortSignal,
): Uploads {
  const queue: Upload[] = [];
  let running = false;
  let stalled = false;

  async function run(): Promise<void> {
    for (let upload = queue[0]; upload; upload = queue[0]) {
      const answer = await deliver(upload);
      await upload.stored(answer);
      queue.shift();
      changed();
    }
  }

  async function deliver(upload: Upload): Promise<ImageAnswer> {
    for (let wait = FIRST_PAUSE; ; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      try {
        const answer = await put(upload, signal);
        stalled = false;
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof IdVerifyError) || !mayRepeat(error.code)) throw error;
        stalled = true;
        changed();
        await pauseOrOnline(wait, signal);
      }
    }
  }

  return {
    get waiting() {
      return queue.length;
    },
    get stalled() {
      return stalled;
    },
    add(upload) {
      queue.push(upload);
      changed();
      if (running) return;
      running = true;
      run()
        .catch((error) => {
          if (!signal.aborted) failed(error);
        })
        .finally(() => {
          running = false;
        });
    },
  };
}

/** A body that came in half is like a connection that broke, whoever says so. */
const mayRepeat = (code: Code): boolean => isTransient(code) || code === 'incomplete/body';

/** Ends early when the connection is back. */
async function pauseOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  const online = new AbortController();
  const settled = new AbortController();
  addEventListener('online', () => online.abort(), { signal: settled.signal });
  try {
    await pause(ms, AbortSignal.any([signal, online.signal]));
  } catch {
    signal.throwIfAborted();
  } finally {
    settled.abort();
  }
}
