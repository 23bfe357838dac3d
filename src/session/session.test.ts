import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { toBase64url } from '../wire/bytes.ts';
import type { MethodId } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { Backend } from './backend.helper.ts';
import { applies, isRefused } from './flow.ts';
import { body, failure, hostOf, reach, setUp, submitted } from './session.helper.ts';
import { createSession } from './session.ts';

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

  it('an end without a reason is a refusal, and no other way is offered', async () => {
    const set = setUp();
    set.backend.verdict = 'refused';
    set.backend.faults['POST evidence'] = () => {
      set.backend.status = { state: 'failed', ref: `${'i'.repeat(22)}.${'r'.repeat(43)}` };
      return undefined as never;
    };
    await submitted(set);
    await reach(set.session, 'failed');
    const { flow } = set.session.snapshot;
    if (flow.state !== 'failed') throw new Error(flow.state);
    expect(isRefused(flow)).to.equal(true);
    for (const type of ['retry', 'other'] as const) expect(applies(flow, { type })).to.equal(false);
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
      entries: async () => [set.method.entry],
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
