/**
 * Fuzzing in another process, so that an input that hangs or crashes it can be ended and named. The
 * child gets a first seed and a number of batches as arguments, sends `{ batch }` before each batch
 * and `{ report }` at the end; batch n is what seed n generates.
 */
import { fork } from 'node:child_process';
import { fuzz, type Report, type Target } from './target.ts';

type Message = { readonly batch: number } | { readonly report: Report };

/** Longest silence, milliseconds, before a batch counts as hanging; much, as others use the machine too. */
const SILENCE = 60_000;

export function fuzzElsewhere(script: URL, seed: number, batches: number): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [`${seed}`, `${batches}`]);
    let current = seed;
    const hang = () => {
      child.kill('SIGKILL');
      reject(new Error(`an input of batch ${current} hangs`));
    };
    let watchdog = setTimeout(hang, SILENCE);
    child.on('message', (message: Message) => {
      clearTimeout(watchdog);
      if ('report' in message) return resolve(message.report);
      current = message.batch;
      watchdog = setTimeout(hang, SILENCE);
    });
    child.on('exit', (status) => {
      clearTimeout(watchdog);
      reject(new Error(`batch ${current} ended the process with ${status}`));
    });
  });
}

/** The child's side. */
export async function fuzzHere(target: Target): Promise<void> {
  const [seed, batches] = process.argv.slice(2).map(Number) as [number, number];
  const report = await fuzz(target, seed, batches, (batch) => process.send?.({ batch }));
  if (process.send) process.send({ report });
  else console.log(report);
  if (process.connected) process.disconnect();
}
