/**
 * 1,000 pages that wait for a phone, first by streams, then by asking, with a real browser among
 * them, against the reference server in its own process: memory, CPU, and the time from the phone's
 * last step to the page knowing. Then Yivi's client in the same browser. Needs `npm run build`.
 *
 * `node test/bench/handoff.ts [clients] [completions] [--json]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { launchChromium } from '../chromium.ts';
import { freePort } from '../e2e/handoff.ts';
import { ORIGIN, type Site, site } from '../verifier/harness.ts';
import { latency } from './latency.ts';
import { finishInBrowser, type Told } from './waiting-browser.ts';
import {
  type Asked,
  each,
  finishOnPhone,
  open,
  type Waiting,
  type Way,
  wait,
} from './waiting-pages.ts';
import { benchYivi } from './yivi.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const CLIENTS = Number(positionals[0] ?? 1_000);
const COMPLETIONS = Number(positionals[1] ?? 200);
/** Of the real browser, each with a new profile. */
const ROUNDS = Math.min(10, COMPLETIONS);
/** From "done" on the phone to "done" on the page, by streams. */
const BAR = 300;
/** Clock ticks of /proc in a second. */
const TICKS = 100;
const BACKGROUND = 10_000;

interface Usage {
  readonly memory: number;
  /** Seconds. */
  readonly cpu: number;
  readonly at: number;
}

/** Resident memory in MiB and processor time of a process, from Linux's own books. */
function usage(pid: number): Usage {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const memory = Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024);
  const cpu = (Number(fields[11]) + Number(fields[12])) / TICKS;
  return { memory, cpu, at: performance.now() };
}

/** Percent of one core. */
const share = (before: Usage, after: Usage): number =>
  Math.round(((after.cpu - before.cpu) * 1_000_000) / (after.at - before.at)) / 10;

const tell = (what: string): void => void (values.json || console.log(what));

const told = (times: readonly Told[]) => ({
  knows: latency(times.map(({ knows }) => knows)),
  shows: latency(times.map(({ shows }) => shows)),
});

/** @returns milliseconds from the last step on the phone to the page knowing */
async function complete({ handoff, knows }: Waiting): Promise<number> {
  const done = await finishOnPhone(handoff.links.qr, handoff.code);
  return (await knows) - done;
}

const folder = mkdtempSync(join(tmpdir(), 'id-verify-bench-'));
const port = await freePort();
const origin = `http://localhost:${port}`;
const child = spawn(process.execPath, ['../../demo/server.ts'], {
  cwd: import.meta.dirname,
  env: {
    PORT: String(port),
    ID_VERIFY_ORIGINS: `${origin},${ORIGIN}`,
    ID_VERIFY_DB: join(folder, 'sessions.sqlite'),
    ID_VERIFY_SESSIONS_PER_MINUTE: '1000000',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.once('exit', () => child.kill('SIGKILL'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const shop: Site = {
  ...site(),
  send: (path, { origin: from = ORIGIN, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (from !== null) headers.set('origin', from);
    return fetch(`${origin}/id-verify/${path}`, { ...init, headers });
  },
};

const browser = await launchChromium();
const pid = child.pid ?? 0;

async function bench(way: Way) {
  const leave = new AbortController();
  const asked: Asked = { answered: [], lost: 0 };
  const began = usage(pid);
  const clients = Array.from({ length: CLIENTS });
  const opened = await each(clients, 8, () => open(shop));
  const waiting = await each(opened, 8, (one) => wait(one, way, asked, leave.signal));
  const before = usage(pid);
  tell(`${way}: ${CLIENTS} wait after ${((before.at - began.at) / 1_000).toFixed(1)} s`);
  asked.answered.length = 0;
  await pause(BACKGROUND);
  const after = usage(pid);
  const answered = way === 'poll' ? { answered: latency(asked.answered), lost: asked.lost } : {};
  // Who asks mostly waits for its turn, so that several at a time do not disturb each other.
  const together = way === 'stream' ? 1 : 8;
  const knows = latency(await each(waiting.slice(0, COMPLETIONS), together, complete));
  tell(`${way}: ${COMPLETIONS} of them finished; now the browser`);
  const inBrowser: Told[] = [];
  let late = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const times = await finishInBrowser(browser, origin, way).catch(() => undefined);
    if (times) inBrowser.push(times);
    else late += 1;
  }
  const ended = usage(pid);
  leave.abort();
  return {
    server: {
      'MiB before': began.memory,
      'MiB waiting': after.memory,
      'MiB at the end': ended.memory,
      '% of a core, waiting': share(before, after),
      '% of a core, finishing': share(after, ended),
    },
    milliseconds: { knows, ...answered },
    // Rounds a full machine did not finish within a minute.
    'real browser': { ...told(inBrowser), ...(late > 0 && { late }) },
  };
}

const peer = async (way: Way) => told(await benchYivi(browser, way, ROUNDS));

try {
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  lines.resume();
  // What the first visit costs browser and server is not what is measured.
  await finishInBrowser(browser, origin, 'stream');
  const stream = await bench('stream');
  const poll = await bench('poll');
  const { shows } = stream['real browser'];
  const result = {
    node: process.versions.node,
    browser: await browser.version(),
    cpu: `${cpus().length} × ${cpus()[0]?.model.trim()}, shared by server, clients and browser`,
    load: `${loadavg()[0]?.toFixed(1)} processes over the last minute`,
    bar: `by streams, phone done → page done: p50 ${shows.p50} ms, ${shows.p50 <= BAR ? 'met' : 'MISSED'} (≤ ${BAR} ms)`,
    stream,
    poll,
    yivi: { stream: await peer('stream'), poll: await peer('poll') },
  };
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else console.dir(result, { depth: null, breakLength: 110 });
} finally {
  await browser.close();
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(folder, { recursive: true });
}
