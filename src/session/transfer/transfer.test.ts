import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { pretend, USER_AGENTS } from '../../../test/tools/stage.ts';
import type { Availability, TransferCalls, TransferModule } from '../../methods/method.ts';
import type { MethodOffer } from '../../wire/opening.ts';
import { Backend } from '../backend.helper.ts';
import { methodOf, reach, setUp } from '../session.helper.ts';

const panel = () => ({ heading: '', body: html``, step: 1, key: 'transfer' }) as const;
const photoOffer: MethodOffer = {
  method: 'photo',
  documents: ['passport'],
  gestures: false,
  files: false,
};

/** A profile with two availableMethods, of which the page that was there first went the second. */
function backendWith(transfer: object, role?: 'sender' | 'follower'): Backend {
  const backend = new Backend();
  backend.view = { methods: [{ method: 'wallet' }, photoOffer], transferable: true };
  const expiresAt = Date.now() + 60_000;
  backend.status = { transfer: { phase: 'moved', expiresAt, ...transfer }, ...(role && { role }) };
  return backend;
}

/** Everybody says yes at once. */
function moduleOf(moves: TransferCalls[] = []): TransferModule {
  return {
    join(host) {
      void host.claim('83').then(host.accept);
      return { render: panel };
    },
    offer(host, move) {
      moves.push(move);
      return { render: panel, status: () => host.update() };
    },
  };
}

function phone(backend: Backend, camera?: Availability) {
  backend.view = { ...backend.view, handedOver: { startedAt: Date.now(), device: 'computer' } };
  const photo = methodOf('photo', camera);
  const entries = [methodOf('wallet').entry, photo.entry];
  const transfer = `${backend.id}.${'m'.repeat(43)}`;
  const change = { entries: async () => entries, loadTransfer: async () => moduleOf() };
  return { ...setUp(backend, change, { transfer }), photo };
}

describe('a phone that takes over', () => {
  it('goes on at the first step of the way the first page was going, and no further', async () => {
    const set = phone(backendWith({ method: 'photo' }, 'sender'));
    set.session.open();
    await waitUntil(() => set.session.snapshot.run && set.session.snapshot.session);
    expect(set.session.snapshot.flow).to.deep.equal({ state: 'consent', method: 'photo' });
    expect(set.seen).to.deep.equal(['preparing', 'consent']);
    set.session.back();
    expect(set.session.snapshot.flow.state).to.equal('choose');
  });

  it('hears in the middle of its way that the first page ended it', async () => {
    const set = phone(backendWith({ method: 'photo' }, 'sender'));
    set.session.open();
    await waitUntil(() => set.photo.hosts.length && set.session.snapshot.run);
    set.photo.hosts[0]?.begin();
    await reach(set.session, 'awaiting');
    set.backend.move('cancelled');
    await reach(set.session, 'cancelled');
  });

  it('is where it was after a reload', async () => {
    const backend = backendWith({ method: 'photo' }, 'sender');
    const first = phone(backend);
    first.session.open();
    await reach(first.session, 'consent');
    first.controller.abort();
    const entries = async () => [methodOf('wallet').entry, methodOf('photo').entry];
    const second = setUp(backend, { entries }, { profile: first.profile });
    second.session.open();
    await reach(second.session, 'consent');
    expect(second.session.snapshot.flow).to.deep.equal({ state: 'consent', method: 'photo' });
  });

  it('shows which availableMethods are open where it cannot go that one', async () => {
    const closed = { usable: false, code: 'unavailable/no_camera' } as const;
    const set = phone(backendWith({ method: 'photo' }, 'sender'), closed);
    set.session.open();
    await reach(set.session, 'choose');
    expect(
      set.session.snapshot.availableMethods.map(({ availability }) => availability),
    ).to.deep.equal([{ usable: true }, closed]);
  });

  it('begins at the beginning where no way was named', async () => {
    const set = phone(backendWith({}, 'sender'));
    set.session.open();
    await reach(set.session, 'intro');
  });
});

describe('the page that was there first', () => {
  it('names its way when it lets a phone take over', async () => {
    const backend = backendWith({});
    backend.status = {};
    const moves: TransferCalls[] = [];
    const photo = methodOf('photo');
    const set = setUp(backend, {
      entries: async () => [methodOf('wallet').entry, photo.entry],
      loadTransfer: async () => moduleOf(moves),
    });
    set.session.open();
    await reach(set.session, 'intro');
    set.session.begin();
    await waitUntil(() => set.session.snapshot.availableMethods.length);
    set.session.choose('photo');
    await waitUntil(() => photo.hosts.length);
    const answer = {
      link: `https://shop.example/#id-verify=${backend.id}.${'t'.repeat(43)}`,
      code: '83',
      now: Date.now(),
      expiresAt: Date.now() + 60_000,
    };
    backend.faults['POST transfer'] = () => Response.json(answer);
    photo.hosts[0]?.transfer?.();
    await waitUntil(() => moves.length);
    expect(await moves[0]?.grant()).to.deep.equal(answer);
    const { bytes = '' } = backend.bodies.find(({ call }) => call === 'POST transfer') ?? {};
    expect(JSON.parse(bytes).method).to.equal('photo');
  });

  it('follows after a reload, and goes on its way when the session comes back', async () => {
    const backend = backendWith({ method: 'photo' }, 'follower');
    const moves: TransferCalls[] = [];
    const photo = methodOf('photo');
    const set = setUp(
      backend,
      {
        entries: async () => [methodOf('wallet').entry, photo.entry],
        loadTransfer: async () => moduleOf(moves),
      },
      { token: `${backend.id}.${'m'.repeat(43)}` },
    );
    set.session.open();
    await waitUntil(() => moves.length);
    expect(set.session.snapshot.flow).to.deep.equal({ state: 'awaiting', method: 'photo' });
    backend.status = { role: 'sole' };
    backend.faults['DELETE transfer'] = () => Response.json(backend.currentStatus());
    await moves[0]?.takeBack();
    set.session.back();
    await waitUntil(() => photo.hosts.length);
    expect(set.session.snapshot.flow).to.deep.equal({ state: 'consent', method: 'photo' });
  });
});

describe('a profile that lets a phone take over', () => {
  const NO_API: Availability = { usable: false, code: 'unavailable/no_api' };

  async function offeredOn(userAgent?: string) {
    const backend = new Backend();
    backend.view = {
      methods: [{ method: 'wallet' }, { method: 'jpki', app: { ja: 'アプリ' } }],
      transferable: true,
    };
    const entries = [methodOf('wallet', NO_API).entry, methodOf('jpki').entry];
    pretend(userAgent);
    try {
      const { session } = setUp(backend, { entries: async () => entries });
      session.open();
      await waitUntil(() => session.snapshot.availableMethods.length > 0);
      return session.snapshot.availableMethods.map(
        ({ offer, availability }) => `${offer.method} ${availability.usable}`,
      );
    } finally {
      pretend();
    }
  }

  it('opens what a desktop lacks', async () => {
    expect(await offeredOn()).to.deep.equal(['wallet true', 'jpki true']);
  });

  it('is no way on where this is the phone: what works here is first, the wallet closed', async () => {
    for (const userAgent of Object.values(USER_AGENTS)) {
      expect(await offeredOn(userAgent)).to.deep.equal(['jpki true', 'wallet false']);
    }
  });
});
