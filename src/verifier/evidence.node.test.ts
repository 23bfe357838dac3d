import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { identity, Page, refused, type Site, site } from '../../test/verifier/harness.ts';
import type { EvidenceAnswer } from '../wire/contract.ts';

const present = async (page: Page) => page.present(await page.requests());

describe('evidence', () => {
  it('that holds waits for the person, with what the profile asks and nothing else', async () => {
    const page = await Page.open(site());
    const { outcome, status } = await page.evidence<EvidenceAnswer>(await present(page));
    assert.deepEqual([outcome, status.state], ['review', 'review']);
    const personal = await page.site.store.personal(page.view.id);
    assert.deepEqual(personal.map(({ name }) => name).toSorted(), [
      'claim/address',
      'claim/birth_date',
      'claim/name',
      'claim/portrait',
      'review',
    ]);
    const [record] = await page.site.store.evidence(page.view.id);
    assert.ok(record?.envelope);
  });

  it('keeps the document where the profile keeps it', async () => {
    const shop = site({ profiles: { identity: { ...identity, retainDocumentDays: 1 } } });
    const page = await Page.open(shop);
    await page.evidence(await present(page));
    const personal = await shop.store.personal(page.view.id);
    assert.equal(
      personal.some(({ name }) => name === 'document'),
      true,
    );
  });

  it('that is refused costs an attempt and its request, and is not kept', async () => {
    const page = await Page.open(site());
    const body = { ...(await present(page)), data: { response: 'AA' } };
    const { outcome, status } = await page.evidence<EvidenceAnswer>(body);
    assert.deepEqual([outcome, status.state, status.attemptsLeft], ['refused', 'awaiting', 4]);
    const [record] = await page.site.store.evidence(page.view.id);
    assert.equal(record?.envelope, undefined);
    assert.equal((await page.site.store.get(page.view.id))?.exchanges.length, 0);
  });

  it('names a request that waits, in time, of a method of the session', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const body = await present(page);
    const send = async (changes: object, method: 'wallet' | 'photo' = 'wallet') =>
      page.sendEnvelope('evidence', await page.seal({ ...body, ...changes }, { method }));
    await refused(await send({}, 'photo'), 403, 'policy/method');
    await refused(await send({ request: 'A'.repeat(22) }), 409, 'session/used');
    shop.clock.ahead = 10 * 60_000;
    const late = await send({});
    assert.equal(late.ok, false);
    assert.match(
      ((await late.json()) as { code: string }).code,
      /^session\/(used|request_expired)$/,
    );
  });

  it('of another device is refused where the profile forbids one', async () => {
    const profiles = { identity: { ...identity, crossDevice: 'forbid' } } as const;
    const outcomeOf = async (shop: Site, key: number) => {
      const page = await Page.open(shop);
      const body = await present(page);
      const session = await shop.store.get(page.view.id);
      assert.ok(session);
      // As after a move to a phone: the key that sends is the second.
      const [first] = session.keys;
      assert.ok(first);
      const other = { ...first, tokenHash: 'o'.repeat(43), sends: false };
      const keys = key === 0 ? [first] : [other, first];
      await shop.store.transition(session.id, session.version, { session: { ...session, keys } });
      return (await page.evidence<EvidenceAnswer>(body)).code;
    };
    assert.equal(await outcomeOf(site({ profiles }), 0), undefined);
    assert.equal(await outcomeOf(site({ profiles }), 1), 'policy/cross_device');
    assert.equal(await outcomeOf(site(), 1), undefined);
  });

  it('fails closed where something throws, and logs what', async () => {
    const accounts = () => {
      throw new RangeError('番号花子');
    };
    const shop = site({ accounts });
    const page = await Page.open(shop);
    await page.evidence<EvidenceAnswer>(await present(page));
    const failed = shop.log.find(({ event }) => event === 'request.failed');
    assert.match(failed?.error ?? '', /^RangeError/);
    assert.doesNotMatch(JSON.stringify(shop.log), /花子/);
  });
});
