import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { MethodEntry, MethodHost } from '../methods/method.ts';
import { toBase64url } from '../wire/bytes.ts';
import type { MethodId, SessionStatus } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Opening, Session, SessionOptions } from './api.ts';
import { Backend, problem } from './backend.helper.ts';
import type { FlowState } from './flow.ts';
import { createSession } from './session.ts';

/** A method that does nothing by itself. */
function methodOf(id: MethodId, usable = true) {
  const hosts: MethodHost[] = [];
  const heard: SessionStatus[] = [];
  const entry: MethodEntry = {
    id,
    icon: html``,
    availability: () => (usable ? { usable } : { usable, code: 'unavailable/no_api' }),
    load: async () => ({
      start: (host) => {
        hosts.push(host);
        const panel = { heading: id, body: html``, step: 1, key: id } as const;
        return { render: () => panel };
      },
    }),
  };
  return { entry, hosts, heard };
}

const ended: AbortController[] = [];
afterEach(() => {
  for (const controller of ended.splice(0)) controller.abort();
});

let count = 0;
function setUp(
  backend = new Backend(),
  change: Partial<SessionOptions> = {},
  opening: Partial<Opening> = {},
) {
  const controller = new AbortController();
  ended.push(controller);
  const method = methodOf('wallet');
  const profile = `test-${performance.timeOrigin}-${count++}`;
  const session = createSession({
    opening: () => ({ endpoint: '/id-verify', profile, ...opening }),
    entries: [method.entry],
    lang: 'ja',
    beforeSubmit: () => true,
    signal: controller.signal,
    fetch: backend.fetch,
    ...change,
  });
  const seen: FlowState[] = [];
  session.subscribe(() => {
    if (seen.at(-1) !== session.snapshot.flow.state) seen.push(session.snapshot.flow.state);
  });
  return { backend, session, method, seen, profile, controller };
}

const reach = (session: Session, state: FlowState, timeout = 8000): Promise<void> =>
  waitUntil(() => session.snapshot.flow.state === state, `never ${state}`, { timeout });

const body = { request: 'r1', protocol: 'org-iso-mdoc', data: { response: 'AAAA' } };

/** Until the method has its run. */
async function hostOf({ session, method }: ReturnType<typeof setUp>): Promise<MethodHost> {
  const before = method.hosts.length;
  await waitUntil(() => session.snapshot.run !== undefined);
  return method.hosts.at(-1) ?? expect.fail(`no host after ${before}`);
}

async function submitted(set = setUp()) {
  set.session.open();
  const host = await hostOf(set);
  host.begin();
  host.submit(body);
  return set;
}

const failure = (session: Session): string => {
  const { flow } = session.snapshot;
  return flow.state === 'failed' ? flow.error.code : flow.state;
};

