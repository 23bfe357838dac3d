/** Text from the server is text: no markup, no scripts, no links but those a browser may follow. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deployed } from './setting.ts';
import { tag, Visit } from './visit.ts';

const { browser, site } = await deployed();

const MARKUP = '<img src=x onerror=globalThis.pwned=1><script>globalThis.pwned=1</script>';

/** A JSON answer with some of its members replaced, wherever they are. */
const replaced =
  (members: Readonly<Record<string, unknown>>) =>
  (answer: string): string =>
    JSON.stringify(JSON.parse(answer), (name, value) => members[name] ?? value);

async function visit(members: Readonly<Record<string, unknown>>, calls: RegExp): Promise<Visit> {
  site.front.weather = ({ path }) => (calls.test(path) ? { alter: replaced(members) } : undefined);
  const tab = await Visit.start(browser, site.wallet);
  return tab.open(site.front.origin + site.front.page(tag()));
}

/** Elements that only markup could have made. */
const intruders = (tab: Visit): Promise<number> =>
  tab.read(
    `document.querySelector('id-verify').shadowRoot.querySelectorAll('img, script, iframe, [onerror]').length`,
  );

describe('neg-66 markup is shown as text', () => {
  it('in purposes', async () => {
    const tab = await visit({ purpose: { ja: MARKUP } }, /\/(sessions|claim)$/);
    await tab.reach('consent');
    assert.ok((await tab.words()).includes(MARKUP));
    assert.equal(await intruders(tab), 0);
    assert.equal(await tab.read('globalThis.pwned'), undefined);
    await tab.close();
  });

  it('in what was read, of all places', async () => {
    const tab = await visit({}, /\/review$/);
    site.front.weather = ({ path }) =>
      path.endsWith('/review')
        ? { alter: (answer) => answer.replace('〇〇県△△市□□町1-2-3', MARKUP) }
        : undefined;
    await tab.approve();
    await tab.reach('review');
    assert.ok((await tab.words()).includes(MARKUP));
    assert.equal(await intruders(tab), 0);
    assert.equal(await tab.read('globalThis.pwned'), undefined);
    // The confirmation covers what was shown, so what was altered on the way is not confirmed.
    await tab.press();
    await tab.reach('failed');
    assert.deepEqual(await tab.heardOf('result'), []);
    await tab.close();
  });

  it('in a relying party whose name is not the certificate’s: nothing is asked', async () => {
    const tab = await visit({ name: { ja: MARKUP } }, /\/(sessions|claim)$/);
    await tab.reach('failed');
    assert.equal((await tab.heardOf('error'))[0]?.code, 'config/reader_name');
    assert.equal(await intruders(tab), 0);
    await tab.close();
  });
});

describe('neg-67 a link that is none', () => {
  for (const link of ['javascript:globalThis.pwned=1', 'data:text/html,x', 'myapp://steal']) {
    it(`${link} is refused with the answer that holds it`, async () => {
      const relyingParty = { name: { ja: '株式会社サンプル' }, privacyPolicy: link };
      const tab = await visit({ relyingParty }, /\/sessions$/);
      await tab.reach('failed');
      assert.match(String((await tab.heardOf('error'))[0]?.code), /^blocked\//);
      const links = `document.querySelector('id-verify').shadowRoot.querySelectorAll('a[href]').length`;
      assert.equal(await tab.read(links), 0);
      await tab.close();
    });
  }
});

describe('neg-65, neg-69 where the calls go', () => {
  it('an answer that redirects elsewhere is not followed', async () => {
    const opened = () => site.log.filter((line) => line.includes('session.opened')).length;
    const before = opened();
    const tab = await Visit.start(browser, site.wallet);
    site.front.weather = ({ path }) =>
      path.endsWith('/sessions')
        ? {
            status: 307,
            type: 'text/plain',
            body: '',
            location: `${site.server}/id-verify/sessions`,
          }
        : undefined;
    await tab.open(site.front.origin + site.front.page(tag()));
    await tab.reach('failed');
    assert.equal((await tab.heardOf('error'))[0]?.code, 'blocked/redirect');
    assert.equal(opened(), before);
    await tab.close();
  });

  it('an endpoint swapped in mid-flow changes nothing until the flow has ended', async () => {
    const tab = await Visit.start(browser, site.wallet);
    await tab.open(site.front.origin + site.front.page(tag()));
    await tab.reach('consent');
    await tab.read(
      `document.querySelector('id-verify').endpoint = 'https://attacker.example/id-verify'`,
    );
    await tab.read(`document.querySelector('id-verify').setAttribute('profile', 'age20')`);
    await tab.approve();
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    assert.ok(tab.requested.every((url) => url.startsWith(site.front.origin)));
    await tab.close();
  });
});
