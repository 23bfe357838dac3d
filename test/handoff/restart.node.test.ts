import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { ConfirmAnswer, HandoffStatus, SessionStatus } from '../../src/wire/contract.ts';
import { Page } from '../verifier/harness.ts';
import { PhoneBrowser } from './phone.ts';
import { deploy } from './processes.ts';
import { evidenceOf, handoffOf, send, start } from './site.ts';

const deployment = await deploy();
after(deployment.stop);
const { site } = deployment;

const cut = async (): Promise<void> => {
  await deployment.kill();
  await deployment.restart();
};

describe('the server is killed in the middle of a handoff, and started again', () => {
  const moments = ['waiting', 'scanned', 'in_app', 'completing', 'review'] as const;
  for (const moment of moments) {
    it(`${moment}: it goes on where it was, to the verified result`, async () => {
      const page = await Page.open(site);
      const { links, code } = await start(page);
      const phone = new PhoneBrowser(site.verifier);
      if (moment === 'waiting') await cut();
      await phone.open(links.qr);
      await phone.press({ action: 'open' });
      if (moment === 'scanned') await cut();
      await phone.press({ code });
      await phone.follow();
      if (moment === 'in_app') await cut();
      assert.equal((await handoffOf(page)).phase, 'in_app');
      await phone.press({ action: 'sign', pin: 'TEST1234' });
      await phone.follow();
      if (moment === 'completing') await cut();
      const answer = await send(page, await evidenceOf(page));
      assert.equal(answer.outcome, 'review', JSON.stringify(answer));
      if (moment === 'review') await cut();
      const { hash } = await page.review();
      const envelope = await page.seal({ reviewHash: hash }, { method: 'jpki' });
      const response = await page.sendEnvelope('confirm', envelope);
      const confirmed: ConfirmAnswer = JSON.parse(await response.text());
      assert.equal(confirmed.outcome, 'verified', JSON.stringify(confirmed));
      assert.match(confirmed.status.ref ?? '', /^[\w-]{22}\.[\w-]{43}$/);
    });
  }

  it('a stream is cut, and the next one says where things are', async () => {
    const page = await Page.open(site);
    await start(page);
    const stream = await page.call('events');
    const reading = stream.text().catch(() => 'cut');
    await cut();
    assert.equal(await reading, 'cut');
    const again = await page.call('events');
    for await (const chunk of again.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const status: SessionStatus = JSON.parse(/data: (.*)/.exec(chunk)?.[1] ?? '{}');
      assert.equal(status.handoff?.phase, 'waiting');
      break;
    }
  });
});

describe('the server is killed while it fetches the result from the operator', () => {
  let ahead = 0;
  const isFinalize = ({ url }: Request) => url.endsWith('/finalize');

  /** Resolves when the operator was asked, with nobody left to hear the answer. */
  async function cutWhileFetching(page: Page, answers: boolean): Promise<void> {
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(site.verifier);
    await phone.enter(links.qr);
    await phone.press({ code });
    await phone.follow();
    await phone.press({ action: 'sign', pin: 'TEST1234' });
    const asked = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    deployment.before = async (request) => {
      if (!isFinalize(request)) return undefined;
      if (answers) await operatorOf(request);
      asked.resolve();
      await held.promise;
      return new Response(null, { status: 500 });
    };
    const coming = phone.follow().catch(() => 'cut');
    await asked.promise;
    await deployment.kill();
    assert.equal(await coming, 'cut');
    held.resolve();
    deployment.before = async () => undefined;
    ahead += 9_000;
    await deployment.restart(ahead);
  }

  /** Hands the order over: for the operator it is done. */
  const operatorOf = (request: Request) => deployment.operator.handle(request);

  const until = async (page: Page, ...phases: HandoffStatus['phase'][]) => {
    for (;;) {
      const handoff = await handoffOf(page);
      if (phases.includes(handoff.phase)) return handoff;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  it('the result is fetched by the next one', async () => {
    const page = await Page.open(site);
    await cutWhileFetching(page, false);
    await until(page, 'completing', 'failed');
    const answer = await send(page, await evidenceOf(page));
    assert.equal(answer.outcome, 'review', JSON.stringify(answer));
  });

  it('where the operator gives it once only, the page hears that it has to start anew', async () => {
    const page = await Page.open(site);
    await cutWhileFetching(page, true);
    const { code } = await until(page, 'completing', 'failed');
    assert.equal(code, 'unavailable/provider');
    const { links, code: number } = await start(page);
    await new PhoneBrowser(site.verifier).toApp(links.qr, number);
  });
});

describe('over HTTP, with a stream open', () => {
  it('the page hears of every step, and of the app by asking its operator', async () => {
    const page = await Page.open(site);
    const { links, code } = await start(page);
    const leave = new AbortController();
    const phases: (string | undefined)[] = [];
    const stream = await page.call('events', { signal: leave.signal });
    const listening = (async () => {
      for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        for (const [, data = ''] of chunk.matchAll(/data: (.*)/g)) {
          const { handoff }: SessionStatus = JSON.parse(data);
          if (handoff?.phase !== phases.at(-1)) phases.push(handoff?.phase);
          if (handoff?.phase === 'completing') return;
        }
      }
    })();
    const phone = new PhoneBrowser(site.verifier);
    await phone.open(links.qr);
    await phone.press({ action: 'open' });
    await phone.press({ code });
    await phone.follow();
    await phone.press({ action: 'sign', pin: 'TEST1234' });
    // The person takes the time to read; the operator already says that the card was read.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await phone.follow();
    await listening;
    leave.abort();
    assert.deepEqual(phases, ['waiting', 'scanned', 'in_app', 'card_read', 'completing']);
  });

  it('an end in the app is known though the person never comes back', async () => {
    const page = await Page.open(site);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(site.verifier);
    await phone.open(links.qr);
    await phone.press({ action: 'open' });
    await phone.press({ code });
    await phone.follow();
    await phone.press({ action: 'play', outcome: 'pin_locked' });
    const deadline = Date.now() + 5_000;
    let handoff = await handoffOf(page);
    while (handoff.phase !== 'failed' && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      handoff = await handoffOf(page);
    }
    assert.equal(handoff.code, 'unavailable/pin_locked');
  });
});
