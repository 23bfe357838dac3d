import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import {
  handoffAnswer,
  handoffHost,
  handoffScenes,
  statusWith,
} from '../../../../test/tools/handoff-scenes.ts';
import type { SceneSetting } from '../../../../test/tools/scenes.ts';
import { type PanelStage, sessionView, snapshotOf } from '../../../../test/tools/stage.ts';
import type { Language } from '../../../i18n/language.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import { startHandoff } from './run.ts';
import { offer } from './transfer/offer.ts';

const all = await handoffScenes();

async function show(
  setting: SceneSetting | undefined,
  speak: Language = 'ja',
  theme = 'light',
): Promise<PanelStage> {
  if (!setting) throw new Error('no such scene');
  const stage = await fixture<PanelStage>(
    html`<panel-stage .snapshot=${setting.snapshot} .speak=${speak} theme=${theme}></panel-stage>`,
  );
  // A made-up host draws nothing by itself, so the words are looked for.
  await waitUntil(
    async () => {
      stage.requestUpdate();
      await stage.updateComplete;
      return (
        stage.screens.lang === speak &&
        !text(stage).includes(stage.screens.messages.preparing.heading)
      );
    },
    'no words',
    { timeout: 5_000 },
  );
  return stage;
}

const root = (stage: PanelStage): ShadowRoot => {
  if (!stage.shadowRoot) throw new Error('no shadow root');
  return stage.shadowRoot;
};
const text = (stage: PanelStage, selector = '.panel'): string =>
  root(stage).querySelector<HTMLElement>(selector)?.innerText ?? '';
const control = (stage: PanelStage, label: string): HTMLElement => {
  const found = [
    ...root(stage).querySelectorAll<HTMLElement>('.panel :is(button, a, summary)'),
  ].find((element) => element.textContent?.trim().startsWith(label));
  if (!found) throw new Error(`no control ${label}`);
  return found;
};
const busy = new IdVerifyError('unavailable/busy', 'for a test');
const named = (name: string): SceneSetting | undefined => all[name];

for (const name of Object.keys(all).filter((one) => one !== 'handoff-preparing')) {
  for (const [speak, theme] of [
    ['ja', 'light'],
    ['en', 'dark'],
  ] as const) {
    it(`${name} is accessible (${speak}, ${theme})`, async () => {
      const stage = await show(named(name), speak, theme);
      await expect(stage).to.be.accessible();
      expect(text(stage, 'h2')).not.to.equal('');
    });
  }
}

describe('before a handoff', () => {
  it('says which password, how long it is, and after how many errors it locks', async () => {
    for (const [rung, secret] of [
      ['jpki', '署名用パスワード'],
      ['jpki-mobile', 'スマホの署名用パスワード'],
    ]) {
      const words = text(await show(named(`handoff-consent-${rung}`)), '.needs');
      expect(words).to.contain(secret);
      expect(words).to.contain('6～16文字');
      expect(words).to.contain('5回まちがえるとロック');
    }
  });

  it('says who sees what is in the certificate, and what the site gets', async () => {
    const claims = [
      { claim: 'age_over_20', purpose: { ja: '販売のため' }, retainDays: 0 },
    ] as const;
    for (const rung of ['jpki', 'jpki-mobile'] as const) {
      const run = startHandoff(
        handoffHost({
          session: { ...sessionView, claims: [...claims] },
          offer: { method: rung, app: { ja: 'テストアプリ' } },
        }),
      );
      const stage = await show({
        snapshot: snapshotOf({ state: 'consent', method: rung }, { run }),
      });
      const said = text(stage);
      expect(said).to.contain('氏名・住所・生年月日・性別が入っています');
      expect(said).to.contain('運営会社と、確認を行うサーバーには、このすべてが見えます');
      expect(said).to.match(/が受け取るのは、20歳以上かどうかです/);
      expect(said).to.contain('氏名、住所、生年月日と性別は受け取りません');
      expect(said).not.to.contain('「はい」か「いいえ」だけ');
    }
  });

  it('says which phone, which app, and how long it takes', async () => {
    const stage = await show(named('handoff-consent-jpki'), 'en');
    expect(text(stage, '.needs')).to.contain(
      'A phone that can read the card, with the Mynaportal app',
    );
    expect(text(stage, '.needs')).to.contain('About 3 minutes');
  });

  it('helps those who do not know the password, and offers them another method', async () => {
    const asked: unknown[][] = [];
    const run = startHandoff(handoffHost({}, undefined, asked));
    const stage = await show({
      snapshot: snapshotOf({ state: 'consent', method: 'jpki' }, { run }),
    });
    control(stage, '署名用パスワードがわからないとき').click();
    const help = root(stage).querySelector<HTMLElement>('.help .note');
    expect(help?.innerText).to.contain('24時間以内にコンビニの端末（6:30～23:00、無料）');
    expect(help?.innerText).to.contain('市区町村の窓口');
    help?.querySelector('button')?.click();
    expect(asked.map(([intent]) => intent)).to.deep.equal(['other']);
  });

  it('asks no password for the chip', async () => {
    const stage = await show(named('handoff-consent-ic-chip'));
    expect(text(stage, '.needs')).to.contain('署名用パスワードはいりません');
    expect(root(stage).querySelector('.help')).to.equal(null);
  });
});

