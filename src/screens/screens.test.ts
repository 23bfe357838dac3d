import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { type SceneSetting, scenes, walletRun } from '../../test/tools/scenes.ts';
import { offeredMethods, type PanelStage, pretend, snapshotOf } from '../../test/tools/stage.ts';
import type { Language } from '../i18n/language.ts';

const all = await scenes();

async function show(
  setting: SceneSetting | undefined,
  speak: Language = 'ja',
  theme = 'light',
): Promise<PanelStage> {
  if (!setting) throw new Error('no such view');
  pretend(setting.userAgent);
  const stage = await fixture<PanelStage>(
    html`<panel-stage
      .snapshot=${setting.snapshot}
      .waitStage=${setting.waitStage ?? 0}
      .speak=${speak}
      theme=${theme}
    ></panel-stage>`,
  );
  stage.screens.load('later');
  stage.screens.load('trouble');
  const arrived = () =>
    stage.screens.lang === speak && stage.screens.later && stage.screens.trouble;
  await waitUntil(arrived, 'no words', { timeout: 5_000 });
  await stage.updateComplete;
  return stage;
}

afterEach(() => pretend());

const root = (stage: PanelStage): ShadowRoot => {
  if (!stage.shadowRoot) throw new Error('no shadow root');
  return stage.shadowRoot;
};
const text = (stage: PanelStage, selector = '.panel'): string =>
  root(stage).querySelector<HTMLElement>(selector)?.innerText ?? '';
const press = (stage: PanelStage, label: string): void => {
  const control = [...root(stage).querySelectorAll<HTMLElement>('button, a')].find(
    (element) => element.textContent?.trim() === label,
  );
  if (!control) throw new Error(`no control ${label}`);
  control.click();
};

// One theme and language each in turn: every screen is looked at, both themes and languages are.
for (const [index, name] of Object.keys(all).entries()) {
  const [speak, theme] = index % 3 ? (['ja', 'light'] as const) : (['en', 'dark'] as const);
  it(`${name} is accessible (${speak}, ${theme})`, async () => {
    const stage = await show(all[name], speak, theme);
    await expect(stage).to.be.accessible();
    expect(text(stage, 'h2')).not.to.equal('');
  });
}

describe('first screens', () => {
  it('say after a while what they wait for, then offer to ask again', async () => {
    expect(root(await show(all.preparing)).querySelector('button')).to.equal(null);
    expect(text(await show(all['preparing-2s']))).to.contain('サービスからの返事を待っています');
    const stage = await show(all['preparing-10s']);
    press(stage, 'もう一度つなぐ');
    expect(stage.asked).to.deep.equal(['restart']);
  });

  it('choose: the first usable way is recommended and chosen', async () => {
    const stage = await show(all.choose);
    expect(
      root(stage).querySelector('.way :checked')?.closest('.way')?.textContent ?? '',
    ).to.contain('おすすめ');
    press(stage, '次へ');
    root(stage).querySelectorAll<HTMLInputElement>('input[type=radio]')[2]?.click();
    press(stage, '次へ');
    expect(stage.asked).to.deep.equal(['choose wallet', 'choose photo']);
  });

  it('choose: a way this browser lacks is named and cannot be chosen', async () => {
    const stage = await show(all['choose-closed']);
    expect(text(stage, '.closed')).to.contain('ここでは使えません');
    expect(root(stage).querySelectorAll('input')).to.have.length(2);
    press(stage, '次へ');
    expect(stage.asked).to.deep.equal(['choose jpki']);
  });

  it('choose: on an iPhone without a wallet it says from when on there is one', async () => {
    const stage = await show(all['choose-closed-iphone']);
    expect(text(stage, '.closed')).to.contain('iOS 26以降の');
    expect(text(stage)).not.to.contain('スマホで続ける');
  });

  it('choose: inside an app the browser comes first, with the link, then what works here', async () => {
    const stage = await show(all['choose-in-line']);
    expect(text(stage, 'h2')).to.equal('Safari で開いてください');
    press(stage, 'リンクをコピー');
    await waitUntil(() => stage.notice !== '');
    expect(root(stage).querySelectorAll('input')).to.have.length(2);
    expect(text(stage, '.closed')).to.contain('ここでは使えません');
    press(stage, 'この方法で、ここで続ける');
    expect(stage.asked).to.deep.equal(['choose jpki']);
  });

  it('without any usable way it says what is missing and what to do', async () => {
    const stage = await show(all['none-unavailable-no_api']);
    expect(text(stage)).to.contain('Safari か Chrome');
    expect(text(stage)).to.contain('情報は送られていません');
    press(stage, 'リンクをコピー');
    await waitUntil(() => stage.notice !== '');
  });
});

