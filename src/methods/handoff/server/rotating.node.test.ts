import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PhoneBrowser } from '../../../../test/handoff/phone.ts';
import { handoffOf, handoffSite, start } from '../../../../test/handoff/site.ts';
import { Page } from '../../../../test/verifier/harness.ts';
import { webCrypto } from '../../../crypto/web-crypto.ts';
import { toHex } from '../../../wire/bytes.ts';
import type { HandoffStatus, SessionStatus } from '../../../wire/contract.ts';
import { isFresh, newSecrets, rotatingLink, rotatingMac } from './rotating.ts';

describe('rotating payload', () => {
  /** Published in the comments of BankID's sample code, github.com/BankID/SampleCode. */
  const BANKID = {
    0: 'dc69358e712458a66a7525beef148ae8526b1c71610eff2c16cdffb4cdac9bf8',
    1: '949d559bf23403952a94d103e67743126381eda00f0b3cbddbf7c96b1adcbce2',
    2: 'a9e5ec59cb4eee4ef4117150abc58fad7a85439a6a96ccbecc3668b41795b3f3',
  } as const;
  for (const [seconds, mac] of Object.entries(BANKID)) {
    it(`is BankID's at ${seconds} s`, async () => {
      const secret = 'd28db9a7-4cde-429e-a983-359be676944c';
      assert.equal(toHex(await rotatingMac(webCrypto, secret, Number(seconds))), mac);
    });
  }

  it('is good for 3 s where the page has a stream, 6 s where it polls', async () => {
    const secrets = newSecrets(webCrypto);
    for (const [channel, window] of [
      ['stream', 3],
      ['poll', 6],
    ] as const) {
      const link = await rotatingLink(webCrypto, 'https://a.example/h/x', secrets[channel], 10);
      const query = new URL(link).searchParams;
      const fresh = (seconds: number) => isFresh(webCrypto, secrets, query, seconds * 1_000);
      assert.deepEqual(
        await Promise.all([9, 10, 10 + window, 10.001 + window].map(fresh)),
        [false, true, true, false],
        channel,
      );
      query.set('t', '11');
      assert.equal(await fresh(11), false);
    }
  });

  const rotating = (): ReturnType<typeof handoffSite> =>
    handoffSite({}, { methods: { jpki: { rotating: 'required' } } });

  it('opens the handoff with the link of the moment, and offers none to copy', async () => {
    const shop = rotating();
    const page = await Page.open(shop);
    const { links, rotating: turns, code } = await start(page);
    assert.equal(turns, true);
    assert.equal('copy' in links, false);
    const phone = new PhoneBrowser(shop.verifier);
    assert.equal((await phone.open(links.qr)).status, 410, 'the plain link opens nothing');
    const { payload = '' } = await handoffOf(page);
    assert.match(payload, /\?t=\d+&m=[\w-]{22}$/);
    shop.clock.ahead += 8_000;
    const stale = await phone.open(payload);
    assert.match(stale.text, /Scan the code on the first screen again/);
    const { payload: newer = '' } = await handoffOf(page);
    assert.notEqual(newer, payload);
    await phone.open(newer);
    assert.match((await phone.press({ code })).text, /number is right/);
    assert.equal((await handoffOf(page)).payload, undefined, 'gone once it was opened');
  });

  it('comes by the stream each second, without a new version', async () => {
    const page = await Page.open(rotating());
    await start(page);
    const leave = new AbortController();
    const stream = await page.call('events', { signal: leave.signal });
    const seen: { version: number; handoff: HandoffStatus }[] = [];
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const [, data] = /data: (.*)\n/.exec(chunk) ?? [];
      const status: SessionStatus | undefined = data && JSON.parse(data);
      if (status?.handoff) seen.push({ version: status.version, handoff: status.handoff });
      if (seen.length === 3) break;
    }
    leave.abort();
    assert.equal(new Set(seen.map(({ handoff }) => handoff.payload)).size, 3);
    assert.equal(new Set(seen.map(({ version }) => version)).size, 1);
  });
});
