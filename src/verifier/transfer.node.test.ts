import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { photoProfile, photoSite } from '../../test/photo/photographer.ts';
import {
  bearer,
  identity,
  json,
  ORIGIN,
  Page,
  post,
  randomToken,
  refused,
  type Site,
  SUBJECT,
  site,
} from '../../test/verifier/harness.ts';
import { join, offer, tokenIn } from '../../test/verifier/phone.ts';
import type { ConfirmAnswer, EvidenceAnswer, TransferAnswer } from '../wire/contract.ts';
import { createKey, proveKey } from '../wire/session-key.ts';

const PAGE = `${ORIGIN}/prove`;

const movable = (changes = {}): Site => site({ transferPages: [PAGE], ...changes });

async function claim(shop: Site, token: string, code?: string): Promise<Response> {
  const id = token.split('.')[0] ?? '';
  const body = await proveKey(await createKey(), id, token, ORIGIN);
  return shop.send(`sessions/${id}/claim`, post({ ...body, ...(code && { code }) }, bearer(token)));
}

const other = (code: string): string => String((Number(code) + 1) % 100).padStart(2, '0');

describe('carry on on my phone', () => {
  it('the phone proves and confirms, the first page follows and has the result', async () => {
    const shop = movable();
    const first = await Page.open(shop);
    assert.equal(first.view.transferable, true);
    const granted = await json<TransferAnswer>(await offer(first));
    assert.match(granted.link, /^http:\/\/localhost:8080\/prove#id-verify=[\w-]{22}\.[\w-]{43}$/);
    assert.equal(granted.expiresAt - granted.now, 120_000);
    assert.equal((await json<Page['status']>(await first.call(''))).transfer?.phase, 'waiting');

    const phone = await join(shop, granted);
    assert.equal(phone.status.role, 'sender');
    assert.equal(phone.view.handedOver?.device, 'unknown');
    const followed = await json<Page['status']>(await first.call(''));
    assert.equal(followed.role, 'follower');
    assert.equal(followed.transfer?.phase, 'moved');

    const answer = await phone.evidence<EvidenceAnswer>(
      await phone.present(await phone.requests()),
    );
    assert.equal(answer.outcome, 'review', JSON.stringify(answer));
    assert.equal(answer.status.role, 'sender');
    await refused(await first.call('review'), 401, 'session/key');
    const confirmed = await phone.confirm<ConfirmAnswer>();
    assert.equal(confirmed.outcome, 'verified');
    assert.equal(confirmed.status.ref, undefined, 'the phone gets no reference');

    const { ref = '', state } = await json<Page['status']>(await first.call(''));
    assert.equal(state, 'done');
    const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };
    const result = await shop.verifier.redeem(ref, expectation);
    assert.equal(result.status, 'verified');
    assert.equal(result.crossDevice, true);
  });

  it('the first page may no longer ask or send, and may cancel', async () => {
    const shop = movable();
    const first = await Page.open(shop);
    const asked = await first.requests();
    const body = await first.present(asked);
    const phone = await join(shop, await json<TransferAnswer>(await offer(first)));
    await refused(await first.call('wallet', { method: 'POST' }), 403, 'policy/role');
    const envelope = await first.seal({ ...body });
    await refused(await first.sendEnvelope('evidence', envelope), 403, 'policy/role');
    const stolen = await phone.seal({ ...body });
    await refused(await phone.sendEnvelope('evidence', stolen), 409, 'session/used');
    assert.equal((await first.call('', { method: 'DELETE' })).status, 204);
    assert.equal((await json<Page['status']>(await phone.call(''))).state, 'cancelled');
  });

  it('a wrong code ends the offer, and nothing else', async () => {
    const shop = movable();
    const first = await Page.open(shop);
    const granted = await json<TransferAnswer>(await offer(first));
    const token = tokenIn(granted);
    await refused(await claim(shop, token), 400, 'malformed/request');
    await refused(await claim(shop, token, other(granted.code)), 422, 'incomplete/wrong_code');
    const { transfer, role } = await json<Page['status']>(await first.call(''));
    assert.deepEqual(
      [transfer?.phase, transfer?.code, role],
      ['refused', 'incomplete/wrong_code', 'sole'],
    );
    await refused(await claim(shop, token, granted.code), 401, 'session/token');
    await join(shop, await json<TransferAnswer>(await offer(first)));
  });

  it('the link works once, for two minutes, and the newest only', async () => {
    const shop = movable();
    const first = await Page.open(shop);
    const old = await json<TransferAnswer>(await offer(first));
    const granted = await json<TransferAnswer>(await offer(first));
    await refused(await claim(shop, tokenIn(old), old.code), 401, 'session/token');
    await join(shop, granted);
    await refused(await claim(shop, tokenIn(granted), granted.code), 401, 'session/token');
    const late = await json<TransferAnswer>(await offer(first));
    shop.clock.ahead += 120_000;
    await refused(await claim(shop, tokenIn(late), late.code), 410, 'session/expired');
    await refused(await claim(shop, randomToken(first.view.id), '00'), 401, 'session/token');
  });

  it('only the first key grants it, by its own signature', async () => {
    const shop = movable();
    const first = await Page.open(shop);
    await refused(await offer(first, { key: await createKey() }), 401, 'session/proof');
    const phone = await join(shop, await json<TransferAnswer>(await offer(first)));
    await refused(await offer(phone), 403, 'policy/role');
    await refused(await phone.call('transfer', { method: 'DELETE' }), 403, 'policy/role');
  });

  it('comes back: the first page goes on, the phone is out', async () => {
    const shop = movable();
    const first = await Page.open(shop);
    const phone = await join(shop, await json<TransferAnswer>(await offer(first)));
    const asked = await phone.requests();
    const body = await phone.present(asked);
    const back = await json<Page['status']>(await first.call('transfer', { method: 'DELETE' }));
    assert.equal(back.role, 'sole');
    assert.equal(back.transfer, undefined);
    await refused(await phone.call(''), 401, 'session/token');
    const envelope = await first.seal({ ...body });
    await refused(await first.sendEnvelope('evidence', envelope), 409, 'session/used');
    const answer = await first.evidence<EvidenceAnswer>(
      await first.present(await first.requests()),
    );
    assert.equal(answer.outcome, 'review');
    await first.confirm();
    const result = await shop.verifier.redeem(first.status.ref ?? '', {
      subject: SUBJECT,
      profile: 'identity',
      acceptTest: true,
    });
    assert.equal(result.crossDevice, false);
  });

  it('both sides are told which way it was going, reloads included, until it comes back', async () => {
    const shop = photoSite(photoProfile, { transferPages: [PAGE] });
    const first = await Page.open(shop);
    const wayOf = async (page: Page) =>
      (await json<Page['status']>(await page.call(''))).transfer?.method;
    const phone = await join(
      shop,
      await json<TransferAnswer>(await offer(first, { method: 'photo' })),
    );
    assert.equal(phone.status.transfer?.method, 'photo');
    assert.deepEqual([await wayOf(phone), await wayOf(first)], ['photo', 'photo']);
    await first.call('transfer', { method: 'DELETE' });
    assert.equal(await wayOf(first), undefined);
    await join(shop, await json<TransferAnswer>(await offer(first)));
    assert.equal(await wayOf(first), undefined, 'a page need not say');
  });

  it('a way the session does not offer, or no more, is not carried on', async () => {
    const { files: _, ...cameraOnly } = photoProfile.methods.photo;
    const methods = { ...photoProfile.methods, photo: cameraOnly };
    const portrait = { purpose: { ja: '照合のため' }, retainDays: 0, optional: true } as const;
    const claims = { ...photoProfile.claims, portrait };
    const lawful = { law: 'jp-aml', recordsKept: 'elsewhere', claims, methods } as const;
    const shop = photoSite({ ...photoProfile, ...lawful }, { transferPages: [PAGE] });
    shop.clock.ahead = Date.parse('2027-03-31T23:59:00+09:00') - Date.now();
    const narrow = await Page.open(shop, 'identity', ['wallet']);
    await refused(await offer(narrow, { method: 'photo' }), 403, 'policy/method');
    await refused(await offer(narrow, { method: 'magic' }), 400, 'malformed/request');

    const first = await Page.open(shop);
    const granted = await json<TransferAnswer>(await offer(first, { method: 'photo' }));
    shop.clock.ahead += 90_000;
    const phone = await join(shop, granted);
    assert.deepEqual(
      phone.view.methods.map(({ method }) => method),
      ['wallet'],
    );
    assert.equal(phone.status.transfer?.phase, 'moved');
    assert.equal(phone.status.transfer?.method, undefined);
  });

  it('is offered only where a page is configured and the profile allows another device', async () => {
    const nowhere = await Page.open(site());
    assert.equal(nowhere.view.transferable, undefined);
    await refused(await offer(nowhere), 403, 'policy/transfer');
    const near = { identity: { ...identity, crossDevice: 'forbid' as const } };
    const bound = await Page.open(movable({ profiles: near }));
    assert.equal(bound.view.transferable, undefined);
    await refused(await offer(bound), 403, 'policy/transfer');
    for (const page of ['https://evil.example/', `${PAGE}#here`, 'javascript:alert(1)']) {
      assert.throws(() => site({ transferPages: [page] }), { code: 'config/transfer_page' });
    }
  });

  it('cannot be offered without end', async () => {
    const first = await Page.open(movable());
    for (let times = 0; times < 20; times++) await json(await offer(first));
    await refused(await offer(first), 429, 'limit/rate');
  });
});
