/** `id-verify/store-conformance`: what every `Store` must do, as tests. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { EvidenceRecord, ImageRecord, SessionRecord, Store } from './store.ts';

export const aSession = (changes: Partial<SessionRecord> = {}): SessionRecord => ({
  id: 'a'.repeat(22),
  version: 0,
  state: 'awaiting',
  subject: 'member-1',
  profile: 'identity',
  origin: 'https://site.example',
  environment: 'test',
  methods: ['wallet'],
  challenge: 'c'.repeat(43),
  createdAt: 1_000,
  expiresAt: 10_000,
  eraseAt: 20_000,
  openingHash: 'o'.repeat(43),
  keys: [],
  seq: 0,
  prev: 'c'.repeat(43),
  attemptsLeft: 5,
  exchanges: [
    {
      id: 'q1',
      method: 'wallet',
      createdAt: 1_000,
      answerableUntil: 10_000,
      data: { key: 'PRIVATE' },
    },
  ],
  answers: [],
  ...changes,
});

export const someEvidence = (seq: number): EvidenceRecord => ({
  seq,
  method: 'wallet',
  receivedAt: 2_000,
  hash: `h${seq}`,
  envelope: Uint8Array.of(1, 2, seq),
  checks: [{ id: 'mdoc.digests', outcome: 'passed' }],
  proof: { request: 'q1' },
});

const anImage = (hash: string): ImageRecord => ({
  hash,
  type: 'image/jpeg',
  bytes: Uint8Array.of(9, 8),
  receivedAt: 3_000,
  sender: 'a key',
  print: `print of ${hash}`,
});

const name = (value: string) => new TextEncoder().encode(value);

/**
 * Runs the suite, as tests of `node:test`.
 * @param open a fresh, empty store
 * @param another opens the data of the one opened last once more, as another process would; for a
 *   store that is `shared`
 */