describe('session', () => {
  it('goes from opening to done, only by the server’s word', async () => {
    const set = await submitted();
    const { backend, session, seen } = set;
    await reach(session, 'review');
    const { flow } = session.snapshot;
    expect(flow.state === 'review' && flow.review?.items).to.have.length(1);
    session.confirm();
    expect(session.snapshot.flow.state).to.equal('confirming');
    await reach(session, 'done');
    expect(seen).to.deep.equal([
      'preparing',
      'consent',
      'awaiting',
      'submitting',
      'review',
      'confirming',
      'done',
    ]);
    expect(session.snapshot.status?.ref).to.match(/\.r{43}$/);
    expect(backend.envelopes.map(({ payload }) => payload.seq)).to.deep.equal([0, 1]);
    const [evidence, confirmation] = backend.envelopes;
    expect(evidence?.payload.origin).to.equal(location.origin);
    const reviewed = new TextEncoder().encode(JSON.stringify(backend.review()));
    const hash = await crypto.subtle.digest('SHA-256', reviewed);
    const confirmed = confirmation?.payload.body;
    expect(confirmed instanceof Map && confirmed.get('reviewHash')).to.have.length(hash.byteLength);
  });

  it('confirms the very bytes that were shown', async () => {
    const set = setUp();
    const shown = { method: 'wallet', hideAt: Date.now() + 60_000, items: [] };
    set.backend.review = () => shown as never;
    await submitted(set);
    await reach(set.session, 'review');
    set.session.confirm();
    await reach(set.session, 'done');
    const bytes = new TextEncoder().encode(JSON.stringify(shown));
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sent = set.backend.envelopes[1]?.payload.body;
    expect(sent instanceof Map && toBase64url(sent.get('reviewHash') as Uint8Array)).to.equal(
      toBase64url(hash),
    );
  });

  it('shows the first screen before the key is registered, and claims once', async () => {
    const set = setUp();
    let release = (): void => undefined;
    const held = new Promise<undefined>((resolve) => {
      release = () => resolve(undefined);
    });
    set.backend.faults['POST claim'] = () => held as never;
    set.session.open();
    await reach(set.session, 'consent');
    release();
    const host = await hostOf(set);
    await host.client.status(new AbortController().signal);
    expect(set.backend.calls.filter((call) => call === 'POST claim')).to.have.length(1);
  });

  it('neg-71 is never done by a verdict whose status says otherwise', async () => {
    const set = setUp();
    set.backend.faults['POST confirm'] = () =>
      new Response(
        JSON.stringify({
          outcome: 'verified',
          status: { ...set.backend.currentStatus(), state: 'awaiting', version: 99 },
        }),
        { headers: { 'content-type': 'application/json' } },
      );
    await submitted(set);
    await reach(set.session, 'review');
    set.session.confirm();
    await reach(set.session, 'failed');
    expect(failure(set.session)).to.equal('blocked/schema');
  });

  it('neg-74 takes an unknown answer for no success', async () => {
    const set = setUp();
    set.backend.faults['POST evidence'] = () =>
      new Response('{"outcome":"verified"}', { headers: { 'content-type': 'application/json' } });
    await submitted(set);
    await reach(set.session, 'failed');
    expect(failure(set.session)).to.equal('blocked/answer');
  });

  it('sends the same bytes until it is answered, and counts once', async () => {
    const set = setUp();
    let down = true;
    set.backend.faults['POST evidence'] = () => {
      if (down) throw new TypeError('the answer is lost');
      return undefined;
    };
    await submitted(set);
    await reach(set.session, 'failed');
    expect(failure(set.session)).to.equal('unavailable/network');
    down = false;
    set.session.retry();
    await reach(set.session, 'review');
    const sent = set.backend.bodies.filter(({ call }) => call === 'POST evidence');
    expect(sent.length).to.equal(4);
    expect(new Set(sent.map(({ bytes }) => bytes)).size).to.equal(1);
    expect(set.backend.envelopes).to.have.length(1);
  });

  it('resends a confirmation whose answer was lost, without the review in hand', async () => {
    const set = await submitted();
    await reach(set.session, 'review');
    let down = true;
    set.backend.faults['POST confirm'] = () => {
      if (down) throw new TypeError('the answer is lost');
      return undefined;
    };
    set.session.confirm();
    await reach(set.session, 'failed');
    expect(JSON.stringify(set.session.snapshot)).not.to.include('見本');
    down = false;
    set.session.retry();
    await reach(set.session, 'done');
    expect(set.backend.envelopes).to.have.length(2);
  });

  it('fetches a review again whose answer was lost', async () => {
    const set = setUp();
    set.backend.faults['GET review'] = (attempt) => {
      if (attempt < 3) throw new TypeError('the answer is lost');
      return undefined;
    };
    await submitted(set);
    await reach(set.session, 'review');
  });

  it('learns what became of a letter it gave up, before it writes another', async () => {
    const set = setUp();
    let down = true;
    set.backend.faults['POST evidence'] = () => {
      if (down) throw new TypeError('the answer is lost');
      return undefined;
    };
    await submitted(set);
    await reach(set.session, 'failed');
    down = false;
    set.session.other();
    set.session.choose('wallet');
    const host = await hostOf(set);
    host.begin();
    host.submit(body);
    await reach(set.session, 'review');
    expect(set.backend.envelopes).to.have.length(1);
  });

  it('a refusal leaves the session for another attempt', async () => {
    const set = setUp();
    set.backend.verdict = 'refused';
    set.backend.code = 'decryption/hpke';
    await submitted(set);
    await reach(set.session, 'failed');
    expect(failure(set.session)).to.equal('decryption/hpke');
    set.backend.verdict = 'review';
    set.session.retry();
    const host = await hostOf(set);
    host.begin();
    host.submit(body);
    await reach(set.session, 'review');
    expect(set.backend.envelopes.map(({ payload }) => payload.seq)).to.deep.equal([0, 1]);
  });

  it('a dispute is no success and is worded as the person’s own', async () => {
    const set = await submitted();
    await reach(set.session, 'review');
    set.session.dispute();
    await reach(set.session, 'failed');
    expect(failure(set.session)).to.equal('incomplete/disputed');
  });

  it('asks the page before anything leaves, and keeps it where the page says no', async () => {
    const asked: [MethodId, number][] = [];
    const set = setUp(new Backend(), {
      beforeSubmit: (method, length) => {
        asked.push([method, length]);
        return false;
      },
    });
    await submitted(set);
    await reach(set.session, 'failed');
    expect(failure(set.session)).to.equal('incomplete/held_back');
    expect(asked).to.have.length(1);
    expect(asked[0]?.[1]).to.be.above(200);
    expect(set.backend.calls).not.to.include('POST evidence');
  });

  it('waits for a pending verdict and hears of it', async () => {
    const set = setUp();
    set.backend.verdict = 'pending';
    await submitted(set);
    await reach(set.session, 'pending');
    expect(set.session.snapshot.status?.ref).to.be.a('string');
    set.backend.move('done');
    await reach(set.session, 'done');
    const calls = set.backend.calls.length;
    await aTimeout(2000);
    expect(set.backend.calls.length).to.equal(calls);
  });

  it('hides what was read in time, and brings it back when asked', async () => {
    const set = setUp();
    set.backend.hideAfter = 300;
    await submitted(set);
    await reach(set.session, 'review');
    const review = () => {
      const { flow } = set.session.snapshot;
      return flow.state === 'review' ? flow.review : expect.fail(flow.state);
    };
    await waitUntil(() => review() === undefined);
    set.session.confirm();
    expect(set.session.snapshot.flow.state).to.equal('review');
    set.backend.hideAfter = 60_000;
    set.session.reveal();
    await waitUntil(() => review() !== undefined);
  });

  it('expires by the server’s clock, however wrong the page’s is', async () => {
    const backend = new Backend();
    backend.lifetime = 700;
    backend.now = () => Date.now() + 86_400_000;
    const set = setUp(backend);
    set.session.open();
    await reach(set.session, 'consent');
    await reach(set.session, 'expired', 4000);
    expect(set.seen).to.deep.equal(['preparing', 'consent', 'expired']);
  });

  it('cancel erases at the server and ends everything', async () => {
    const set = setUp();
    set.session.open();
    const host = await hostOf(set);
    set.session.cancel();
    expect(set.session.snapshot.flow.state).to.equal('cancelled');
    expect(host.signal.aborted).to.equal(true);
    await waitUntil(() => set.backend.calls.includes('DELETE status'));
    host.begin();
    host.fail(new IdVerifyError('incomplete', 'too late'));
    expect(set.session.snapshot.flow.state).to.equal('cancelled');
  });

  it('ignores a method whose attempt is over', async () => {
    const set = setUp();
    set.session.open();
    const host = await hostOf(set);
    host.begin();
    host.other();
    host.submit(body);
    expect(set.session.snapshot.flow.state).to.equal('choose');
  });

  it('neg-69 reads its attributes at opening and never after', async () => {
    const endpoints = ['/first', '/second'];
    const set = setUp();
    const asked: string[] = [];
    const session = createSession({
      opening: () => ({ endpoint: endpoints.shift() ?? '/third', profile: 'p' }),
      entries: [set.method.entry],
      lang: 'ja',
      beforeSubmit: () => true,
      signal: set.controller.signal,
      fetch: async (input, init) => {
        asked.push(new URL(String(input)).pathname.split('/')[1] ?? '');
        return set.backend.fetch(input, init);
      },
    });
    session.open();
    await waitUntil(() => session.snapshot.run !== undefined);
    session.cancel();
    await waitUntil(() => set.backend.calls.includes('DELETE status'));
    expect(new Set(asked)).to.deep.equal(new Set(['first']));
    session.restart();
    await waitUntil(() => asked.includes('second'));
  });

  it('tells what cannot be reached, and tries again', async () => {
    const set = setUp();
    set.backend.faults.open = (attempt) =>
      attempt === 1
        ? new Response('<h1>', { headers: { 'content-type': 'text/html' } })
        : undefined;
    set.session.open();
    await reach(set.session, 'failed');
    expect(failure(set.session)).to.equal('unavailable/backend');
    set.session.retry();
    await reach(set.session, 'consent');
  });

  it('passes the server’s refusal to open on', async () => {
    const set = setUp();
    set.backend.faults.open = () => problem('policy/origin', 403);
    set.session.open();
    await reach(set.session, 'failed');
    expect(failure(set.session)).to.equal('policy/origin');
  });

  it('snapshots are frozen', async () => {
    const set = setUp();
    expect(() => Object.assign(set.session.snapshot, { volatile: true })).to.throw(TypeError);
    set.session.open();
    await reach(set.session, 'consent');
    expect(
      Object.isFrozen(set.session.snapshot) && Object.isFrozen(set.session.snapshot.flow),
    ).to.equal(true);
  });
});

