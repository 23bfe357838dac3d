/** Servers that die, answer nonsense, or cannot be reached: nothing acknowledged is lost or sent twice. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Weather } from './front.ts';
import { deployed } from './setting.ts';
import { eventually, tag, Visit } from './visit.ts';

const { browser, site } = await deployed();

async function visit(): Promise<Visit> {
  const tab = await Visit.start(browser, site.wallet);
  return tab.open(site.front.origin + site.front.page(tag()));
}

const session = (tab: Visit): Promise<string> =>
  tab.read(`document.querySelector('id-verify').sessionId`);

/** Bodies the page has sent to one call, and how many of them differ. */
function sent(id: string, call: 'evidence' | 'confirm'): { times: number; different: number } {
  const bodies = site.front.calls
    .filter(({ method, path }) => method === 'POST' && path.endsWith(`/${id}/${call}`))
    .map(({ body }) => body.toString('hex'));
  return { times: bodies.length, different: new Set(bodies).size };
}

/** What the server has taken in. */
const logged = (event: string, id: string): number =>
  site.log.filter((line) => line.includes(`"${event}","session":"${id}"`)).length;

/** The weather for the first so many matching calls. */
function storm(call: string, count: number, weather: Weather): void {
  let left = count;
  site.front.weather = ({ method, path }) =>
    method === 'POST' && path.endsWith(`/${call}`) && left-- > 0 ? weather : undefined;
}

describe('the server is killed and started again', () => {
  // One that fails in between leaves the next ones their server.
  afterEach(() => site.start());

  it('while the person reads what will be sent: the request still counts', async () => {
    const tab = await visit();
    await tab.reach('consent');
    const id = await session(tab);
    await tab.until(
      `document.querySelector('id-verify').shadowRoot.querySelector('[part="primary"]').ariaDisabled === null`,
    );
    await eventually(() => logged('session.claimed', id) === 1);
    await site.kill('SIGKILL');
    await site.start();
    await tab.approve();
    const { sessionId, status } = await site.redeem(await tab.confirm());
    assert.deepEqual([sessionId, status], [id, 'verified']);
    await tab.close();
  });

  it('after it took the evidence and before it said so: the same bytes, counted once', async () => {
    storm('evidence', 99, 'answer-lost');
    const tab = await visit();
    await tab.approve();
    const id = await session(tab);
    await eventually(() => logged('evidence.held', id) === 1);
    await site.kill('SIGKILL');
    site.front.weather = () => undefined;
    await tab.reach('failed');
    assert.equal((await tab.heardOf('error'))[0]?.retryable, true);
    await site.start();
    await tab.press();
    await tab.reach('review');
    assert.equal(sent(id, 'evidence').different, 1);
    assert.equal(logged('evidence.held', id), 1);
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    await tab.close();
  });

  it('at the review: the review is still there to be confirmed', async () => {
    const tab = await visit();
    await tab.approve();
    await tab.reach('review');
    await site.kill('SIGKILL');
    await tab.press();
    await tab.reach('failed');
    await site.start();
    await tab.press();
    await tab.reach('done');
    const id = await session(tab);
    assert.equal(sent(id, 'confirm').different, 1);
    assert.equal(logged('session.verified', id), 1);
    const ref = await tab.read<string>(`document.querySelector('id-verify').value`);
    assert.equal((await site.redeem(ref)).status, 'verified');
    await tab.close();
  });

  it('after the end: the result is still redeemed', async () => {
    const tab = await visit();
    await tab.approve();
    const ref = await tab.confirm();
    await site.kill('SIGKILL');
    await site.start();
    assert.equal((await site.redeem(ref)).status, 'verified');
    await tab.close();
  });
});

const HTML = {
  status: 200,
  type: 'text/html',
  body: '<h1>番号 花子</h1><script>alert(1)</script>',
};
const WEATHERS: Readonly<Record<string, Weather>> = {
  'HTML in the place of JSON': HTML,
  'an HTML error page': { ...HTML, status: 500 },
  'nothing at all': 'lost',
  'an answer that is lost': 'answer-lost',
};

describe('the server answers', () => {
  for (const [name, weather] of Object.entries(WEATHERS)) {
    for (const call of ['sessions', 'wallet', 'evidence', 'confirm'] as const) {
      it(`${name} to ${call}: the person is told, tries again, and is verified`, async () => {
        storm(call, 99, weather);
        const tab = await visit();
        if (call === 'evidence' || call === 'confirm') await tab.approve();
        if (call === 'confirm') {
          await tab.reach('review');
          await tab.press();
        }
        await tab.reach('failed');
        assert.deepEqual(await tab.heardOf('result'), []);
        assert.doesNotMatch(await tab.words(), /<|番号|alert/);
        const [error] = await tab.heardOf('error');
        assert.equal(error?.retryable, true, String(error?.code));
        site.front.weather = () => undefined;
        await tab.press();
        await tab.until(
          `['consent', 'review', 'done'].includes(document.querySelector('id-verify').state)`,
        );
        if ((await tab.state()) === 'consent') await tab.approve();
        if ((await tab.state()) !== 'done') await tab.confirm();
        const id = await session(tab);
        assert.equal(logged('evidence.held', id), 1);
        assert.equal(logged('session.verified', id), 1);
        const ref = await tab.read<string>(`document.querySelector('id-verify').value`);
        assert.equal((await site.redeem(ref)).status, 'verified');
        await tab.close();
      });
    }
  }

  for (const call of ['sessions', 'wallet', 'evidence', 'confirm'] as const) {
    it(`neg-74 JSON of another shape to ${call}: blocked, never taken for success, and a way out`, async () => {
      const body = '{"outcome":"verified","status":{"state":"done"}}';
      storm(call, 99, { status: 200, type: 'application/json', body });
      const tab = await visit();
      if (call === 'evidence' || call === 'confirm') await tab.approve();
      if (call === 'confirm') {
        await tab.reach('review');
        await tab.press();
      }
      await tab.reach('failed');
      assert.match(String((await tab.heardOf('error'))[0]?.code), /^blocked\//);
      assert.deepEqual(await tab.heardOf('result'), []);
      assert.ok(
        await tab.read(
          `document.querySelector('id-verify').shadowRoot.querySelector('.panel button')`,
        ),
      );
      await tab.close();
    });
  }

  it('slowly: the person is told to wait, and nothing is sent twice', async () => {
    site.front.weather = ({ path }) =>
      path.endsWith('/evidence') ? { delayMs: 4_000 } : undefined;
    const tab = await visit();
    await tab.approve();
    await tab.until(
      `document.querySelector('id-verify').shadowRoot.textContent.includes('いつもより時間がかかっています') || document.querySelector('id-verify').state === 'review'`,
    );
    await tab.reach('review');
    assert.deepEqual(sent(await session(tab), 'evidence'), { times: 1, different: 1 });
    await tab.close();
  });
});

it('offline in the middle: told so, and on it goes when the network is back', async () => {
  const tab = await visit();
  await tab.reach('consent');
  await tab.until(
    `document.querySelector('id-verify').shadowRoot.querySelector('[part="primary"]').ariaDisabled === null`,
  );
  await tab.prepare();
  await tab.page.setOfflineMode(true);
  await tab.press();
  await tab.reach('failed');
  assert.deepEqual((await tab.heardOf('error'))[0]?.code, 'unavailable/network');
  await tab.page.setOfflineMode(false);
  await tab.press();
  await tab.reach('review');
  const id = await session(tab);
  assert.equal(sent(id, 'evidence').different, 1);
  assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
  await tab.close();
});
