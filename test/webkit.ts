/** WebKitGTK has no headless mode: a virtual display and its WebDriver, started and stopped together. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { requireEngine } from './engines.ts';

export interface WebKitDriver {
  readonly port: number;
  /** Capabilities of a new session. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** @throws {Error} when WebKitGTK is missing or its driver does not answer within 10 s */
export async function startWebKitDriver(): Promise<WebKitDriver> {
  const { executable } = requireEngine('webkit');
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await firstLine(screen);
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${display}`,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
    },
  });
  const stop = async () => {
    for (const child of [driver, screen]) {
      if (child.exitCode !== null) continue;
      child.kill();
      await once(child, 'exit');
    }
  };
  try {
    await untilReady(port);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    stop,
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': { binary: executable, args: ['--automation'] },
    },
  };
}

async function firstLine(screen: ChildProcess): Promise<string> {
  const pipe = screen.stdio[3];
  if (!pipe) throw new Error('Xvfb offers no display number');
  const [chunk]: Buffer[] = await once(pipe, 'data');
  return String(chunk).trim();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilReady(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error('WebKitWebDriver does not answer');
}