describe('a reload', () => {
  it('goes on where the server says, with the same key', async () => {
    const first = await submitted();
    await reach(first.session, 'review');
    first.controller.abort();
    const second = setUp(first.backend, {}, { profile: first.profile });
    second.session.open();
    await reach(second.session, 'review');
    expect(first.backend.calls.filter((call) => call === 'open')).to.have.length(1);
    second.session.confirm();
    await reach(second.session, 'done');
  });

  it('starts anew where the session is over', async () => {
    const first = await submitted();
    await reach(first.session, 'review');
    first.controller.abort();
    const backend = new Backend();
    backend.faults['GET status'] = () => problem('session/unknown', 404);
    const second = setUp(backend, {}, { profile: first.profile });
    second.session.open();
    await reach(second.session, 'consent');
    expect(backend.calls).to.include('open');
  });

  it('neg-70 leaves nothing behind once it is done, and nothing personal before', async () => {
    const set = await submitted();
    await reach(set.session, 'review');
    expect(JSON.stringify(await records())).not.to.include('見本');
    const before = (await records()).length;
    set.session.confirm();
    await reach(set.session, 'done');
    await waitUntil(async () => (await records()).length === before - 1);
    expect(localStorage.length + sessionStorage.length).to.equal(0);
  });

  it('two elements on one page keep two sessions', async () => {
    const first = setUp();
    first.session.open();
    await hostOf(first);
    const second = setUp(new Backend(), {}, { profile: first.profile });
    second.session.open();
    await hostOf(second);
    expect(second.backend.calls).to.include('open');
    expect(second.session.snapshot.session?.id).not.to.equal(first.session.snapshot.session?.id);
  });

  it('takes a minted token, without opening anything', async () => {
    const set = setUp(new Backend());
    const token = `${set.backend.id}.${'m'.repeat(43)}`;
    const minted = setUp(set.backend, {}, { token });
    minted.session.open();
    await reach(minted.session, 'consent');
    expect(set.backend.calls[0]).to.equal('POST claim');
    expect(set.backend.calls).not.to.include('open');
  });
});

