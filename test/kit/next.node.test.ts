/**
 * `demo/examples/next`: the server renders the markup, React takes it over as it stands, and the
 * element has everything nevertheless.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ja } from '../../src/screens/first/ja.ts';
import { ja as later } from '../../src/screens/later/ja.ts';
import { press, says } from '../e2e/handoff.ts';
import { exampleOf } from './example.ts';
import { goByWallet } from './person.ts';

describe('Next.js, where a server renders the page', () => {
  const app = exampleOf('next');

  it('the markup holds what the element is told', async () => {
    const markup = await (await fetch(app.origin)).text();
    assert.match(
      markup,
      /<id-verify endpoint="\/id-verify" profile="identity" methods="wallet jpki"/,
    );
  });

  it('offers the methods named there, after React has taken the page over', async () => {
    const page = await app.open();
    await page.locator('id-verify').hover();
    await press(page, ja.intro.begin);
    const offered = await says(page, later.methods.jpki.title);
    assert.match(offered, new RegExp(later.methods.wallet.title));
    assert.doesNotMatch(offered, new RegExp(later.methods['ic-chip'].title));
  });

  it('hears the event by its ref; who comes late finds what happened, and no event twice', async () => {
    const page = await app.open();
    await goByWallet(page, 'ja');
    await page.waitForFunction(() => document.querySelector('output')?.textContent === 'verified');
    const late = await page.$eval('id-verify', async (element) => {
      const heard: string[] = [];
      for (const name of ['id-verify-result', 'id-verify-state', 'id-verify-error'] as const)
        element.addEventListener(name, () => heard.push(name));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { state, error, value } = element;
      const sent = new FormData(element.closest('form') ?? undefined).get('ref');
      return { heard, state, error: error?.code ?? 'none', isSent: value !== '' && value === sent };
    });
    assert.deepEqual(late, { heard: [], state: 'done', error: 'none', isSent: true });
  });

  it('ends with verified on the server', async () => {
    const page = await app.open();
    await goByWallet(page, 'ja');
    await Promise.all([page.waitForNavigation(), page.click('form > button')]);
    assert.match(app.printed(), /^verified wallet 番号\s花子$/mu);
  });
});