describe('consent', () => {
  it('names each item, its purpose, whether it is kept, and what is not sent', async () => {
    const stage = await show(all.consent);
    const items = [...root(stage).querySelectorAll('.claims li')].map((item) =>
      item.textContent?.replace(/\s+/g, ' ').trim(),
    );
    expect(items).to.deep.equal([
      '氏名 7年保存 申込書との照合',
      '住所 7年保存 申込書との照合',
      '生年月日 7年保存 申込書との照合',
      '顔写真 保存しない ご本人であることの確認',
    ]);
    expect(text(stage)).to.contain('マイナンバー（個人番号）と性別は送られません');
  });

  it('keeps its button in the tab order while the request is prepared, without effect', async () => {
    let approved = 0;
    const run = walletRun({ ready: false, approve: () => approved++ });
    const stage = await show({
      snapshot: snapshotOf({ state: 'consent', method: 'wallet' }, { run }),
    });
    const button = root(stage).querySelector<HTMLButtonElement>('.primary');
    expect(button?.getAttribute('aria-disabled')).to.equal('true');
    button?.focus();
    expect(root(stage).activeElement).to.equal(button);
    button?.click();
    expect(approved).to.equal(0);
  });
});

describe('review', () => {
  it('shows values in words, the portrait as pixels, and how they compare', async () => {
    const stage = await show(all['review-mismatch']);
    expect(text(stage)).to.contain('1971年（昭和46年）9月1日');
    expect(text(stage)).to.contain('女性');
    expect(text(stage)).to.contain('はい');
    expect(text(stage, '.match-mismatch')).to.equal('登録の内容とちがいます');
    expect(root(stage).querySelector('.match-mismatch svg')).not.to.equal(null);
    const canvas = root(stage).querySelector('canvas');
    expect(canvas?.getAttribute('aria-label')).to.equal('読み取った顔写真');
    await waitUntil(() => canvas?.width === 240);
    const pixel = canvas?.getContext('2d')?.getImageData(120, 120, 1, 1).data;
    expect(pixel?.[2]).to.be.greaterThan(200);
    expect(root(stage).querySelector('img')).to.equal(null);
  });

  it('says in words that a portrait cannot be shown', async () => {
    const stage = await show(all['review-undecodable']);
    await waitUntil(() => root(stage).querySelector('canvas')?.hidden);
    expect(text(stage, '.person .note')).to.contain('表示できない形式');
  });

  it('offers to confirm, to object and to leave', async () => {
    const stage = await show(all.review);
    press(stage, 'この内容で確定する');
    press(stage, '内容がちがう');
    press(stage, 'やめる');
    expect(stage.asked).to.deep.equal(['confirm', 'dispute', 'cancel']);
  });

  it('comes back after it was hidden', async () => {
    const stage = await show(all['review-hidden']);
    expect(root(stage).querySelector('dl')).to.equal(null);
    press(stage, 'もう一度表示する');
    expect(stage.asked).to.deep.equal(['reveal']);
  });

  it('shows markup as text', async () => {
    const markup = '<img src=x onerror=alert(1)>';
    const items = [{ kind: 'text' as const, claim: 'name' as const, value: markup }];
    const review = { method: 'wallet' as const, hideAt: Date.now() + 300_000, items };
    const stage = await show({
      snapshot: snapshotOf({ state: 'review', method: 'wallet', review }),
    });
    expect(text(stage, '.who')).to.contain(markup);
    expect(root(stage).querySelector('img')).to.equal(null);
  });
});

