/** Reloads, second tabs, elements that come and go: the person goes on where they were. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WalletAnswer } from '../../src/wire/contract.ts';
import { deployed } from './setting.ts';
import { eventually, tag, Visit } from './visit.ts';

const { browser, site } = await deployed();

async function visit(html = tag()): Promise<Visit> {
  const tab = await Visit.start(browser, site.wallet);
  return tab.open(site.front.origin + site.front.page(html));
}

const session = (tab: Visit): Promise<string> =>
  tab.read(`document.querySelector('id-verify').sessionId`);

/** Evidence the server has taken in, for one session. */
const held = (id: string): number =>
  site.log.filter((line) => line.includes(`"evidence.held","session":"${id}"`)).length;

describe('a reload', () => {
  it('at consent: the same session, verified', async () => {
    const tab = await visit();
    await tab.reach('consent');
    const id = await session(tab);
    // A reload within the first moments begins again: the key must be registered first.
    await eventually(() =>
      site.log.some((line) => line.includes(`session.claimed","session":"${id}`)),
    );
    await tab.page.reload();
    await tab.reach('consent');
    assert.equal(await session(tab), id);
    await tab.approve();
    assert.equal((await site.redeem(await tab.confirm())).sessionId, id);
    await tab.close();
  });

  it('while the sheet is open: asked again, and nothing was sent', async () => {
    const tab = await visit();
    await tab.reach('consent');
    const id = await session(tab);
    await tab.virtualWallet({ action: 'wait' });
    await tab.press();
    await tab.reach('awaiting');
    await tab.page.reload();
    await tab.reach('consent');
    assert.deepEqual([await session(tab), held(id)], [id, 0]);
    await tab.approve();
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    await tab.close();
  });

  it('after the evidence was sent, before its answer came: straight to the review', async () => {
    site.front.weather = ({ path }) => (path.endsWith('/evidence') ? 'answer-held' : undefined);
    const tab = await visit();
    await tab.approve();
    await tab.until(`document.querySelector('id-verify').state === 'submitting'`);
    const id = await session(tab);
    await eventually(() => held(id) === 1);
    site.front.weather = () => undefined;
    await tab.page.reload();
    await tab.reach('review');
    assert.deepEqual([await session(tab), held(id)], [id, 1]);
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    await tab.close();
  });

  it('at the review: the review is back, and is what gets confirmed', async () => {
    const tab = await visit();
    await tab.approve();
    await tab.reach('review');
    await tab.page.reload();
    await tab.reach('review');
    assert.match(await tab.words(), /番号.花子/);
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    await tab.close();
  });

  it('after the end: a new session, the old result stays', async () => {
    const tab = await visit();
    await tab.approve();
    const ref = await tab.confirm();
    const id = await session(tab);
    await tab.page.reload();
    await tab.reach('consent');
    assert.notEqual(await session(tab), id);
    assert.equal((await site.redeem(ref)).status, 'verified');
    await tab.close();
  });
});

describe('two tabs', () => {
  it('the newer one goes on; the older one says so and cannot send', async () => {
    const first = await visit();
    await first.reach('consent');
    await first.until(`indexedDB.databases().then(({ length }) => length > 0)`);
    const id = await session(first);
    await eventually(() =>
      site.log.some((line) => line.includes(`session.claimed","session":"${id}`)),
    );
    const second = await first.another();
    await second.open(first.page.url());
    await second.reach('consent');
    assert.equal(await session(second), id);
    await first.reach('failed');
    assert.deepEqual(await first.heardOf('error'), [
      { code: 'incomplete/replaced', retryable: false },
    ]);
    await second.page.bringToFront();
    await second.approve();
    assert.equal((await site.redeem(await second.confirm())).status, 'verified');
    assert.deepEqual(await first.heardOf('result'), []);
    await first.close();
  });
});

describe('the page moves the element about', () => {
  it('two elements are two sessions, each with its own result', async () => {
    const both = tag('id="one" profile="identity" methods="wallet"').replace(
      '</html>',
      '<id-verify id="two" profile="age20" methods="wallet"></id-verify></html>',
    );
    const tab = await visit(both);
    const ids = [];
    for (const element of ['#one', '#two']) {
      await tab.read(`document.querySelector('${element}').scrollIntoView()`);
      await tab.reach('consent', element);
      ids.push(await tab.read(`document.querySelector('${element}').sessionId`));
    }
    assert.equal(new Set(ids).size, 2);
    // Requests of both were fetched, whichever came first; each is answered with its own.
    const all = await tab.allAsked();
    const asksAge = (answer: WalletAnswer): boolean => {
      const [request] = answer.requests;
      assert.ok(request);
      const described = site.wallet.describe(request, { origin: site.front.origin });
      return JSON.stringify(described).includes('age_over_20');
    };
    for (const [element, asked, profile] of [
      ['#two', all.find(asksAge), 'age20'],
      ['#one', all.find((answer) => !asksAge(answer)), 'identity'],
    ] as const) {
      await tab.prepare({}, asked);
      await tab.press(undefined, element);
      const ref = await tab.confirm(element);
      assert.equal((await site.redeem(ref, profile)).status, 'verified');
      const other = profile === 'identity' ? 'age20' : 'identity';
      assert.equal((await site.redeem(ref, other)).code, 'policy/profile');
    }
    await tab.close();
  });

  it('removed and added again: the same session goes on', async () => {
    const tab = await visit();
    await tab.reach('consent');
    const id = await session(tab);
    await tab.read(`globalThis.kept = document.querySelector('id-verify'); kept.remove()`);
    await tab.read(`document.body.append(kept)`);
    await tab.reach('consent');
    assert.equal(await session(tab), id);
    await tab.approve();
    await tab.reach('review');
    await tab.read(`kept.remove()`);
    assert.doesNotMatch(await tab.read<string>('kept.shadowRoot.textContent'), /花子/);
    await tab.read(`document.body.append(kept)`);
    await tab.reach('review');
    await tab.until(`kept.shadowRoot.querySelector('.panel').innerText.includes('花子')`);
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    await tab.close();
  });

  it('removed while the sheet is open: the call is aborted, and can be made again', async () => {
    const tab = await visit();
    await tab.reach('consent');
    await tab.virtualWallet({ action: 'wait' });
    await tab.press();
    await tab.reach('awaiting');
    await tab.read(`globalThis.kept = document.querySelector('id-verify'); kept.remove()`);
    await tab.read(`document.body.append(kept)`);
    await tab.approve();
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    await tab.close();
  });
});
