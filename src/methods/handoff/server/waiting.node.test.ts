import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions } from '../../../../test/handoff/phone.ts';
import { exchangeOf, recordOf } from '../../../../test/handoff/record.ts';
import { deploymentOf } from '../../../../test/verifier/core.ts';
import { checkHandoff } from './config.ts';
import { rotatingLink } from './rotating.ts';
import { waiting } from './waiting.ts';

const at = (now: number) => {
  const deployment = deploymentOf({}, { now: () => now });
  return { ...waiting(checkHandoff(deployment, handoffOptions())), crypto: deployment.crypto };
};
const link = 'https://shop.test/h/token';
const rotating = { link, stream: 'stream secret', poll: 'poll secret' };

describe('what a waiting page is told', () => {
  it('is nothing where nothing was handed off', async () => {
    const { status, payload, changesAt } = at(0);
    assert.equal(status([]), undefined);
    assert.equal(await payload([], 'poll'), undefined);
    assert.equal(changesAt([]), undefined);
  });

  it('is a link of this second, by the secret of its channel, while nobody opened it', async () => {
    const { payload, changesAt, crypto } = at(2_500);
    const exchanges = [exchangeOf(recordOf({ rotating }))];
    for (const channel of ['stream', 'poll'] as const) {
      const expected = await rotatingLink(crypto, link, rotating[channel], 2);
      assert.equal(await payload(exchanges, channel), expected);
    }
    assert.equal(changesAt(exchanges), 3_000);
    const opened = [exchangeOf(recordOf({ rotating, phase: 'in_app' }))];
    assert.equal(await payload(opened, 'poll'), undefined);
    assert.equal(changesAt(opened), 300_000);
  });

  it('does not turn where the link is a plain one, or over', async () => {
    const plain = [exchangeOf(recordOf())];
    assert.equal(await at(0).payload(plain, 'poll'), undefined);
    assert.equal(at(0).changesAt(plain), 300_000);
    for (const over of [recordOf({ rotating, expiresAt: 10 }), recordOf({ phase: 'declined' })]) {
      assert.equal(await at(10).payload([exchangeOf(over)], 'poll'), undefined);
      assert.equal(at(10).changesAt([exchangeOf(over)]), undefined);
    }
    assert.equal(at(10).status([exchangeOf(recordOf({ expiresAt: 10 }))])?.phase, 'expired');
  });
});