describe('failures', () => {
  it('a cancel is neutral and leads to the next way at once', async () => {
    const stage = await show(all['failed-incomplete-not_allowed']);
    expect(text(stage, 'h2')).to.equal('手続きは完了していません');
    expect(text(stage)).not.to.contain('失敗');
    press(stage, 'この方法で続ける');
    press(stage, 'もう一度ウォレットで試す');
    press(stage, 'やめる');
    expect(stage.asked).to.deep.equal(['other', 'choose jpki', 'retry', 'cancel']);
  });

  it('a lost connection is asked again first', async () => {
    const stage = await show(all['failed-unavailable-network']);
    press(stage, 'もう一度試す');
    press(stage, 'ほかの方法にする');
    expect(stage.asked).to.deep.equal(['retry', 'other']);
  });

  it('an ended session only starts again', async () => {
    const stage = await show(all['failed-session-expired']);
    expect(root(stage).querySelectorAll('.panel button')).to.have.length(1);
    press(stage, 'はじめからやり直す');
    expect(stage.asked).to.deep.equal(['restart']);
  });

  it('a difference from the account names the item and not its value', async () => {
    expect(text(await show(all['failed-policy-mismatch_address']))).to.contain('読み取った住所が');
    expect(text(await show(all['failed-undetermined-match_name']))).to.contain('氏名の書き方');
  });

  it('a refusal by a reviewer gives their reason, as text, and a new start', async () => {
    const view = all['failed-policy-review'];
    const stage = await show(view);
    expect(text(stage, '.reason')).to.equal('裏面の住所が光って読めませんでした。');
    press(stage, 'はじめからやり直す');
    expect(stage.asked).to.deep.equal(['restart']);
    const reason = { ja: '<b>読めません</b>' };
    const status = view?.snapshot.status;
    if (!view || !status) throw new Error('no such view');
    const told = { ...view.snapshot, status: { ...status, reason } };
    const marked = await show({ snapshot: told }, 'en');
    expect(text(marked, '.reason')).to.equal('<b>読めません</b>');
  });

  it('refused without a reason: neither red nor green, no code, no other way', async () => {
    const stage = await show(all['failed-refused']);
    expect(text(stage, 'h2')).to.equal('確認できませんでした');
    expect(text(stage)).to.contain('確認できなかったことだけが伝わります');
    expect(text(stage)).to.contain('この画面は閉じてもかまいません');
    expect(text(stage)).not.to.match(/policy|歳|年齢|お問い合わせのとき/);
    const { panel, bar, ring } = {
      panel: root(stage).querySelector('.panel'),
      bar: root(stage).querySelector('.seal path'),
      ring: root(stage).querySelector('.seal circle'),
    };
    expect(panel?.querySelectorAll('button, a').length).to.equal(0);
    if (!bar || !ring) throw new Error('no seal');
    expect(getComputedStyle(ring).fill).to.equal('none');
    for (const shape of [bar, ring]) {
      const [red, green, blue] = getComputedStyle(shape).stroke.match(/\d+/g) ?? [];
      expect([green, blue], 'grey').to.deep.equal([red, red]);
    }
    expect(bar.getAttribute('d')).to.match(/^M\d+ 36h\d+$/);
  });

  it('an unknown case has the words of its category, and its code for support', async () => {
    const stage = await show(all['failed-digest-mismatch']);
    expect(text(stage)).to.contain('発行されたときの記録と合いませんでした');
    expect(text(stage, '.code')).to.equal('digest/mismatch');
  });
});

describe('every screen', () => {
  it('has a way on unless the server is at work, and fits 320 pixels', async () => {
    const working = ['preparing', 'preparing-2s', 'submitting', 'confirming', 'pending', 'done'];
    // What leads on from there is the site's own, in the slot.
    working.push('failed-refused');
    for (const [name, setting] of Object.entries(all)) {
      const stage = await show(setting, 'en');
      const controls = root(stage).querySelectorAll('.panel :is(button, a)').length;
      expect(controls > 0 || working.includes(name), name).to.equal(true);
      const frame = root(stage).querySelector<HTMLElement>('.frame');
      const box = stage.parentElement;
      if (!frame || !box) throw new Error('no frame');
      box.style.width = '320px';
      expect(frame.scrollWidth, name).to.be.at.most(frame.clientWidth);
      expect(frame.clientWidth, name).to.be.at.most(320);
      stage.remove();
    }
  });

  it('has touch targets of 44 pixels', async () => {
    const stage = await show({
      snapshot: snapshotOf({ state: 'choose' }, { availableMethods: offeredMethods() }),
    });
    for (const target of root(stage).querySelectorAll('button, select, summary, label.way')) {
      expect(target.getBoundingClientRect().height, target.textContent ?? '').to.be.at.least(44);
    }
  });
});
