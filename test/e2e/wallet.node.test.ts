/**
 * The wallet path end to end: a real click, the browser's real Digital Credentials API, a real
 * server process with its database file, and at the end what the site's server redeems.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Mode } from '../../src/testing/wallet/modes.ts';
import { deployed } from './setting.ts';
import { eventually, tag, Visit } from './visit.ts';

const { browser, site } = await deployed();

/** A page of the site, in a tab of its own. */
async function visit(attributes?: string): Promise<Visit> {
  const tab = await Visit.start(browser, site.wallet);
  return tab.open(site.front.origin + site.front.page(tag(attributes)));
}

const outcomes = (checks: readonly { id: string; outcome: string }[] = []) =>
  Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));

describe('a person with a wallet', () => {
  for (const protocol of ['org-iso-mdoc', 'openid4vp-v1-signed'] as const) {
    it(`is verified by ${protocol}, and the server redeems what was confirmed`, async () => {
      const tab = await visit();
      await tab.approve({ protocol });
      await tab.reach('review');
      assert.match(await tab.words(), /番号.花子/);
      const ref = await tab.confirm();
      const result = await site.redeem(ref);
      const { status, subject, profile, origin, method, environment, claims } = result;
      assert.deepEqual(
        { status, subject, profile, origin, method, environment },
        {
          status: 'verified',
          subject: 'member-hanako',
          profile: 'identity',
          origin: site.front.origin,
          method: 'wallet',
          environment: 'production',
        },
      );
      assert.deepEqual(Object.keys(claims ?? {}).sort(), [
        'address',
        'birth_date',
        'name',
        'portrait',
      ]);
      assert.match(String(claims?.name), /^番号.花子$/);
      assert.equal(claims?.birth_date, '1971-09-01');
      const seen = outcomes(result.checks);
      assert.equal(seen['mdoc.device_auth'], 'passed');
      assert.equal(seen['mdoc.issuer_chain'], 'passed');
      assert.deepEqual(
        (await tab.heardOf('state')).map(({ state }) => state),
        ['preparing', 'consent', 'awaiting', 'submitting', 'review', 'confirming', 'done'],
      );
      assert.deepEqual(await tab.heardOf('result'), [
        { ref, status: 'verified', method: 'wallet' },
      ]);
      assert.deepEqual(await tab.heardOf('error'), []);
      assert.deepEqual(tab.complaints, []);
      await tab.close();
    });
  }

  it('is older than 20 and says nothing else; the result is good for nothing else', async () => {
    const tab = await visit('profile="age20" methods="wallet"');
    await tab.approve();
    const ref = await tab.confirm();
    const { status, claims } = await site.redeem(ref, 'age20');
    assert.deepEqual([status, claims], ['verified', { age_over_20: true }]);
    assert.deepEqual(await site.redeem(ref, 'identity'), { code: 'policy/profile' });
    await tab.close();
  });

  it('has a result that nobody else redeems (member-tanaka asks for that of member-hanako)', async () => {
    const tab = await visit();
    await tab.approve();
    const ref = await tab.confirm();
    assert.deepEqual(await site.redeem(ref, 'mismatch'), { code: 'session/subject' });
    assert.equal((await site.redeem(ref)).status, 'verified');
    await tab.close();
  });

  it('is not who the account says: refused, and told which item differs', async () => {
    const tab = await visit('profile="mismatch" methods="wallet"');
    await tab.approve();
    await tab.reach('failed');
    assert.match(await tab.words(), /氏名/);
    assert.doesNotMatch(await tab.words(), /田中/);
    assert.deepEqual(await tab.heardOf('result'), []);
    await tab.close();
  });
});

