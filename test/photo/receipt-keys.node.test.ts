/** The key of receipts is replaced while sessions are under way, one machine after the other. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStore } from '../../src/verifier/index.ts';
import { Photographer, photoProfile, photoSite, picture } from './photographer.ts';

const [before, next] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];

/** Two machines on one store; the first takes the pictures but the last, the second that and the rest. */
async function across(
  first: Parameters<typeof photoSite>[1],
  second: Parameters<typeof photoSite>[1],
) {
  const store = memoryStore();
  const machine = (changes: typeof first) =>
    photoSite(
      { ...photoProfile, methods: { photo: { ...photoProfile.methods.photo, gestures: 0 } } },
      { ...changes, store },
    );
  const photographer = await Photographer.open(machine(first));
  await photographer.takeAll();
  Object.assign(photographer.page, { site: machine(second) });
  await photographer.shoot({ key: 'front', step: 'front' }, picture());
  return photographer.send();
}

describe('a new key of receipts', () => {
  it('is announced, then signs, and the one before still counts', async () => {
    const announced = { photo: { receiptKey: before, otherReceiptKeys: [next] } };
    const replaced = { photo: { receiptKey: next, otherReceiptKeys: [before] } };
    for (const [first, second] of [
      [announced, replaced],
      [replaced, announced],
      [announced, announced],
    ] as const) {
      assert.equal((await across(first, second)).outcome, 'pending');
    }
  });

  it('is another key where it was not announced', async () => {
    const { code } = await across(
      { photo: { receiptKey: before } },
      { photo: { receiptKey: next } },
    );
    assert.equal(code, 'digest/receipt');
  });
});
