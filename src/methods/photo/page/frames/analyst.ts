/** Who judges frames: a worker, or the page itself in short tasks and less often. */
import type { Measured, Task } from './measure.ts';
import { startWorker } from './start-worker.ts';
import type { Question } from './worker.ts';

export interface Analyst {
  readonly place: 'worker' | 'page' | 'none';
  /** Milliseconds to leave between two frames. */
  readonly interval: number;
  /**
   * Judges a frame and gives it back, in a new wrapping perhaps: the one given is used up.
   * `measured` is undefined where it could not be judged.
   */
  measure(picture: ImageBitmap, task: Task): Promise<Judged>;
}

export interface Judged {
  readonly picture: ImageBitmap;
  readonly measured?: Measured;
}

/** Width at which blur still shows. */
export const FINE = 640;
/** At most 10 frames a second, and 8 where the page does the work. */
const WORKER_INTERVAL = 100;
export const PAGE_INTERVAL = 125;

export async function startAnalyst(signal: AbortSignal): Promise<Analyst> {
  const worker = await startWorker(signal);
  if (worker) return inWorker(worker, signal);
  try {
    return (await import('./page.ts')).onPage(signal);
  } catch {
    return nobody;
  }
}

const nobody: Analyst = {
  place: 'none',
  interval: PAGE_INTERVAL,
  measure: async (picture) => ({ picture }),
};

function inWorker(worker: Worker, signal: AbortSignal): Analyst {
  const waiting = new Map<number, (judged: Judged) => void>();
  let count = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Judged & { id: number }>) => {
    const { id, ...judged } = data;
    const answer = waiting.get(id);
    waiting.delete(id);
    if (answer) answer(judged);
    else judged.picture?.close();
  });
  signal.addEventListener('abort', () => {
    worker.terminate();
    waiting.clear();
  });
  return {
    place: 'worker',
    interval: WORKER_INTERVAL,
    measure: (picture, task) =>
      new Promise((resolve) => {
        const id = count++;
        waiting.set(id, resolve);
        const question: Question = { id, picture, task, width: Math.min(FINE, picture.width) };
        worker.postMessage(question, [picture]);
      }),
  };
}
