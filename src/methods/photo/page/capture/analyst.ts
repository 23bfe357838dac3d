/** Who judges frames: a worker, or the page itself in short tasks and less often. */
import type { Question } from '../judge/worker.ts';
import { type Analyst, JUDGED_WIDTH, type Judged } from './judgement.ts';
import { startWorker } from './start-worker.ts';

/** At most 10 frames a second, and 8 where the page does the work. */
const WORKER_INTERVAL_MS = 100;
const PAGE_INTERVAL_MS = 125;

export async function startAnalyst(signal: AbortSignal): Promise<Analyst> {
  const worker = await startWorker(signal);
  if (worker) return inWorker(worker, signal);
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
    kind: 'worker',
    interval: WORKER_INTERVAL_MS,
    measure: (picture, task) =>
      new Promise((resolve) => {
        const id = count++;
        waiting.set(id, resolve);
        const width = Math.min(JUDGED_WIDTH, picture.width);
        worker.postMessage({ id, picture, task, width } satisfies Question, [picture]);
      }),
  };
}