describe('the way to the phone', () => {
  it('shows a labelled code, the number, the time left, and never only the code', async () => {
    const stage = await show(named('handoff-code'));
    const code = root(stage).querySelector('svg.qr');
    expect(code?.getAttribute('role')).to.equal('img');
    expect(code?.getAttribute('aria-label')).to.contain('リンクから続けられます');
    expect(text(stage, '.match b')).to.equal('47');
    expect(text(stage, '.left span')).to.match(/^残り [34]分\d+秒$/);
    const link = control(stage, 'この端末で開く');
    expect(link.getAttribute('href')).to.match(/^https:.*\.here$/);
    expect(link.getAttribute('target')).to.equal('_blank');
    expect(link.getAttribute('rel')).to.equal('noreferrer');
  });

  it('draws black on white with four modules of light, in the dark as well', async () => {
    const stage = await show(named('handoff-code'), 'ja', 'dark');
    const code = root(stage).querySelector('svg.qr');
    if (!code) throw new Error('no code');
    const [light, dark] = code.querySelectorAll('path');
    expect(light && getComputedStyle(light).fill).to.equal('rgb(255, 255, 255)');
    expect(dark && getComputedStyle(dark).fill).to.equal('rgb(0, 0, 0)');
    const { x, y, width, height } = (dark as SVGPathElement).getBBox();
    const size = Number(code.getAttribute('viewBox')?.split(' ')[2]);
    expect([x, y, size - x - width, size - y - height]).to.deep.equal([4, 4, 4, 4]);
  });

  it('on a phone leads to the app first, on a real link in the same tab', async () => {
    const stage = await show(named('handoff-here'));
    expect(root(stage).querySelector('svg.qr')).to.equal(null);
    const link = root(stage).querySelector('a.primary');
    expect(link?.getAttribute('href')).to.match(/\.here$/);
    expect(link?.hasAttribute('target')).to.equal(false);
    control(stage, 'ほかのスマホで読み取る').click();
    stage.requestUpdate();
    await stage.updateComplete;
    expect(root(stage).querySelector('svg.qr')).not.to.equal(null);
  });

  it('shows a person who comes in here the way to the privacy policy', async () => {
    const { snapshot } = named('transfer-accept') ?? expect.fail();
    const { privacyPolicy } = snapshot.session?.relyingParty ?? {};
    const link = control(await show({ snapshot }), '個人情報の取り扱い');
    expect(link.getAttribute('href')).to.equal(privacyPolicy ?? expect.fail());
  });

  it('makes leaving as large as going on', async () => {
    for (const name of ['handoff-code', 'handoff-here', 'transfer-accept', 'transfer-number']) {
      const stage = await show(named(name));
      const [on, leave] = [...root(stage).querySelectorAll<HTMLElement>('.button')];
      expect(leave?.innerText, name).to.equal('やめる');
      expect(leave?.offsetWidth, name).to.equal(on?.offsetWidth);
      expect(leave?.offsetHeight, name).to.equal(on?.offsetHeight);
    }
  });

  it('goes on with the code that is there where a new one is not to be had', async () => {
    const asked: unknown[][] = [];
    const answers = [async () => handoffAnswer(), () => Promise.reject(busy)];
    const run = startHandoff(handoffHost({}, () => (answers.shift() ?? expect.fail)(), asked));
    run.status?.(statusWith(undefined));
    await waitUntil(() => asked.some(([intent]) => intent === 'keep'));
    const stage = await show({
      snapshot: snapshotOf({ state: 'awaiting', method: 'jpki' }, { run }),
    });
    control(stage, '時間をのばす').click();
    await waitUntil(() => asked.some(([intent]) => intent === 'announce'));
    stage.requestUpdate();
    await stage.updateComplete;
    expect(text(stage, '.note:last-of-type')).to.contain('このまま続けられます');
    expect(root(stage).querySelector('.qr')).not.to.equal(null);
    expect(asked.map(([intent]) => intent)).not.to.include('fail');
  });

  it('likewise where the session moves to a phone', async () => {
    const asked: unknown[][] = [];
    const now = Date.now();
    const { link, code } = { link: 'https://shop.example/verify#id-verify=x', code: '83' };
    const granted = { link, code, now, expiresAt: now + 95_000 };
    const answers = [async () => granted, () => Promise.reject(busy)];
    const run = offer(handoffHost({ offer: { method: 'wallet' } }, undefined, asked), {
      grant: () => (answers.shift() ?? expect.fail)(),
      takeBack: async () => undefined,
    });
    run.status?.(statusWith(undefined));
    const stage = await show({
      snapshot: snapshotOf({ state: 'awaiting', method: 'wallet' }, { run }),
    });
    control(stage, '新しいコードにする').click();
    await waitUntil(() => asked.some(([intent]) => intent === 'announce'));
    stage.requestUpdate();
    await stage.updateComplete;
    expect(text(stage, '.note')).to.contain('まだ使えます');
    expect(root(stage).querySelector('.qr')).not.to.equal(null);
    expect(asked.map(([intent]) => intent)).not.to.include('fail');
  });

  it('without a clipboard: the button says that the link was not copied', async () => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    try {
      const stage = await show(named('handoff-code'));
      control(stage, 'リンクをコピー').click();
      const said = () => {
        stage.requestUpdate();
        return text(stage, '.links').includes('コピーできませんでした');
      };
      await waitUntil(said, 'said');
    } finally {
      Reflect.deleteProperty(navigator, 'clipboard');
    }
  });

  it('offers no link to copy where the code has to rotate, and draws each new one', async () => {
    const stage = await show(named('handoff-rotating'));
    const copy = [...root(stage).querySelectorAll('button')].filter((button) =>
      button.innerText.includes('コピー'),
    );
    expect(copy).to.have.length(0);
    const path = () => root(stage).querySelectorAll('.qr path')[1]?.getAttribute('d');
    const before = path();
    const payload = 'https://v.example/q?t=4&m=BBBBBBBBBBBBBBBBBBBBBB';
    stage.snapshot.run?.status?.(statusWith({ payload }));
    stage.requestUpdate();
    await stage.updateComplete;
    expect(path()).not.to.equal(before);
  });
});

