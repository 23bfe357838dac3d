import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PhoneBrowser } from '../../test/handoff/phone.ts';
import { evidenceOf, handoffSite, send, start } from '../../test/handoff/site.ts';
import { pendingPhotos, photoProfile, photoSite } from '../../test/photo/photographer.ts';
import {
  adult,
  json,
  ORIGIN,
  options,
  Page,
  refused,
  type Site,
  SUBJECT,
  site,
} from '../../test/verifier/harness.ts';
import type { PersonId } from '../testing/issuer/persons.ts';
import type { EvidenceAnswer, SessionStatus } from '../wire/contract.ts';
import { createVerifier, memoryStore, type Profile } from './index.ts';

const expectation = { subject: SUBJECT, profile: 'adult', acceptTest: true };

const rule = { purpose: { ja: '確認', en: 'To check' }, retainDays: 30 };

const asking = (age: object, changes: Partial<Profile> = {}): Profile =>
  ({ ...adult, claims: { age_over_20: { ...rule, ...age } }, ...changes }) as Profile;

async function answered(shop: Site, person: PersonId, protocol?: string) {
  const page = await Page.open(shop, 'adult');
  const { id, requests } = await page.requests();
  const request = requests.find((one) => !protocol || one.protocol === protocol);
  assert.ok(request);
  const credential = await shop.wallet.answer(request, { origin: ORIGIN, person });
  const body = { request: id, protocol: credential.protocol, data: credential.data as never };
  return { page, answer: await page.evidence<EvidenceAnswer>(body) };
}

/** Nothing that goes to the page tells more than that it was refused. */
async function assertEnded(shop: Site, page: Page, profile = 'adult'): Promise<void> {
  const status = await json<SessionStatus>(await page.call(''));
  assert.equal(status.state, 'failed');
  assert.equal(status.code, undefined);
  assert.doesNotMatch(JSON.stringify(status), /requirement|age|policy/);
  await refused(await page.call('wallet', { method: 'POST' }), 410, 'session/ended');
  await refused(await page.call('review'), 410, 'session/ended');
  assert.deepEqual(await shop.store.personal(page.view.id), []);
  const result = await shop.verifier.redeem(status.ref ?? '', { ...expectation, profile });
  assert.deepEqual(
    [result.status, result.code, result.claims],
    ['refused', 'policy/requirement', {}],
  );
  assert.doesNotMatch(JSON.stringify(shop.log), /requirement/);
}