describe('the wallet says no', () => {
  it('neg-73 decline: not complete, never "not verified"; and then it goes on', async () => {
    const tab = await visit();
    await tab.reach('consent');
    await tab.press();
    await tab.reach('failed');
    assert.deepEqual(await tab.heardOf('error'), [
      { code: 'incomplete/not_allowed', retryable: true },
    ]);
    assert.match(await tab.words(), /手続きは完了していません/);
    assert.deepEqual(await tab.heardOf('before-submit'), []);
    await tab.press();
    await tab.approve();
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    await tab.close();
  });

  it('says nothing: the person goes back, the call is aborted, and a new one works', async () => {
    const tab = await visit();
    await tab.reach('consent');
    await tab.virtualWallet({ action: 'wait' });
    await tab.press();
    await tab.reach('awaiting');
    await tab.press('[part="secondary"]');
    await tab.reach('consent');
    assert.deepEqual(await tab.heardOf('error'), []);
    await tab.approve();
    assert.equal((await site.redeem(await tab.confirm())).status, 'verified');
    await tab.close();
  });

  it('says nothing, and the person leaves: everything is erased', async () => {
    const tab = await visit();
    await tab.reach('consent');
    await tab.virtualWallet({ action: 'wait' });
    await tab.press();
    await tab.reach('awaiting');
    await tab.press('[part="link"]');
    await tab.reach('cancelled');
    const id = await tab.read<string>(`document.querySelector('id-verify').sessionId`);
    await eventually(() =>
      site.log.some((line) => line.includes(`"session.cancelled","session":"${id}"`)),
    );
    assert.deepEqual(await tab.heardOf('error'), []);
    await tab.close();
  });
});

/** The code the page hears, and whether evidence left the page at all. */
const LIES: readonly (readonly [Mode, string, boolean])[] = [
  ['other-protocol', 'request_mismatch/protocol', false],
  ['openid-error', 'request_mismatch/openid4vp_error', false],
  ['garbage', 'malformed/', true],
  ['expired', 'validity/', true],
  ['tampered', 'digest/', true],
  ['wrong-origin', 'decryption', true],
  ['wrong-nonce', 'decryption', true],
  ['withheld-element', 'request_mismatch/', true],
  ['unrequested-element', 'request_mismatch/', true],
  ['two-documents', 'request_mismatch/', true],
];

describe('a wallet that lies', () => {
  for (const [mode, code, sent] of LIES) {
    it(`${mode}: refused with ${code}`, async () => {
      const tab = await visit();
      await tab.approve({ mode });
      await tab.reach('failed');
      const [error] = await tab.heardOf('error');
      assert.ok(String(error?.code).startsWith(code), String(error?.code));
      assert.equal((await tab.heardOf('before-submit')).length, sent ? 1 : 0);
      assert.deepEqual(await tab.heardOf('result'), []);
      const id = await tab.read<string>(`document.querySelector('id-verify').sessionId`);
      const refusal = `"evidence.refused","session":"${id}"`;
      assert.equal(
        site.log.some((line) => line.includes(refusal)),
        sent,
      );
      await tab.close();
    });
  }
});

it('neg-70 leaves nothing of the person in logs, console, storage or addresses', async () => {
  const tab = await visit();
  await tab.approve();
  const ref = await tab.confirm();
  await site.redeem(ref);
  const stored = await tab.read<string>(`(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const kept = await Promise.all(names.map((name) => new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const stores = [...opening.result.objectStoreNames];
        if (stores.length === 0) return resolve([]);
        const reading = opening.result.transaction(stores);
        const all = stores.map((store) => reading.objectStore(store).getAll());
        reading.oncomplete = () => resolve(all.map(({ result }) => result));
      };
    })));
    return JSON.stringify([kept, { ...localStorage }, { ...sessionStorage }, document.cookie,
      location.href, history.state, heard, document.documentElement.outerHTML]);
  })()`);
  const said = [stored, ...tab.complaints, ...tab.requested, ...site.log].join('\n');
  for (const personal of [
    '番号',
    '花子',
    '1971',
    '昭和46',
    '△△市',
    '□□町',
    '123456789012',
    'member-',
  ]) {
    assert.equal(said.includes(personal), false, personal);
  }
  // The reference is a secret of page and server.
  assert.equal(site.log.join().includes(ref), false);
  assert.equal(tab.requested.join().includes(ref), false);
  await tab.close();
});
