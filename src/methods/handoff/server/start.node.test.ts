import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions, testProvider } from '../../../../test/handoff/phone.ts';
import { handoffOf, handoffSite, start } from '../../../../test/handoff/site.ts';
import { json, Page, post, refused } from '../../../../test/verifier/harness.ts';
import type { SessionRecord } from '../../../store/store.ts';
import type { HandoffAnswer } from '../../../wire/contract.ts';
import { readRecord } from './exchange.ts';

const recordsOf = async (page: Page) => {
  const session = (await page.site.store.get(page.view.id)) as SessionRecord;
  return session.exchanges.map(readRecord);
};

describe('a handoff that starts', () => {
  it('has three codes that differ, the one to find among them, and three links', async () => {
    const page = await Page.open(handoffSite());
    const { code, links, rotating } = await start(page);
    const [record] = await recordsOf(page);
    assert.equal(new Set(record?.choices).size, 3);
    assert.equal(record?.choices.includes(code), true);
    assert.equal(rotating, false);
    assert.equal(new Set(Object.values(links)).size, 3);
    assert.deepEqual(Object.keys(links).toSorted(), ['copy', 'here', 'qr']);
  });

  it('offers no link to copy where profile or operator want one that turns', async () => {
    const methods = { jpki: { rotating: 'required' } } as const;
    const providers = [testProvider({ rotating: true })];
    for (const shop of [
      handoffSite({}, { methods }),
      handoffSite({ handoff: handoffOptions({ providers }) }),
    ]) {
      const page = await Page.open(shop);
      const { links, rotating } = await start(page);
      assert.deepEqual([rotating, links.copy], [true, undefined]);
      const [record] = await recordsOf(page);
      assert.equal(record?.rotating?.link, links.qr);
    }
  });

  it('takes the place of one that nobody has opened, and of no other', async () => {
    const page = await Page.open(handoffSite());
    await start(page);
    const newest = await start(page, 'ic-chip');
    const [first] = await recordsOf(page);
    assert.deepEqual([first?.phase, first?.reason], ['replaced', 'incomplete/replaced']);
    assert.equal((await handoffOf(page)).id, newest.id);
    const session = (await page.site.store.get(page.view.id)) as SessionRecord;
    const exchanges = session.exchanges.map((exchange) =>
      exchange.id === newest.id
        ? { ...exchange, data: { ...Object(exchange.data), phase: 'in_app' } }
        : exchange,
    );
    const changed = { session: { ...session, exchanges } };
    await page.site.store.transition(session.id, session.version, changed);
    await start(page);
    assert.equal((await recordsOf(page))[1]?.phase, 'in_app');
  });

  it('is of a rung the profile has', async () => {
    const page = await Page.open(handoffSite({}, { methods: { jpki: {} } }));
    const other = await page.call('handoff', post({ rung: 'ic-chip' }));
    await refused(other, 403, 'policy/method');
    await refused(await page.call('handoff', post({ rung: 'fax' })), 400, 'malformed/request');
    assert.equal(
      (await json<HandoffAnswer>(await page.call('handoff', post({ rung: 'jpki' })))).rung,
      'jpki',
    );
  });
});