describe('a yes/no claim says what it must be', () => {
  for (const [name, age] of [
    ['nothing', {}],
    ['a word', { mustBe: 'yes' }],
    ['null', { mustBe: null }],
    ['an answer for what may be withheld', { mustBe: true, optional: true }],
    ['no for what may be withheld', { mustBe: false, optional: true }],
  ] as const) {
    it(`start refuses ${name}`, () => {
      assert.throws(
        () => createVerifier(options(memoryStore(), { profiles: { adult: asking(age) } })),
        (error: Error & { code?: string }) =>
          /adult\.claims\.age_over_20\.mustBe/.test(error.message) &&
          (error.code === 'config/requirement' || error.code === 'config/option'),
      );
    });
  }

  it('and no other claim does', () => {
    const claims = { name: { ...rule, mustBe: true } } as Profile['claims'];
    assert.throws(
      () => createVerifier(options(memoryStore(), { profiles: { adult: { ...adult, claims } } })),
      { code: 'config/option' },
    );
  });

  for (const protocol of ['org-iso-mdoc', 'openid4vp-v1-signed']) {
    it(`another answer ends the session at once, over ${protocol}`, async () => {
      const shop = site({ profiles: { adult } });
      const { page, answer } = await answered(shop, 'minor', protocol);
      assert.equal(answer.outcome, 'refused');
      assert.deepEqual(answer.checks, []);
      assert.equal(answer.code, undefined);
      assert.doesNotMatch(JSON.stringify(answer), /requirement|age_over/);
      await assertEnded(shop, page);
    });
  }

  it('no may be what is needed, and either leaves it to the site', async () => {
    const shop = site({ profiles: { adult: asking({ mustBe: false }) } });
    assert.equal((await answered(shop, 'minor')).answer.outcome, 'review');
    const { page, answer } = await answered(shop, 'hanako');
    assert.equal(answer.outcome, 'refused');
    await assertEnded(shop, page);
    const open = site({ profiles: { adult: asking({ mustBe: 'either' }) } });
    const { page: either } = await answered(open, 'minor');
    const { status } = await either.confirm<EvidenceAnswer>();
    const result = await open.verifier.redeem(status.ref ?? '', expectation);
    assert.deepEqual([result.status, result.claims], ['verified', { age_over_20: false }]);
  });

  it('comes before what an account says', async () => {
    const accounts = async () => ({ name: 'somebody else' });
    const claims = { ...adult.claims, name: rule };
    const shop = site({
      profiles: { adult: { ...adult, claims, onMismatch: 'refuse' } },
      accounts,
    });
    const { page, answer } = await answered(shop, 'minor');
    assert.equal(answer.outcome, 'refused');
    await assertEnded(shop, page);
  });

  it('is judged again by the last word, whatever was held until then', async () => {
    const profiles = { adult: asking({ mustBe: 'either' }) };
    const shop = site({ profiles });
    const { page } = await answered(shop, 'minor');
    // The operator has changed the profile, and the server was started again.
    const stricter = createVerifier(options(shop.store, { profiles: { adult } }));
    const again = { ...shop, verifier: stricter };
    const { hash } = await page.review();
    const envelope = await page.seal({ reviewHash: hash });
    const answer = await json<EvidenceAnswer>(
      await stricter.fetch(
        new Request(`${ORIGIN}/id-verify/sessions/${page.view.id}/confirm`, {
          method: 'POST',
          headers: {
            origin: ORIGIN,
            authorization: `Bearer ${page.token}`,
            'content-type': 'application/cose',
          },
          body: envelope,
        }),
      ),
    );
    assert.equal(answer.outcome, 'refused');
    await assertEnded(again, page);
  });

  for (const rung of ['jpki', 'jpki-mobile', 'ic-chip'] as const) {
    it(`${rung}: the date of birth decides, and is not kept`, async () => {
      const shop = handoffSite(
        {},
        { claims: { age_over_60: { ...rule, mustBe: true }, name: rule } },
      );
      const page = await Page.open(shop);
      const { links, code } = await start(page, rung);
      const phone = new PhoneBrowser(shop.verifier);
      await phone.open(links.qr);
      await phone.press({ code });
      await phone.follow();
      await phone.press({ action: 'sign', pin: 'ＴＥＳＴ１２３４' });
      await phone.follow();
      const answer = await send(page, await evidenceOf(page), rung);
      assert.deepEqual([answer.outcome, answer.code], ['refused', undefined]);
      await assertEnded(shop, page, 'identity');
    });
  }

  it("a reviewer's approval of somebody too young is none, and erases the photos", async () => {
    const shop = photoSite();
    const { page, log } = await pendingPhotos(shop);
    const claims = { name: '見本 太郎', birth_date: '2015-04-01' };
    const decided = await shop.verifier.reviews.decide(page.view.id, {
      decision: 'approve',
      reviewer: 'staff-7',
      claims,
    });
    assert.deepEqual(
      [decided.status, decided.code, decided.claims],
      ['refused', 'policy/requirement', {}],
    );
    for (const { image } of log) {
      const hash = Buffer.from(image.sha256).toString('base64url');
      assert.equal(await shop.store.getImage(page.view.id, hash), undefined);
    }
    await assertEnded(shop, page, 'identity');
    assert.equal(photoProfile.claims.age_over_20.mustBe, true);
  });
});
