import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { Backend, problem } from './backend.helper.ts';
import { hostOf, reach, setUp, submitted } from './session.helper.ts';

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
