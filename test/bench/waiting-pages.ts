/** Pages that wait for a phone, as `fetch` alone does it: by a stream, or by asking. */
import { setTimeout as pause } from 'node:timers/promises';
import type { HandoffAnswer, SessionStatus } from '../../src/wire/contract.ts';
import { PlainBrowser } from '../handoff/plain-browser.ts';
import { start } from '../handoff/site.ts';
import { Page, type Site } from '../verifier/harness.ts';
import { wallClock } from './latency.ts';

export type Way = 'stream' | 'poll';

/** Milliseconds between two questions, as of the page. */
export const POLL = 1_500;

export interface Opened {
  readonly page: Page;
  readonly handoff: HandoffAnswer;
}

export interface Waiting extends Opened {
  /** Resolves with the time at which the page knew. */
  readonly knows: Promise<number>;
}

/** What pollers met. */
export interface Asked {
  /** Milliseconds until an answer. */
  readonly answered: number[];
  /** Questions without one. */
  lost: number;
}

/** Several at a time, so that the client's own queue is not what is measured. */
export async function each<T, R>(items: readonly T[], at: number, work: (item: T) => Promise<R>) {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) results.push(await work(items[next++] as T));
  };
  await Promise.all(Array.from({ length: at }, worker));
  return results;
}

export async function open(shop: Site): Promise<Opened> {
  const page = await Page.open(shop, 'address');
  return { page, handoff: await start(page) };
}

/** Returns once the page waits. */
export async function wait(
  { page, handoff }: Opened,
  way: Way,
  asked: Asked,
  signal: AbortSignal,
): Promise<Waiting> {
  if (way === 'poll') return { page, handoff, knows: poll(page, asked, signal) };
  const response = await page.call('events', { signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read();
  const knowing = async (): Promise<number> => {
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (value?.includes('"phase":"completing"')) return wallClock();
      if (done) return Number.NaN;
    }
  };
  return { page, handoff, knows: knowing().catch(() => Number.NaN) };
}

async function poll(page: Page, asked: Asked, signal: AbortSignal): Promise<number> {
  await pause(Math.random() * POLL);
  while (!signal.aborted) {
    const began = wallClock();
    try {
      const status: SessionStatus = JSON.parse(await (await page.call('')).text());
      asked.answered.push(wallClock() - began);
      if (status.handoff?.phase === 'completing') return wallClock();
    } catch {
      // A connection that the server closed in the same moment; a page asks again.
      asked.lost += 1;
    }
    await pause(POLL);
  }
  return Number.NaN;
}

/**
 * Everything on the phone.
 * @returns when its last step began: the way back from the app
 */
export async function finishOnPhone(link: string, code: string): Promise<number> {
  const phone = new PlainBrowser();
  await phone.toApp(link, code);
  await phone.press({ action: 'sign', pin: 'TEST1234' });
  const done = wallClock();
  await phone.follow();
  return done;
}
