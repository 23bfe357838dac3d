import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IdVerifyError } from '../wire/error.ts';
import * as v from '../wire/schema.ts';
import { ask } from './ask.ts';
import { type Call, retryAfter } from './call.ts';

type Reply = Response | Error | 'never';

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
const problem = (code: string, status: number) =>
  new Response(JSON.stringify({ title: 'refused', status, code }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

/** Answers in turn; the last answer again and again. */
function server(...replies: Reply[]) {
  const requests: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    const reply = replies[Math.min(requests.length, replies.length - 1)];
    requests.push({ url: String(url), init });
    if (reply === 'never') {
      return new Promise((_, reject) =>
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      );
    }
    if (reply instanceof Error || reply === undefined) throw reply;
    return reply.clone();
  };
  return { requests, transport: { endpoint: 'https://rp.example/id', fetch } };
}

const answer = v.strictObject({ ok: v.boolean() });
const get: Call<{ ok: boolean }> = { method: 'GET', path: 'x', answer, repeatable: true };
const once: Call<{ ok: boolean }> = { ...get, method: 'POST', json: { a: 1 }, repeatable: false };
const live = new AbortController().signal;

const rejectsWith = (work: Promise<unknown>, code: string) =>
  assert.rejects(work, (error) => error instanceof IdVerifyError && error.code === code);

describe('ask', () => {
  it('sends to the endpoint with the bearer, without cookies or cache', async () => {
    const { requests, transport } = server(json({ ok: true }));
    const { value, bytes } = await ask(transport, { ...once, token: async () => 't.s' }, live);
    assert.deepEqual(value, { ok: true });
    assert.equal(new TextDecoder().decode(bytes), '{"ok":true}');
    const [{ url, init } = { url: '', init: {} }] = requests;
    assert.equal(url, 'https://rp.example/id/x');
    assert.equal(new Headers(init.headers).get('authorization'), 'Bearer t.s');
    assert.equal(init.credentials, 'omit');
    assert.equal(init.cache, 'no-store');
    assert.equal(init.body, '{"a":1}');
  });

  it('neg-65 follows no redirect', async () => {
    const { requests, transport } = server(
      Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' }),
    );
    const redirecting = {
      ...transport,
      fetch: async (url: unknown, init?: RequestInit) => {
        const response = await transport.fetch(url, init);
        return Object.defineProperty(response, 'type', { value: 'opaqueredirect' });
      },
    };
    await rejectsWith(ask(redirecting, get, live), 'blocked/redirect');
    assert.equal(requests.length, 1);
    assert.equal(requests[0]?.init.redirect, 'manual');
  });

  it('neg-65 takes nothing but JSON', async () => {
    const text = new Response('{"ok":true}', { headers: { 'content-type': 'text/plain' } });
    await rejectsWith(ask(server(text).transport, get, live), 'blocked/content_type');
    const bare = new Response(new Uint8Array([1]));
    await rejectsWith(ask(server(bare).transport, get, live), 'blocked/content_type');
  });

  it('takes a web page for a backend that is away', async () => {
    const page = new Response('<h1>hello</h1>', { headers: { 'content-type': 'text/html' } });
    await rejectsWith(ask(server(page).transport, get, live), 'unavailable/backend');
  });

  it('neg-74 takes no unknown shape for an answer', async () => {
    for (const body of [{}, { ok: 'yes' }, { ok: true, more: 1 }, null, []]) {
      await rejectsWith(ask(server(json(body)).transport, get, live), 'blocked/answer');
    }
    const broken = new Response('{"ok":', { headers: { 'content-type': 'application/json' } });
    await rejectsWith(ask(server(broken).transport, get, live), 'blocked/answer');
  });

  it('passes the server’s own code on, and asks no second time', async () => {
    const { requests, transport } = server(problem('session/expired', 410));
    await rejectsWith(ask(transport, get, live), 'session/expired');
    assert.equal(requests.length, 1);
    await rejectsWith(
      ask(server(problem('undetermined', 503)).transport, get, live),
      'undetermined',
    );
    await rejectsWith(
      ask(server(problem('nonsense/x', 400)).transport, get, live),
      'unavailable/backend',
    );
  });

  it('repeats what is safe to repeat, byte for byte', async () => {
    const value = new Uint8Array([1, 2, 3]);
    const bytes = { type: 'application/cose', value };
    const { requests, transport } = server(
      new TypeError('down'),
      new TypeError('down'),
      json({ ok: true }),
    );
    await ask(transport, { ...get, method: 'POST', bytes }, live);
    assert.equal(requests.length, 3);
    for (const { init } of requests) assert.equal(init.body, value);
  });

  it('gives up after three silences', async () => {
    const { requests, transport } = server(new TypeError('down'));
    await rejectsWith(ask(transport, get, live), 'unavailable/network');
    assert.equal(requests.length, 3);
  });

  it('calls no mistake a fault of the network, and does not repeat it', async () => {
    const mistake = new ReferenceError('structuredClone is not defined');
    const { requests, transport } = server(mistake);
    await assert.rejects(ask(transport, get, live), (error) => error === mistake);
    assert.equal(requests.length, 1);
  });

  it('never repeats what may have been done', async () => {
    const { requests, transport } = server(new TypeError('down'));
    await rejectsWith(ask(transport, once, live), 'unavailable/network');
    assert.equal(requests.length, 1);
  });

  it('waits as long as a busy server asks, and no longer than a person would', async () => {
    const busy = (after: string) =>
      new Response(null, { status: 429, headers: { 'retry-after': after } });
    const soon = server(busy('1'), json({ ok: true }));
    const before = performance.now();
    await ask(soon.transport, once, live);
    assert.ok(performance.now() - before >= 990);
    const late = server(busy('60'));
    await rejectsWith(ask(late.transport, get, live), 'unavailable/busy');
    assert.equal(late.requests.length, 1);
  });

  it('goes on by itself when a verifier is without its store for a while', async () => {
    const away = problem('unavailable/storage', 503);
    away.headers.set('retry-after', '0');
    const { requests, transport } = server(
      ...Array.from({ length: 8 }, () => away),
      json({ ok: true }),
    );
    assert.deepEqual((await ask(transport, once, live)).value, { ok: true });
    assert.equal(requests.length, 9);
    const silent = server(problem('unavailable/storage', 503));
    await rejectsWith(ask(silent.transport, once, live), 'unavailable/busy');
    assert.equal(silent.requests.length, 1, 'who does not say when may have done it');
  });

  it('gives a call its time and then up', async () => {
    const { requests, transport } = server('never');
    const slow = ask(transport, { ...once, timeLimit: 50 }, live);
    await rejectsWith(slow, 'unavailable/timeout');
    assert.equal(requests.length, 1);
  });

  it('ends at once with the reason of an abort', async () => {
    const controller = new AbortController();
    const work = ask(server('never').transport, get, controller.signal);
    const reason = new Error('left');
    controller.abort(reason);
    await assert.rejects(work, (error) => error === reason);
  });
});

describe('Retry-After', () => {
  const delay = (value: string) =>
    retryAfter(new Response(null, { headers: { 'retry-after': value } }));
  it('reads seconds and dates', () => {
    assert.equal(delay('3'), 3000);
    assert.ok(Math.abs((delay(new Date(Date.now() + 5000).toUTCString()) ?? 0) - 5000) < 1500);
    assert.equal(delay('Thu, 01 Jan 1970 00:00:00 GMT'), 0);
    assert.equal(delay('soon'), undefined);
    assert.equal(retryAfter(new Response()), undefined);
  });
});
