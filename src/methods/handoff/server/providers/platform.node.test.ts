import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pending } from '../provider.ts';
import { platformOperator } from './platform.ts';

const pending: Pending = {
  rung: 'jpki',
  relyingParty: { ja: 'テスト商店' },
  purpose: { ja: 'ご本人の確認' },
  claims: ['name'],
  statement: 'what is signed',
  digest: new Uint8Array(32),
  callback: 'https://shop.test/handoff/callback/platform',
  expiresAt: Date.now() + 60_000,
  data: { session: 's1', nonce: `${'n'.repeat(42)}A` },
};
const { signal } = new AbortController();

/** An operator who answers so, and what it was asked. */
function answering(status: number, body?: object) {
  const asked: [method: string | undefined, url: string][] = [];
  const operator = platformOperator({
    rungs: ['jpki'],
    app: { ja: 'アプリ' },
    environment: 'test',
    url: 'https://operator.test/api/',
    apiKey: 'key',
    clientId: 'client',
    fetch: async (url, init) => {
      asked.push([init?.method, String(url)]);
      return body ? Response.json(body, { status }) : new Response(null, { status });
    },
  });
  return { operator, asked };
}
const start = (body: object, status = 200) =>
  answering(status, body).operator.start({ ...pending, state: 'state' }, signal);
const unavailable = { code: 'unavailable/provider' };

describe('an operator of the platform', () => {
  it('promises nothing that it was not said to keep', () => {
    const { operator } = answering(204);
    assert.equal(operator.id, 'platform');
    const { mayRetainCertificate, keepsCertificate, bindsBrowser } = operator;
    assert.deepEqual([mayRetainCertificate, keepsCertificate, bindsBrowser], [false, false, false]);
    assert.equal(operator.claims.includes('portrait'), false);
  });

  it('starts with a session and a place to go on', async () => {
    const made = await start({ session_id: 's1', url: 'https://operator.test/go' });
    assert.equal(made.url, 'https://operator.test/go');
    await assert.rejects(start({ session_id: 's1' }), unavailable);
    await assert.rejects(start({ title: 'broken' }, 500), unavailable);
  });

  it('says how far the person is, or why it is over', async () => {
    const told = (body: object, status = 200) =>
      answering(status, body).operator.status?.(pending, signal);
    assert.deepEqual(await told({ phase: 'in_app' }), { phase: 'in_app' });
    assert.equal(await told({ phase: 'created' }), undefined);
    assert.deepEqual(await told({ error: 'pin_locked' }, 409), { code: 'unavailable/pin_locked' });
    await assert.rejects(async () => told({ error: 'something new' }, 409), unavailable);
  });

  it('is told that nobody waits', async () => {
    const { operator, asked } = answering(204);
    await operator.cancel?.(pending.data, signal);
    assert.deepEqual(asked, [['DELETE', 'https://operator.test/api/sessions/s1']]);
  });
});