describe('an element that leaves the page and comes back', () => {
  it('clears the review at once and fetches it again', async () => {
    const set = await submitted();
    await reach(set.session, 'review');
    set.session.suspend();
    expect(JSON.stringify(set.session.snapshot)).not.to.include('見本');
    set.session.resume();
    await waitUntil(() => JSON.stringify(set.session.snapshot).includes('見本'));
  });

  it('ends an open attempt and starts another', async () => {
    const set = setUp();
    set.session.open();
    const host = await hostOf(set);
    host.begin();
    set.session.suspend();
    expect(host.signal.aborted).to.equal(true);
    expect(set.session.snapshot.flow.state).to.equal('consent');
    expect(set.session.snapshot.run).to.equal(undefined);
    set.session.resume();
    await waitUntil(() => set.method.hosts.length === 2);
  });

  it('loses no evidence that was on its way', async () => {
    const set = setUp();
    set.backend.faults['POST evidence'] = async (attempt) => {
      if (attempt === 1) await aTimeout(300);
      return undefined as never;
    };
    await submitted(set);
    await waitUntil(() => set.backend.calls.includes('POST evidence'));
    set.session.suspend();
    await aTimeout(400);
    expect(set.session.snapshot.flow.state).to.equal('submitting');
    set.session.resume();
    await reach(set.session, 'review');
    expect(set.backend.envelopes).to.have.length(1);
  });
});

function records(): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('id-verify', 1);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const all = opening.result.transaction('sessions').objectStore('sessions').getAll();
      all.onsuccess = () => {
        opening.result.close();
        resolve(all.result);
      };
    };
  });
}
