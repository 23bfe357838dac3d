/** Bad input over HTTP against the real server process: a status, a code, and nothing changed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fromBase64url, toBase64url } from '../../src/wire/bytes.ts';
import type { CborInput } from '../../src/wire/cbor.ts';
import type { ClaimAnswer, OpenAnswer, WalletAnswer } from '../../src/wire/contract.ts';
import { sealEnvelope } from '../../src/wire/envelope.ts';
import { createKey, proveKey, type SessionKey, sign } from '../../src/wire/session-key.ts';
import { type Deployment, deploy } from './deployment.ts';

let site: Deployment;
before(async () => {
  site = await deploy();
});
after(() => site.stop());

const JSON_TYPE = { 'content-type': 'application/json' };
const COSE = { 'content-type': 'application/cose' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { origin: site.server, ...(init.headers as Record<string, string> | undefined) };
  return fetch(`${site.server}/id-verify/${path}`, { ...init, headers });
}

const open = (body: BodyInit, headers: Record<string, string> = JSON_TYPE): Promise<Response> =>
  send('sessions', { method: 'POST', headers, body });

async function refused(response: Response, status: number, code: string): Promise<void> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(JSON.parse(text).code, code);
}

interface Claimed extends ClaimAnswer {
  readonly key: SessionKey;
  readonly opening: string;
}

async function claimed(profile = 'identity'): Promise<Claimed> {
  const answer: OpenAnswer = await (await open(JSON.stringify({ profile }))).json();
  const { id } = answer.session;
  const key = await createKey();
  const body = JSON.stringify(await proveKey(key, id, answer.token, site.server));
  const headers = { ...JSON_TYPE, ...bearer(answer.token) };
  const response = await send(`sessions/${id}/claim`, { method: 'POST', headers, body });
  const claim: ClaimAnswer = await response.json();
  return { ...claim, key, opening: answer.token };
}

function seal({ key, session }: Claimed, body: CborInput, seq = session.status.seq) {
  return sealEnvelope(
    {
      v: 1,
      sid: session.id,
      challenge: fromBase64url(session.challenge),
      aud: session.audience,
      origin: session.origin,
      method: 'wallet',
      seq,
      prev: fromBase64url(session.status.prev),
      at: Date.now(),
      widget: 'test',
      body,
    },
    (data) => sign(key, data),
  );
}

const evidence = (
  { session, token }: Claimed,
  body: BodyInit,
  headers: Record<string, string> = COSE,
): Promise<Response> =>
  send(`sessions/${session.id}/evidence`, {
    method: 'POST',
    headers: { ...headers, ...bearer(token) },
    body,
  });

/** What the wallet answers to fresh requests of a session. */
async function answered(page: Claimed): Promise<CborInput> {
  const asked: WalletAnswer = await (
    await send(`sessions/${page.session.id}/wallet`, {
      method: 'POST',
      headers: bearer(page.token),
    })
  ).json();
  const [request] = asked.requests;
  assert.ok(request);
  const { protocol, data } = await site.wallet.answer(request, { origin: site.server });
  return { request: asked.id, protocol, data: data as CborInput };
}

const stateOf = async ({ session, token }: Claimed): Promise<unknown> =>
  (await (await send(`sessions/${session.id}`, { headers: bearer(token) })).json()).state;

