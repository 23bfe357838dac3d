import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { fromBase64url } from '../../src/wire/bytes.ts';
import type { ImageAnswer } from '../../src/wire/photo.ts';
import { json, ORIGIN, type Site, site } from '../verifier/harness.ts';
import { addressOf, hashesOf, Photographer, picture } from './photographer.ts';

const folder = mkdtempSync(join(tmpdir(), 'id-verify-photos-'));
const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** A server process over one database file that can die and come back. */
async function launch(file: string) {
  let child: ChildProcess;
  let origin = '';
  const start = async (): Promise<void> => {
    const script = join(import.meta.dirname, 'server.ts');
    const port = origin === '' ? '0' : new URL(origin).port;
    child = spawn(process.execPath, [script, file, ORIGIN, port], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    assert.ok(child.stdout);
    [origin] = await once(createInterface(child.stdout), 'line');
  };
  await start();
  return {
    origin: () => origin,
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await once(child, 'exit');
      running.delete(child);
    },
    restart: start,
  };
}

/** A page's view of that process. */
function remote(origin: () => string): Site {
  return {
    ...site(),
    send: (path, { origin: from = ORIGIN, ...init } = {}) => {
      const headers = new Headers(init.headers);
      if (from !== null) headers.set('origin', from);
      return fetch(`${origin()}/id-verify/${path}`, { ...init, headers });
    },
  };
}

describe('a server that is killed between shots', () => {
  it('still has every picture it acknowledged, and the session goes on', async () => {
    const file = join(folder, 'killed.sqlite');
    const server = await launch(file);
    const photographer = await Photographer.open(remote(server.origin));
    const before = new Map<string, ImageAnswer>();
    const shoot = photographer.shoot.bind(photographer);
    photographer.shoot = async (station) => {
      const bytes = picture();
      await shoot(station, bytes);
      await server.kill();
      await server.restart();
      const again = await json<ImageAnswer>(await photographer.put(bytes));
      before.set(await addressOf(bytes), again);
      assert.deepEqual(photographer.log.at(-1)?.receipt, fromBase64url(again.receipt));
    };
    await photographer.takeAll('passport');
    for (const [address, answer] of before) {
      const asked = await photographer.page.call(`images/${address}`);
      assert.deepEqual(await json<ImageAnswer>(asked), answer, 'a resumed page is told');
    }
    assert.equal((await photographer.send()).outcome, 'pending');
    await server.kill();

    const store = sqliteStore(file);
    const { id } = photographer.page.view;
    assert.equal((await store.get(id))?.state, 'pending', 'acknowledged means stored');
    for (const hash of hashesOf(photographer.log)) assert.ok(await store.getImage(id, hash));
    await store.close();
  });
});

describe('an upload over a connection that breaks in the middle', () => {
  it('leaves nothing, and the whole can follow', async () => {
    const file = join(folder, 'cut.sqlite');
    const server = await launch(file);
    const photographer = await Photographer.open(remote(server.origin));
    const { page } = photographer;
    const bytes = picture(1_200, 800);
    const address = await addressOf(bytes);
    const { hostname, port, host } = new URL(server.origin());
    const socket = connect(Number(port), hostname);
    const head = [
      `PUT /id-verify/sessions/${page.view.id}/images/${address} HTTP/1.1`,
      `host: ${host}`,
      `origin: ${ORIGIN}`,
      `authorization: Bearer ${page.token}`,
      'content-type: image/jpeg',
      `content-length: ${bytes.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await new Promise((resolve) => socket.write(bytes.subarray(0, bytes.length / 2), resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal((await page.call(`images/${address}`)).status, 404);
    await json<ImageAnswer>(await photographer.put(bytes));
    assert.equal((await page.call(`images/${address}`)).status, 200);
    await server.kill();
  });
});
