import { expect, waitUntil } from '@open-wc/testing';
import { problem } from './backend.helper.ts';
import { body, failure, hostOf, reach, setUp, submitted } from './session.helper.ts';

describe('a backend that misbehaves', () => {
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

  it('learns what became of an envelope it gave up, before it writes another', async () => {
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

  it('goes where another page of the same session has led', async () => {
    const set = setUp();
    const { backend } = set;
    backend.faults['POST evidence'] = () => problem('session/conflict', 409);
    await submitted(set);
    await reach(set.session, 'review');
    expect(backend.calls.slice(-2)).to.deep.equal(['GET status', 'GET review']);
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

  it('says that the connection is lost while it waits, and only as long as that is so', async () => {
    const set = setUp();
    set.backend.verdict = 'pending';
    await submitted(set);
    await reach(set.session, 'pending');
    const { faults } = set.backend;
    const lost = (now: boolean) =>
      waitUntil(() => (set.session.snapshot.lost ?? false) === now, `lost: ${!now}`, {
        timeout: 10_000,
      });
    const down = () => Promise.reject(new TypeError('down'));
    faults['GET status'] = down;
    await lost(true);
    expect(set.session.snapshot.flow.state).to.equal('pending');
    delete faults['GET status'];
    await lost(false);
    faults['GET status'] = down;
    await lost(true);
    set.session.cancel();
    expect(set.session.snapshot.lost).to.equal(false);
  });
});