describe('bodies', () => {
  it('400 what is not JSON, or not of the contract', async () => {
    await refused(await open('{'), 400, 'malformed/json');
    await refused(await open(new Uint8Array([0xff, 0xfe])), 400, 'malformed/json');
    await refused(await open('[]'), 400, 'malformed/request');
    await refused(await open('{"profile":"identity","more":1}'), 400, 'malformed/request');
    await refused(await open('{"profile":{"$ne":""}}'), 400, 'malformed/request');
  });

  it('413 what is too long, whatever its length says', async () => {
    await refused(await open(JSON.stringify({ profile: 'x'.repeat(20_000) })), 413, 'limit/body');
    const page = await claimed();
    await refused(await evidence(page, new Uint8Array(2 ** 20 + 1)), 413, 'limit/body');
  });

  it('415 another type', async () => {
    await refused(
      await open('profile=identity', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported/content_type',
    );
    const page = await claimed();
    await refused(await evidence(page, '{}', JSON_TYPE), 415, 'unsupported/content_type');
  });

  it('400 evidence that is not an envelope; a bignum bomb costs nothing', async () => {
    const page = await claimed();
    for (const body of ['', 'x', '<html>', '\u0000'.repeat(1000)]) {
      const response = await evidence(page, body);
      assert.equal(response.status, 400, await response.text());
    }
    const bomb = new Uint8Array(300_000).fill(0xff);
    bomb.set([0xc2, 0x5a, 0x00, 0x04, 0x93, 0xdb]);
    const begun = performance.now();
    assert.equal((await evidence(page, bomb)).status, 400);
    assert.ok(performance.now() - begun < 2_000);
    assert.equal(await stateOf(page), 'awaiting');
  });
});

describe('calls', () => {
  it('404 and 405 what is not offered', async () => {
    await refused(await send('nothing'), 404, 'unsupported/path');
    await refused(await send('sessions'), 405, 'unsupported/verb');
  });

  it('403 a page that is not listed, a profile that is not open', async () => {
    const headers = { ...JSON_TYPE, origin: 'https://attacker.example' };
    await refused(await open('{"profile":"identity"}', headers), 403, 'policy/origin');
    assert.ok((await open('{"profile":"nobody"}')).status >= 401);
  });
});

describe('tokens and keys', () => {
  it('401 none, made up, or of another session; 404 an unknown one', async () => {
    const [mine, other] = [await claimed(), await claimed()];
    const path = `sessions/${mine.session.id}`;
    await refused(await send(path), 401, 'session/token');
    await refused(await send(path, { headers: bearer(other.token) }), 401, 'session/token');
    const secret = toBase64url(new Uint8Array(32));
    await refused(
      await send(path, { headers: bearer(`${mine.session.id}.${secret}`) }),
      401,
      'session/token',
    );
    const id = 'A'.repeat(22);
    await refused(
      await send(`sessions/${id}`, { headers: bearer(`${id}.${secret}`) }),
      404,
      'session/unknown',
    );
    assert.equal(await stateOf(mine), 'awaiting');
  });

  it('409 a second claim of the same opening', async () => {
    const page = await claimed();
    const { id } = page.session;
    const body = JSON.stringify(await proveKey(await createKey(), id, page.opening, site.server));
    const headers = { ...JSON_TYPE, ...bearer(page.opening) };
    await refused(
      await send(`sessions/${id}/claim`, { method: 'POST', headers, body }),
      409,
      'session/used',
    );
  });

  it('401 evidence under another key', async () => {
    const [mine, other] = [await claimed(), await claimed()];
    const envelope = await seal({ ...mine, key: other.key }, await answered(mine));
    await refused(await evidence(mine, envelope), 401, 'session/signature');
    assert.equal(await stateOf(mine), 'awaiting');
  });
});

describe('places and ends', () => {
  it('the same bytes get the same answer; 409 other bytes at a used place', async () => {
    const page = await claimed();
    const body = await answered(page);
    const envelope = await seal(page, body);
    const first = await evidence(page, envelope);
    const answer = await first.text();
    assert.equal(first.status, 200, answer);
    assert.equal(await (await evidence(page, envelope)).text(), answer);
    await refused(await evidence(page, await seal(page, body)), 409, 'session/conflict');
    assert.equal(await stateOf(page), 'review');
  });

  it('409 an answer to a request that was used', async () => {
    const page = await claimed();
    const body = await answered(page);
    const lie = { ...(body as Record<string, CborInput>), protocol: 'test-unasked-protocol' };
    const response = await evidence(page, await seal(page, lie));
    const { outcome, status } = await response.json();
    assert.equal(outcome, 'refused');
    const again = { ...page, session: { ...page.session, status } };
    await refused(await evidence(again, await seal(again, body)), 409, 'session/used');
  });

  it('neg-58 of ten racers one wins', async () => {
    const page = await claimed();
    const body = await answered(page);
    const envelopes = await Promise.all(Array.from({ length: 10 }, () => seal(page, body)));
    const statuses = await Promise.all(
      envelopes.map(async (envelope) => (await evidence(page, envelope)).status),
    );
    assert.deepEqual(statuses.toSorted(), [200, ...Array(9).fill(409)]);
  });

  it('410 a session that was left', async () => {
    const page = await claimed();
    const path = `sessions/${page.session.id}`;
    const left = await send(path, { method: 'DELETE', headers: bearer(page.token) });
    assert.equal(left.status, 204);
    const wallet = await send(`${path}/wallet`, { method: 'POST', headers: bearer(page.token) });
    await refused(wallet, 410, 'session/ended');
  });
});

describe('references', () => {
  it('made up, of nothing yet, or of a session that was left', async () => {
    assert.deepEqual(await site.redeem('x'), { code: 'session/unknown' });
    const made = `${'A'.repeat(22)}.${'A'.repeat(43)}`;
    assert.deepEqual(await site.redeem(made), { code: 'session/unknown' });
    const page = await claimed();
    assert.deepEqual(await site.redeem(page.token), { code: 'session/unknown' });
  });

  it('an age offered where an identity is asked is refused, and named', async () => {
    const [identity, age] = [await claimed(), await claimed('age20')];
    const [asked, other] = [await answered(identity), await answered(age)];
    const swapped = {
      ...(asked as Record<string, CborInput>),
      data: (other as Record<string, CborInput>).data ?? null,
    };
    const response = await evidence(identity, await seal(identity, swapped));
    const { outcome, code } = await response.json();
    assert.deepEqual([outcome, code], ['refused', 'decryption/hpke']);
    assert.equal(await stateOf(identity), 'awaiting');
  });
});
