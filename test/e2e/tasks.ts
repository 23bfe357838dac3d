/** How long a page is busy at a stretch, in time of its own: what else the machine does is no fault of it. */
import type { Page } from 'puppeteer-core';

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** Microseconds of processor time of the thread. */
  readonly tdur?: number;
}

/** The longest task of any page's main thread while `work` runs, in milliseconds of processor time. */
export async function longestTask(tab: Page, work: () => Promise<void>): Promise<number> {
  await tab.tracing.start({ categories: ['toplevel'] });
  await work();
  const trace = Buffer.from((await tab.tracing.stop()) ?? []);
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const main = new Set(
    traceEvents
      .filter(({ ph, name, args }) => `${ph}${name}${args.name}` === 'Mthread_nameCrRendererMain')
      .map(threadOf),
  );
  const tasks = traceEvents.filter(
    (event) => event.name === 'ThreadControllerImpl::RunTask' && main.has(threadOf(event)),
  );
  if (tasks.length === 0) throw new Error('no tasks were traced');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
