/**
 * 1,000 pages that wait for a phone, first by streams, then by polling, against the reference server
 * in its own process: memory, CPU, and the time from the phone's last step to the page knowing.
 *
 * `node test/bench/handoff.ts [clients] [completions]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { HandoffAnswer, SessionStatus } from '../../src/wire/contract.ts';
import { PhoneBrowser } from '../handoff/phone.ts';
import { start } from '../handoff/site.ts';
import { ORIGIN, Page, type Site, site } from '../verifier/harness.ts';

const CLIENTS = Number(process.argv[2] ?? 1_000);
const COMPLETIONS = Number(process.argv[3] ?? 200);
const POLL = 1_500;
/** Clock ticks of /proc in a second. */
const TICKS = 100;

interface Waiting {
  readonly page: Page;
  readonly handoff: HandoffAnswer;
  /** Resolves with the time at which the page knew. */
  readonly knows: Promise<number>;
}

interface Usage {
  readonly memory: number;
  /** Seconds. */
  readonly cpu: number;
  readonly at: number;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Resident memory in MiB and processor time of a process, from Linux's own books. */
function usage(pid: number): Usage {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const memory = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
  const cpu = (Number(fields[11]) + Number(fields[12])) / TICKS;
  return { memory, cpu, at: performance.now() };
}

const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const summary = (values: readonly number[]): string =>
  `p50 ${ms(percentile(values, 0.5))}, p99 ${ms(percentile(values, 0.99))}, max ${ms(Math.max(...values))}`;
const share = (before: Usage, after: Usage): string =>
  `${(((after.cpu - before.cpu) * 100_000) / (after.at - before.at)).toFixed(1)} % of one core`;

/** Several at a time, so that the client's own queue is not what is measured. */
async function each<T, R>(items: readonly T[], at: number, work: (item: T) => Promise<R>) {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) results.push(await work(items[next++] as T));
  };
  await Promise.all(Array.from({ length: at }, worker));
  return results;
}

/** Returns once the stream is open. */
async function listen(page: Page, signal: AbortSignal): Promise<Pick<Waiting, 'knows'>> {
  const response = await page.call('events', { signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read();
  const knowing = async (): Promise<number> => {
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (value?.includes('"phase":"completing"')) return performance.now();
      if (done) return Number.NaN;
    }
  };
  return { knows: knowing().catch(() => Number.NaN) };
}

const answers: number[] = [];
let lost = 0;

async function poll(page: Page, signal: AbortSignal): Promise<number> {
  await pause(Math.random() * POLL);
  while (!signal.aborted) {
    const asked = performance.now();
    try {
      const status: SessionStatus = JSON.parse(await (await page.call('')).text());
      answers.push(performance.now() - asked);
      if (status.handoff?.phase === 'completing') return performance.now();
    } catch {
      // A connection that the server closed in the same moment; a page asks again.
      lost += 1;
    }
    await pause(POLL);
  }
  return Number.NaN;
}

/** @returns milliseconds from the last step on the phone to the page knowing */
async function complete({ handoff, knows }: Waiting): Promise<number> {
  const phone = new PhoneBrowser(site().verifier);
  await phone.open(handoff.links.qr);
  await phone.press({ action: 'open' });
  await phone.press({ code: handoff.code });
  await phone.follow();
  await phone.press({ action: 'sign', pin: 'TEST1234' });
  const done = performance.now();
  await phone.follow();
  return (await knows) - done;
}

const folder = mkdtempSync(join(tmpdir(), 'id-verify-bench-'));
const port = await freePort();
const child = spawn(process.execPath, ['../../demo/server.ts'], {
  cwd: import.meta.dirname,
  env: {
    PORT: String(port),
    ID_VERIFY_ORIGINS: `http://localhost:${port},${ORIGIN}`,
    ID_VERIFY_DB: join(folder, 'sessions.sqlite'),
    ID_VERIFY_SESSIONS_PER_MINUTE: '1000000',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.once('exit', () => child.kill('SIGKILL'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
try {
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  lines.resume();
  const pid = child.pid ?? 0;
  const shop: Site = {
    ...site(),
    send: (path, { origin = ORIGIN, ...init } = {}) => {
      const headers = new Headers(init.headers);
      if (origin !== null) headers.set('origin', origin);
      return fetch(`http://localhost:${port}/id-verify/${path}`, { ...init, headers });
    },
  };
  const clients = Array.from({ length: CLIENTS }, (_, index) => index);
  console.log(
    `${CLIENTS} clients, ${COMPLETIONS} completions, ${availableParallelism()} processors shared by server and clients`,
  );
  const idle = usage(pid);
  console.log(`server at rest: ${idle.memory.toFixed(0)} MiB`);

  for (const way of ['stream', 'poll'] as const) {
    const leave = new AbortController();
    const prepared = usage(pid);
    const opened = await each(clients, 8, async () => {
      const page = await Page.open(shop, 'address');
      return { page, handoff: await start(page) };
    });
    const waiting = await each(opened, 8, async ({ page, handoff }): Promise<Waiting> => {
      if (way === 'stream') return { page, handoff, ...(await listen(page, leave.signal)) };
      return { page, handoff, knows: poll(page, leave.signal) };
    });
    const open = usage(pid);
    console.log(
      `${way}: ${CLIENTS} opened in ${((open.at - prepared.at) / 1_000).toFixed(1)} s; server ${open.memory.toFixed(0)} MiB`,
    );
    answers.length = 0;
    const before = usage(pid);
    await pause(10_000);
    console.log(`${way}: waiting costs ${share(before, usage(pid))}`);
    if (way === 'poll') console.log(`poll: answered in ${summary(answers)}; ${lost} lost`);
    // Pollers mostly wait for their turn to ask, so that several at a time do not disturb each other.
    const together = way === 'stream' ? 1 : 8;
    const latencies = await each(waiting.slice(0, COMPLETIONS), together, complete);
    console.log(`${way}: from the phone's last step to the page knowing: ${summary(latencies)}`);
    console.log(`${way}: server ${usage(pid).memory.toFixed(0)} MiB`);
    leave.abort();
  }
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(folder, { recursive: true });
}
