/** Who judges frames: a worker, or the page itself in short tasks and less often. */
import type { Question } from '../judge/worker.ts';
import { type Analyst, JUDGED_WIDTH, type Judged, type Task } from './judgement.ts';
import { startWorker } from './start-worker.ts';

/** At most 10 frames a second, and 8 where the page does the work. */
const WORKER_INTERVAL_MS = 100;
const PAGE_INTERVAL_MS = 125;

/** @param signal ends it: nothing is judged any more */
export async function startAnalyst(signal: AbortSignal): Promise<Analyst> {
  const worker = await startWorker(signal);
  return worker ? new WorkerAnalyst(worker, signal) : startOnPage(signal);
}

async function startOnPage(signal: AbortSignal): Promise<Analyst> {
  try {
    const { judgeOnPage } = await import('../judge/on-page.ts');
    return { kind: 'page', interval: PAGE_INTERVAL_MS, measure: judgeOnPage(signal) };
  } catch {
    return nobody;
  }
}

const nobody: Analyst = {
  kind: 'none',
  interval: PAGE_INTERVAL_MS,
  measure: async (picture) => ({ picture }),
};

/** Judges in a worker, and on the page once that cannot: some have no canvas to read pixels from. */
class WorkerAnalyst implements Analyst {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  readonly #waiting = new Map<number, (judged: Judged) => void>();
  #count = 0;
  #successor: Promise<Analyst> | undefined;
  #current: Pick<Analyst, 'kind' | 'interval'> = { kind: 'worker', interval: WORKER_INTERVAL_MS };

  constructor(worker: Worker, signal: AbortSignal) {
    this.#worker = worker;
    this.#signal = signal;
    worker.addEventListener('message', ({ data }: MessageEvent<Judged & { id: number }>) => {
      const { id, ...judged } = data;
      const answer = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (answer) answer(judged);
      else judged.picture?.close();
    });
    signal.addEventListener('abort', () => {
      worker.terminate();
      this.#waiting.clear();
    });
  }

  get kind(): Analyst['kind'] {
    return this.#current.kind;
  }

  get interval(): number {
    return this.#current.interval;
  }

  async measure(picture: ImageBitmap, task: Task): Promise<Judged> {
    if (this.#successor) return (await this.#successor).measure(picture, task);
    const judged = await this.#ask(picture, task);
    if (judged.measured) return judged;
    this.#successor ??= this.#handOver();
    return (await this.#successor).measure(judged.picture, task);
  }

  async #handOver(): Promise<Analyst> {
    this.#worker.terminate();
    const successor = await startOnPage(this.#signal);
    this.#current = successor;
    return successor;
  }

  #ask(picture: ImageBitmap, task: Task): Promise<Judged> {
    return new Promise((resolve) => {
      const id = this.#count++;
      this.#waiting.set(id, resolve);
      const width = Math.min(JUDGED_WIDTH, picture.width);
      this.#worker.postMessage({ id, picture, task, width } satisfies Question, [picture]);
    });
  }
}
