/** The page judges frames itself, in short tasks; loaded where no worker may run. */
import { type Analyst, JUDGED_WIDTH } from '../capture/judgement.ts';
import { Meter } from './measure.ts';

const COARSE_WIDTH = 320;
/** Above this the page looks at smaller pixels, so that no task of it comes near 50 ms. */
const LONGEST_TASK_MS = 20;

export function judgeOnPage(signal: AbortSignal): Analyst['measure'] {
  const meter = new Meter();
  let wanted = JUDGED_WIDTH;
  signal.addEventListener('abort', () => meter.close());
  return async (picture, task) => {
    const width = Math.min(wanted, picture.width);
    await nextTask();
    const start = performance.now();
    const pixels = meter.grab(picture, width);
    const grabbed = performance.now() - start;
    await nextTask();
    const measured = meter.judge(pixels, task);
    if (Math.max(grabbed, measured.took) > LONGEST_TASK_MS) wanted = COARSE_WIDTH;
    return { picture, measured };
  };
}

/** Lets the page draw and listen in between. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
