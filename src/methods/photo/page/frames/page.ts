/** The page judges frames itself, in short tasks; loaded where no worker may run. */
import { type Analyst, FINE, PAGE_INTERVAL } from './analyst.ts';
import { Meter } from './measure.ts';

const COARSE = 320;
/** Above this the page looks at smaller pixels, so that no task of it comes near 50 ms. */
const LONGEST_TASK = 20;

export function onPage(signal: AbortSignal): Analyst {
  const meter = new Meter();
  let wanted = FINE;
  signal.addEventListener('abort', () => meter.close());
  return {
    place: 'page',
    interval: PAGE_INTERVAL,
    async measure(picture, task) {
      const width = Math.min(wanted, picture.width);
      await nextTask();
      const start = performance.now();
      const pixels = meter.grab(picture, width);
      const grabbed = performance.now() - start;
      await nextTask();
      const measured = meter.judge(pixels, task);
      if (Math.max(grabbed, measured.took) > LONGEST_TASK) wanted = COARSE;
      return { picture, measured };
    },
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
