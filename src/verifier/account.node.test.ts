import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { identity, Page, SUBJECT, site } from '../../test/verifier/harness.ts';
import type { ConfirmAnswer, EvidenceAnswer, ReviewAnswer } from '../wire/contract.ts';

const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };

describe('comparing with the account', () => {
  const accounts = async () => ({ name: '番号花子', birth_date: '1990-01-01', address: '別の市' });

  it('reports: the review and the checks say which field, the result stays verified', async () => {
    const shop = site({ accounts });
    const page = await Page.open(shop);
    await page.evidence(await page.present(await page.requests()));
    const { items }: ReviewAnswer = JSON.parse((await page.review()).text);
    const matches = items.map((item) => [item.claim, 'match' in item ? item.match : undefined]);
    assert.deepEqual(matches, [
      ['name', 'match'],
      ['address', 'mismatch'],
      ['birth_date', 'mismatch'],
      ['portrait', undefined],
    ]);
    const { status } = await page.confirm<ConfirmAnswer>();
    const result = await shop.verifier.redeem(status.ref ?? '', expectation);
    const outcome = (id: string) => result.checks.find((check) => check.id === id)?.outcome;
    assert.equal(outcome('account.name'), 'passed');
    assert.equal(outcome('account.birth_date'), 'failed');
  });

  it('refuses where the profile says so, naming the field and never the stored value', async () => {
    const shop = site({
      accounts,
      profiles: { identity: { ...identity, onMismatch: 'refuse' } },
    });
    const page = await Page.open(shop);
    const envelope = await page.seal({ ...(await page.present(await page.requests())) });
    const text = await (await page.sendEnvelope('evidence', envelope)).text();
    const answer: EvidenceAnswer = JSON.parse(text);
    assert.equal(answer.outcome, 'refused');
    assert.match(answer.code ?? '', /^policy\/mismatch_(address|birth_date)$/);
    assert.doesNotMatch(text, /1990|別の市/);
    assert.deepEqual(await shop.store.personal(page.view.id), []);
  });

  it('is undetermined when the accounts cannot be asked, and then does not pass', async () => {
    const failing = async () => {
      throw new Error('database of 花子 is down');
    };
    const shop = site({
      accounts: failing,
      profiles: { identity: { ...identity, onMismatch: 'refuse' } },
    });
    const page = await Page.open(shop);
    const answer = await page.evidence<EvidenceAnswer>(await page.present(await page.requests()));
    assert.equal(answer.code, 'undetermined/account');
    assert.doesNotMatch(JSON.stringify(shop.log), /花子/);
  });
});