describe('on the phone', () => {
  it('the code leaves as soon as it was scanned, under a new heading', async () => {
    const stage = await show(named('handoff-scanned'));
    expect(root(stage).querySelector('.qr')).to.equal(null);
    expect(text(stage, 'h2')).to.equal('スマホで読み取りました');
    expect(text(stage, '.match b')).to.equal('47');
  });

  it('says where it is, in words and for those who listen', async () => {
    const stage = await show(named('handoff-in_app'));
    expect(text(stage, '[aria-current=step]')).to.equal('アプリで手続きする');
    expect(root(stage).querySelectorAll('.past')).to.have.length(1);
  });

  it('tells of an answer that somebody tried to use again', async () => {
    expect(text(await show(named('handoff-noticed')), '.note')).to.contain('止めました');
  });
});

describe('every failure', () => {
  for (const name of Object.keys(all).filter((one) => one.startsWith('handoff-failed'))) {
    it(`${name} has its own words, and the next way at once`, async () => {
      const stage = await show(named(name));
      expect(text(stage)).to.match(/情報は(送られていません|使われません)/);
      expect(text(stage)).not.to.contain('ウォレットに使えるカード');
      // Adding the card to a wallet needs the password, or the certificate, that has just failed.
      const cardFailed = /locked|certificate/.test(name);
      expect(text(stage, '.way.next')).to.contain(
        cardFailed ? '書類と顔を撮影する' : 'スマホのマイナンバーカード',
      );
      expect(control(stage, 'この方法で続ける')).not.to.equal(undefined);
    });
  }

  it('says how to get back a locked password, and a certificate that lapsed by moving house', async () => {
    const locked = await show(named('handoff-failed-unavailable-pin_locked'));
    expect(text(locked)).to.contain('JPKI暗証番号リセット');
    expect(control(locked, 'ほかの方法にする').tagName).to.equal('BUTTON');
    expect(() => control(locked, 'もう一度試す')).to.throw();
    const revoked = await show(named('handoff-failed-revoked-certificate'));
    expect(text(revoked)).to.contain('引っ越し');
    expect(text(revoked)).to.contain('窓口');
  });
});

describe('afterwards', () => {
  it('invites to the wallet only after the plastic card, and where the service takes it', async () => {
    const stage = await show(named('done-jpki'));
    const link = control(stage, '今すぐ追加する');
    expect(link.getAttribute('href')).to.match(/^https:/);
    const { snapshot } = named('done-jpki') ?? expect.fail();
    for (const change of [
      { flow: { state: 'done', method: 'wallet' } as const },
      {
        availableMethods: snapshot.availableMethods.filter(
          ({ offer }) => offer.method !== 'wallet',
        ),
      },
    ]) {
      const other = await show({ snapshot: { ...snapshot, ...change } });
      expect(text(other)).not.to.contain('今すぐ追加する');
    }
  });
});
