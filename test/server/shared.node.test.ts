import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { secret } from '../../src/server/index.ts';
import { serve } from '../../src/server/serve.ts';
import { createTestPki } from '../../src/testing/issuer/pki.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import type { ConfirmAnswer, SessionStatus } from '../../src/wire/contract.ts';
import { testPostgres } from '../postgres.ts';
import { json, ORIGIN, Page, post, type Site, SUBJECT, site } from '../verifier/harness.ts';
import { KEY, testConfig } from './config.ts';

const postgres = await testPostgres();
const pki = createTestPki({ reader: { organization: 'テスト商店', dnsNames: ['localhost'] } });
const { folder, config } = testConfig(pki);
after(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true });
});

describe('four instances on one PostgreSQL', { skip: postgres === undefined }, () => {
  it('are one service: every call of a journey at another of them, and one goes in the middle', async (context) => {
    process.env['TEST_DATABASE_URL'] = await postgres?.database();
    const database = { postgres: secret('TEST_DATABASE_URL') };
    const instances = await Promise.all(
      [1, 2, 3, 4].map(() => serve({ ...config, database }, () => undefined)),
    );
    context.after(() => Promise.all(instances.map((instance) => instance.stop())));
    let turn = 0;
    const next = () => {
      turn += 1;
      return instances[turn % instances.length] ?? assert.fail('none is left');
    };
    const send: Site['send'] = (path, { origin = ORIGIN, ...init } = {}) => {
      const headers = new Headers(init.headers);
      if (origin !== null) headers.set('origin', origin);
      return fetch(`${next().pages}/id-verify/${path}`, { ...init, headers });
    };
    const pages: Site = { ...site(), wallet: createWallet({ pki, allowUnsigned: true }), send };
    const call = async <T>(path: string, body: unknown, status: number): Promise<T> => {
      const given = post(body, { authorization: `Bearer ${KEY}` });
      return json<T>(await fetch(next().service + path, given), status);
    };
    for (let journey = 0; journey < 6; journey++) {
      const minting = { subject: SUBJECT, profile: 'identity', origin: ORIGIN };
      const { token } = await call<{ token: string }>('/sessions', minting, 201);
      const page = await Page.claim(pages, token);
      const stream = await page.call('events');
      const told = (async () => {
        let text = '';
        for await (const piece of stream.body ?? []) text += new TextDecoder().decode(piece);
        return text;
      })().catch(() => '');
      await page.evidence(await page.present(await page.requests()));
      if (journey === 3) await instances.pop()?.stop();
      const { status } = await page.confirm<ConfirmAnswer>();
      const expectation = {
        ref: status.ref,
        subject: SUBJECT,
        profile: 'identity',
        acceptTest: true,
      };
      const result = await call<{ status: string }>('/results', expectation, 200);
      assert.equal(result.status, 'verified');
      const after = await json<SessionStatus>(await page.call(''));
      assert.equal(after.state, 'done');
      const text = await told;
      // A stream of the instance that went ended with it; every other was told by the others, of the
      // newest state where two follow each other at once.
      if (journey !== 3) assert.match(text, /"state":"done"/);
    }
  });
});
