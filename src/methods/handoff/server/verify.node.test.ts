import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions, PhoneBrowser, testProvider } from '../../../../test/handoff/phone.ts';
import { evidenceOf, handoffSite, send, start } from '../../../../test/handoff/site.ts';
import { Page, refused } from '../../../../test/verifier/harness.ts';

describe('evidence of a handoff', () => {
  async function completed(rung: 'jpki' | 'ic-chip' = 'jpki') {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page, rung);
    await new PhoneBrowser(shop.verifier).complete(links.qr, code);
    return { shop, page, body: await evidenceOf(page) };
  }

  it('without an envelope there is no result, whatever the operator says', async () => {
    const { shop, page } = await completed();
    assert.equal((await shop.store.get(page.view.id))?.state, 'awaiting');
    assert.equal((await shop.store.evidence(page.view.id)).length, 0);
  });

  it('cannot claim another rung', async () => {
    const { page, body } = await completed('ic-chip');
    const answer = await send(page, { ...body, rung: 'jpki' }, 'ic-chip');
    assert.equal(answer.code, 'request_mismatch/rung');
    const second = await completed('ic-chip');
    const envelope = await second.page.seal({ ...second.body, rung: 'jpki' }, { method: 'jpki' });
    await refused(await second.page.sendEnvelope('evidence', envelope), 409, 'session/used');
  });

  it('has to name the transaction and the statement of the operator', async () => {
    for (const [field, code] of [
      ['transactionDigest', 'request_mismatch/transaction'],
      ['statementHash', 'request_mismatch/statement'],
    ] as const) {
      const { page, body } = await completed();
      const answer = await send(page, { ...body, [field]: new Uint8Array(32) });
      assert.equal(answer.code, code);
    }
  });

  it('before the app is done is refused', async () => {
    const page = await Page.open(handoffSite());
    const { id } = await start(page);
    const digests = { transactionDigest: new Uint8Array(32), statementHash: new Uint8Array(32) };
    const answer = await send(page, { handoff: id, rung: 'jpki', ...digests });
    assert.equal(answer.code, 'incomplete/handoff');
  });

  it('of another session is nobody’s here', async () => {
    const { page, body } = await completed();
    const second = await Page.open(page.site);
    await start(second);
    const envelope = await second.seal(body, { method: 'jpki' });
    await refused(await second.sendEnvelope('evidence', envelope), 409, 'session/used');
  });

  it('keeps the certificate only where the provider allows it', async () => {
    for (const mayRetainCertificate of [false, true]) {
      const providers = [testProvider({ mayRetainCertificate })];
      const shop = handoffSite(
        { handoff: handoffOptions({ providers }) },
        { retainDocumentDays: 1 },
      );
      const page = await Page.open(shop);
      const { links, code } = await start(page);
      await new PhoneBrowser(shop.verifier).complete(links.qr, code);
      await send(page, await evidenceOf(page));
      const kept = await shop.store.personal(page.view.id);
      const document = kept.find(({ name }) => name === 'document')?.value;
      const text = new TextDecoder().decode(document);
      assert.equal(text.includes('certificate"'), mayRetainCertificate);
    }
  });
});
