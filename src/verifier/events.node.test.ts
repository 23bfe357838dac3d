import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Page, refused, site } from '../../test/verifier/harness.ts';
import type { SessionStatus } from '../wire/contract.ts';

const MINUTE = 60_000;

describe('following', () => {
  it('tells each status as it comes and ends with the session', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const stream = await page.call('events');
    assert.equal(stream.headers.get('content-type'), 'text/event-stream');
    const text = stream.text();
    await page.evidence(await page.present(await page.requests()));
    await page.confirm();
    const states = [...(await text).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => {
      const status: SessionStatus = JSON.parse(data);
      return status.ref ? `${status.state} with ref` : status.state;
    });
    assert.equal(states[0], 'awaiting');
    assert.ok(states.includes('review'));
    assert.equal(states.at(-1), 'done with ref');
    assert.doesNotMatch(await text, /番号|花子/);
  });

  it('ends when the session expires, though nobody sweeps', async () => {
    const shop = site();
    const page = await Page.open(shop);
    shop.clock.ahead = 15 * MINUTE - 50;
    const text = await (await page.call('events')).text();
    assert.match(text, /"state":"expired"/);
  });

  it('ends when the page leaves or the verifier closes', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const [leaving, staying] = [await page.call('events'), await page.call('events')];
    await leaving.body?.cancel();
    const text = staying.text();
    shop.verifier.close();
    assert.match(await text, /"state":"awaiting"/);
    await refused(await page.call(''), 503, 'unavailable/closing');
  });
});
