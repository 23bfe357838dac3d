import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PERSONS } from '../../src/testing/issuer/persons.ts';
import type { EvidenceAnswer, ReviewAnswer } from '../../src/wire/contract.ts';
import { ORIGIN, Page, SUBJECT, site } from './harness.ts';

const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };

it('characters nobody sees are marked for the site and shown harmless', async () => {
  for (const hidden of ['\u202e', '\u2067', '\u0007', '\u200b', '\u0085', '\u2028', '\u{e0041}']) {
    const shop = site();
    const page = await Page.open(shop);
    const { id, requests } = await page.requests();
    const person = { ...PERSONS.hanako, name: ['番号', `花${hidden}子`] as const };
    const { protocol, data } = await shop.wallet.answer(requests[0] as never, {
      origin: ORIGIN,
      person,
    });
    await page.evidence<EvidenceAnswer>({ request: id, protocol, data: data as never });
    const shown: ReviewAnswer = JSON.parse((await page.review()).text);
    const name = shown.items.find(({ claim }) => claim === 'name');
    assert.equal(name?.value, '番号　花\ufffd子');
    const { status } = await page.confirm<EvidenceAnswer>();
    const result = await shop.verifier.redeem(status.ref ?? '', expectation);
    assert.equal(result.claims.name, `番号　花${hidden}子`, 'the value is the document’s');
    const checks = result.checks.filter(({ code }) => code === 'undetermined/characters');
    assert.deepEqual(
      checks.map((check) => [check.id, check.outcome]),
      [['claim.name', 'undetermined']],
    );
    assert.doesNotMatch(checks[0]?.detail ?? '', /花/);
  }
});

it('ideographs with a variation selector are as they are', async () => {
  const shop = site();
  const page = await Page.open(shop);
  const { id, requests } = await page.requests();
  const person = { ...PERSONS.hanako, name: ['葛\u{e0100}', '花子'] as const };
  const { protocol, data } = await shop.wallet.answer(requests[0] as never, {
    origin: ORIGIN,
    person,
  });
  const answer = await page.evidence<EvidenceAnswer>({
    request: id,
    protocol,
    data: data as never,
  });
  assert.ok(!answer.checks.some((check) => check.id.startsWith('claim.')));
});
