import assert from 'node:assert/strict';
import { it } from 'node:test';
import { coreOf, NOW, openSession } from '../../test/verifier/core.ts';
import type { OutcomeRecord } from '../store/store.ts';
import { eraseSubject } from './erasure.ts';

const outcome: OutcomeRecord = {
  method: 'wallet',
  checks: [],
  crossDevice: false,
  assurance: 'ic-chip-and-holder' as OutcomeRecord['assurance'],
  evidenceSeq: 0,
  verifiedAt: 1_000,
};
const because = { law: 'jp-aml', clause: 'the clause' } as unknown as NonNullable<
  OutcomeRecord['legalBasis']
>;

it('erases what is the member’s, and keeps what a law obliges to keep', async () => {
  const { core, log } = coreOf();
  const owed = { state: 'done', outcome: { ...outcome, legalBasis: because } } as const;
  await core.store.create(openSession({ id: 'open' }));
  await core.store.create(openSession({ id: 'without a law', state: 'done', outcome }));
  await core.store.create(openSession({ id: 'owed', ...owed }));
  await core.store.create(openSession({ id: 'refused', ...owed, state: 'failed' }));
  await core.store.create(openSession({ id: 'of another', subject: 'member-2' }));
  const { erased, kept } = await eraseSubject(core, 'member-1');
  assert.deepEqual(erased.toSorted(), ['open', 'refused', 'without a law']);
  assert.deepEqual(kept, [{ sessionId: 'owed', because, until: NOW + 6_000_000 }]);
  assert.equal(await core.store.get('open'), undefined);
  assert.ok(await core.store.get('owed'));
  assert.ok(await core.store.get('of another'));
  assert.deepEqual(log.map(({ session }) => session).toSorted(), erased.toSorted());
});