export function storeConformance(
  title: string,
  open: () => Store | Promise<Store>,
  another?: () => Store | Promise<Store>,
): void {
  describe(`${title}: store`, () => {
    let store: Store;
    const session = aSession();
    const { id } = session;

    beforeEach(async () => {
      store = await open();
      await store.create(session);
    });
    afterEach(() => store.close());

    it('keeps what it is given and nothing of what is changed outside', async () => {
      const first = await store.get(id);
      assert.deepEqual(first, session);
      assert.notEqual(first, await store.get(id));
      assert.equal(await store.get('b'.repeat(22)), undefined);
    });

    it('refuses a second session of the same id', async () => {
      await assert.rejects(store.create(aSession({ subject: 'other' })), { code: 'config/store' });
      assert.equal((await store.get(id))?.subject, 'member-1');
    });

    it('writes state, evidence and personal data together', async () => {
      const personal = [{ name: 'claim/name', value: name('山田 花子'), eraseAt: 15_000 }];
      const change = { session: { ...session, seq: 1 }, evidence: someEvidence(0), personal };
      const next = await store.transition(id, 0, change);
      assert.equal(next?.version, 1);
      assert.deepEqual(await store.get(id), { ...session, seq: 1, version: 1 });
      assert.deepEqual(await store.evidence(id), [someEvidence(0)]);
      assert.deepEqual(await store.personal(id), personal);
    });

    it('writes nothing at all against a version that has passed', async () => {
      await store.transition(id, 0, { session: { ...session, seq: 1 } });
      const late = { session: { ...session, seq: 9 }, evidence: someEvidence(9), personal: [] };
      assert.equal(await store.transition(id, 0, late), undefined);
      assert.equal((await store.get(id))?.seq, 1);
      assert.deepEqual(await store.evidence(id), []);
      assert.equal(await store.transition('b'.repeat(22), 0, late), undefined);
    });

    it('writes nothing if a part of the write fails', async () => {
      await store.transition(id, 0, { session, evidence: someEvidence(0) });
      const unwritable = Object.defineProperty({ ...session }, 'subject', {
        enumerable: true,
        get: () => {
          throw new Error('cannot be read');
        },
      });
      await assert.rejects(store.transition(id, 1, { session: unwritable, personal: [] }));
      assert.equal((await store.get(id))?.version, 1);
    });

    it('lets exactly one of many racers win', async () => {
      const racers = Array.from({ length: 50 }, (_, seq) =>
        store.transition(id, 0, { session: { ...session, seq }, evidence: someEvidence(seq) }),
      );
      const winners = (await Promise.all(racers)).filter((won) => won !== undefined);
      assert.equal(winners.length, 1);
      const [evidence, ...more] = await store.evidence(id);
      assert.equal(evidence?.seq, winners[0]?.seq);
      assert.deepEqual(more, []);
    });

    it('keeps an image once, however often it is sent', async () => {
      const image = anImage('x');
      assert.equal(await store.putImage(id, image, 2), 'stored');
      assert.equal(await store.putImage(id, { ...image, receivedAt: 4_000 }, 2), 'stored');
      assert.deepEqual(await store.getImage(id, 'x'), image);
      assert.equal(await store.getImage(id, 'y'), undefined);
      assert.equal(await store.putImage('b'.repeat(22), image, 2), 'closed');
    });

    it('keeps an image of the key that sent it last, and at a move those of one key', async () => {
      const [x, y] = [anImage('x'), anImage('y')];
      await store.putImage(id, x, 2);
      await store.putImage(id, y, 2);
      const other = { ...x, sender: 'another', receivedAt: 4_000 };
      assert.equal(await store.putImage(id, other, 2), 'stored');
      assert.deepEqual(await store.getImage(id, 'x'), other);
      await store.transition(id, 0, { session, images: { only: 'a key' } });
      assert.equal(await store.getImage(id, 'x'), undefined);
      assert.deepEqual(await store.getImage(id, 'y'), y);
    });

    it('takes no more images than it may, however many come at once', async () => {
      const racers = Array.from({ length: 9 }, (_, index) =>
        store.putImage(id, anImage(`x${index}`), 4),
      );
      const outcomes = await Promise.all(racers);
      assert.equal(outcomes.filter((outcome) => outcome === 'stored').length, 4);
      assert.equal(outcomes.filter((outcome) => outcome === 'full').length, 5);
      assert.equal(await store.putImage(id, anImage('x0'), 4), 'stored', 'it is there already');
    });

    it('takes no image for a session that waits for none', async () => {
      await store.transition(id, 0, { session: { ...session, state: 'cancelled' } });
      assert.equal(await store.putImage(id, anImage('x'), 4), 'closed');
      assert.equal(await store.getImage(id, 'x'), undefined);
    });

    it('keeps the images it is told to, until their time, and erases the others', async () => {
      for (const hash of ['x', 'y', 'z']) await store.putImage(id, anImage(hash), 9);
      const kept = { keep: ['x', 'z'], eraseAt: 9_000 };
      await store.transition(id, 0, { session: { ...session, exchanges: [] }, images: kept });
      assert.deepEqual(await store.getImage(id, 'x'), anImage('x'));
      assert.equal(await store.getImage(id, 'y'), undefined);
      await store.sweep(8_999);
      assert.deepEqual(await store.getImage(id, 'z'), anImage('z'));
      await store.sweep(9_000);
      assert.equal(await store.getImage(id, 'x'), undefined);
      assert.equal((await store.get(id))?.state, 'awaiting');
    });

    it('remembers by what it shows which session used an image first, and for how long', async () => {
      const other = aSession({ id: 'b'.repeat(22) });
      await store.create(other);
      const use = async (by: SessionRecord, keep: string[], rememberUntil: number) => {
        const { version = 0 } = (await store.get(by.id)) ?? {};
        for (const hash of keep) await store.putImage(by.id, anImage(hash), 9);
        const images = { keep, eraseAt: 15_000, rememberUntil };
        await store.transition(by.id, version, { session: by, images });
      };
      assert.equal(await store.imageUse('print of x'), undefined);
      await use(session, ['x', 'y'], 30_000);
      await use(other, ['x'], 40_000);
      assert.equal(await store.imageUse('print of x'), id, 'the first');
      await store.sweep(20_000);
      assert.equal(await store.get(id), undefined, 'the session is gone');
      assert.equal(await store.imageUse('print of x'), id, 'and still remembered');
      await store.sweep(30_000);
      assert.equal(await store.imageUse('print of x'), undefined);
    });

    it('forgets the use of images with the session that is erased on demand', async () => {
      const images = { keep: ['x'], eraseAt: 15_000, rememberUntil: 30_000 };
      await store.putImage(id, anImage('x'), 9);
      await store.transition(id, 0, { session, images });
      await store.erase(id);
      assert.equal(await store.imageUse('print of x'), undefined);
    });

    it('lists what waits for a reviewer, the oldest first', async () => {
      const make = (letter: string, changes: Partial<SessionRecord>) =>
        store.create(aSession({ id: letter.repeat(22), ...changes }));
      await make('c', { state: 'pending', createdAt: 3_000 });
      await make('d', { state: 'pending', createdAt: 2_000 });
      await make('e', { state: 'review', createdAt: 1_000 });
      const ids = async () => (await store.pending()).map((waiting) => waiting.id[0]);
      assert.deepEqual(await ids(), ['d', 'c']);
      const waiting = await store.get('d'.repeat(22));
      assert.ok(waiting);
      await store.transition(waiting.id, 0, { session: { ...waiting, state: 'done' } });
      assert.deepEqual(await ids(), ['c']);
    });

    it('finds the sessions of a member, the oldest first', async () => {
      const make = (letter: string, changes: Partial<SessionRecord>) =>
        store.create(aSession({ id: letter.repeat(22), subject: 'member-2', ...changes }));
      await make('c', { createdAt: 3_000 });
      await make('d', { createdAt: 2_000, state: 'done' });
      const found = await store.ofSubject('member-2');
      assert.deepEqual(
        found.map((session) => session.id[0]),
        ['d', 'c'],
      );
      assert.deepEqual(await store.ofSubject('member'), []);
    });

    it('erases every trace on demand', async () => {
      await store.transition(id, 0, {
        session,
        evidence: someEvidence(0),
        personal: [{ name: 'claim/name', value: name('x'), eraseAt: 15_000 }],
      });
      await store.putImage(id, anImage('x'), 9);
      await store.erase(id);
      assert.equal(await store.get(id), undefined);
      assert.deepEqual(await store.evidence(id), []);
      assert.deepEqual(await store.personal(id), []);
      assert.equal(await store.getImage(id, 'x'), undefined);
      await store.erase(id);
    });

    it('ends a live session at its time, with its keys, images and personal data', async () => {
      await store.putImage(id, anImage('x'), 9);
      await store.transition(id, 0, {
        session: { ...session, state: 'review' },
        evidence: someEvidence(0),
        personal: [{ name: 'claim/name', value: name('x'), eraseAt: 15_000 }],
      });
      assert.deepEqual(await store.sweep(9_999), { expired: 0, erased: 0 });
      assert.deepEqual(await store.sweep(10_000), { expired: 1, erased: 0 });
      const after = await store.get(id);
      assert.equal(after?.state, 'expired');
      assert.equal(after?.version, 2);
      assert.deepEqual(after?.exchanges, []);
      assert.equal(after?.openingHash, undefined);
      assert.deepEqual(await store.personal(id), []);
      assert.equal(await store.getImage(id, 'x'), undefined);
      assert.equal((await store.evidence(id)).length, 1);
      assert.deepEqual(await store.sweep(19_999), { expired: 0, erased: 0 });
      assert.deepEqual(await store.sweep(20_000), { expired: 0, erased: 1 });
      assert.equal(await store.get(id), undefined);
      assert.deepEqual(await store.evidence(id), []);
    });

    it('erases the keys of what nobody may answer any more, in a session that goes on', async () => {
      const [asked] = session.exchanges;
      assert.ok(asked);
      const early = { ...asked, id: 'q0', answerableUntil: 5_000 };
      await store.transition(id, 0, { session: { ...session, exchanges: [early, asked] } });
      await store.sweep(4_999);
      assert.equal((await store.get(id))?.exchanges.length, 2);
      assert.deepEqual(await store.sweep(5_000), { expired: 0, erased: 0 });
      const after = await store.get(id);
      assert.equal(after?.state, 'awaiting');
      assert.deepEqual(after?.exchanges, [asked]);
    });

    it('leaves a finished session alone, but forgets each value at its time', async () => {
      await store.transition(id, 0, {
        session: { ...session, state: 'done' },
        personal: [
          { name: 'claim/name', value: name('x'), eraseAt: 15_000 },
          { name: 'claim/address', value: name('y'), eraseAt: 12_000 },
        ],
      });
      await store.sweep(12_000);
      assert.equal((await store.get(id))?.state, 'done');
      assert.deepEqual(
        (await store.personal(id)).map((record) => record.name),
        ['claim/name'],
      );
    });

    it('tells a watcher of each change, and ends when the session is gone', async () => {
      const { seen, watching } = watcher(store, id);
      await until(() => seen.length === 1);
      await store.transition(id, 0, { session: { ...session, state: 'review' } });
      await until(() => seen.length === 2);
      await store.sweep(10_000);
      await until(() => seen.length === 3);
      await store.erase(id);
      await watching;
      assert.deepEqual(seen, ['0 awaiting', '1 review', '2 expired']);
    });

    it('stops watching on abort without an error', async () => {
      const controller = new AbortController();
      const watching = (async () => {
        for await (const _ of store.watch(id, controller.signal)) controller.abort();
      })();
      await watching;
    });

    describe('shared by several processes', { skip: another === undefined }, () => {
      let other: Store;
      beforeEach(async () => {
        assert.equal(store.shared, true, 'says so of itself');
        other = (await another?.()) ?? store;
      });
      afterEach(() => other.close());

      it('is one store: what one writes, the other reads', async () => {
        await store.transition(id, 0, { session: { ...session, state: 'review' } });
        assert.equal((await other.get(id))?.state, 'review');
        await other.erase(id);
        assert.equal(await store.get(id), undefined);
      });

      it('lets exactly one of many racers win, wherever they are', async () => {
        const racers = Array.from({ length: 40 }, (_, seq) =>
          (seq % 2 === 0 ? store : other).transition(id, 0, {
            session: { ...session, seq },
            evidence: someEvidence(seq),
          }),
        );
        const winners = (await Promise.all(racers)).filter((won) => won !== undefined);
        assert.equal(winners.length, 1);
        assert.equal((await other.evidence(id)).length, 1);
      });

      it('tells a watcher of what another process did', async () => {
        const { seen, watching } = watcher(other, id);
        await until(() => seen.length === 1);
        await store.transition(id, 0, { session: { ...session, state: 'review' } });
        await until(() => seen.length === 2);
        await store.erase(id);
        await watching;
        assert.deepEqual(seen, ['0 awaiting', '1 review']);
      });

      it('ends and erases each once, whoever sweeps', async () => {
        const ids = Array.from({ length: 30 }, (_, index) => `s${index}`.padEnd(22, '_'));
        for (const one of ids) await store.create(aSession({ id: one }));
        const swept = async (now: number) => {
          const parts = [];
          do parts.push(...(await Promise.all([store.sweep(now), other.sweep(now)])));
          while (parts.at(-1)?.more || parts.at(-2)?.more);
          return parts;
        };
        const sum = (parts: readonly { expired: number; erased: number }[]) => [
          parts.reduce((all, { expired }) => all + expired, 0),
          parts.reduce((all, { erased }) => all + erased, 0),
        ];
        assert.deepEqual(sum(await swept(10_000)), [31, 0]);
        assert.deepEqual(sum(await swept(20_000)), [0, 31]);
      });
    });
  });
}

/** Notes what a watcher is told. */
function watcher(store: Store, id: string) {
  const seen: string[] = [];
  const watching = (async () => {
    for await (const { state, version } of store.watch(id, AbortSignal.timeout(20_000))) {
      seen.push(`${version} ${state}`);
    }
  })();
  return { seen, watching };
}

async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; !is() && tries < 4_000; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.ok(is(), 'it never came');
}
