import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { type SiteBackend, useSiteBackend } from '../../test/tools/site-backend.ts';
import '../define.ts';
import { IdVerify, type IdVerifyErrorEvent, type IdVerifyResultEvent } from '../index.ts';

const REF = `${'r'.repeat(22)}.${'s'.repeat(43)}`;

const siteBackend = useSiteBackend();
let server: SiteBackend;
beforeEach(() => {
  server = siteBackend();
});

let count = 0;
/** Its own profile, so that no test resumes another's session. */
const profile = () => `test-${Date.now()}-${count++}`;
/** A session that the site's server opened: where it stands is known once it is claimed. */
const minted = () => `${crypto.randomUUID().replaceAll('-', '').slice(0, 22)}.${'s'.repeat(43)}`;
const make = (attributes: Record<string, string> = {}): IdVerify => {
  const element = document.createElement('id-verify');
  for (const [name, value] of Object.entries({ profile: profile(), ...attributes }))
    element.setAttribute(name, value);
  return element;
};
const inState = async (element: IdVerify, ...states: string[]): Promise<void> => {
  await waitUntil(() => states.includes(element.state), `${states} not reached`, { timeout: 5000 });
  await element.updateComplete;
};
const opened = (element: IdVerify) => inState(element, 'intro', 'choose');
const shown = (element: IdVerify, selector = 'h2'): HTMLElement => {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const add = async (element: IdVerify): Promise<IdVerify> => {
  await fixture(html`${element}`);
  return element;
};

it('is accessible', async () => {
  const element = await add(make());
  await opened(element);
  await expect(element).to.be.accessible();
});

describe('opening', () => {
  it('waits until it is seen', async () => {
    const element = make();
    element.hidden = true;
    await add(element);
    await aTimeout(200);
    expect(server.calls).not.to.include('POST /id-verify/sessions');
    expect(element.state).to.equal('idle');
    element.hidden = false;
    await opened(element);
    expect(server.calls).to.include('POST /id-verify/sessions');
  });

  it('before it is seen it waits for nobody, and says nothing', async () => {
    const element = make();
    element.hidden = true;
    await add(element);
    await aTimeout(2500);
    expect(shown(element, '[role=status]').textContent?.trim()).to.equal('');
    expect(element.shadowRoot?.querySelector('.panel p')).to.equal(null);
  }).timeout(5000);

  it('start() does not wait', async () => {
    const element = make();
    element.hidden = true;
    await add(element);
    element.start();
    await opened(element);
  });

  it('a token of the site opens nothing and claims', async () => {
    const id = 'i'.repeat(22);
    const element = await add(make({ session: `${id}.${'x'.repeat(43)}` }));
    await opened(element);
    expect(server.calls).to.include(`POST /id-verify/sessions/${id}/claim`);
    expect(server.calls).not.to.include('POST /id-verify/sessions');
  });

  it('says what it waits for, never takes focus while loading, and offers a way on', async () => {
    const before = document.activeElement;
    server.delayMs = 2600;
    const element = await add(make());
    await waitUntil(() => shown(element, '.panel').innerText.includes('返事を待っています'), '', {
      timeout: 3000,
    });
    expect(shown(element, '[role=status]').textContent).to.contain('返事を待っています');
    await opened(element);
    expect(document.activeElement).to.equal(before);
    expect(shown(element, '[role=status]').textContent).to.contain(shown(element).innerText);
  });

  it('a dead server is said with a way on, and an event names the code', async () => {
    server.failure = () => new Response('<h1>500</h1>', { status: 500 });
    const element = make();
    setTimeout(() => add(element));
    const error = (await oneEvent(element, 'id-verify-error')) as IdVerifyErrorEvent;
    expect(error.code).to.equal('unavailable/backend');
    expect(error.retryable).to.equal(true);
    expect(error.message).to.contain('500');
    expect(error.bubbles && error.composed).to.equal(true);
    expect(element.error?.code).to.equal('unavailable/backend');
    await waitUntil(() => shown(element).innerText === 'サービスが応答していません');
    server.failure = undefined;
    shown(element, '.primary').click();
    await opened(element);
  });
});

describe('lifecycle', () => {
  it('is defined once, however often it is loaded', async () => {
    const again = await import(`../define.ts?again=${Date.now()}`);
    expect(customElements.get('id-verify')).to.equal(IdVerify);
    expect(again.IdVerify).to.be.a('function');
  });

  it('takes properties set before the upgrade', async () => {
    const tag = `id-verify-late-${Date.now()}`;
    const element = document.createElement(tag) as IdVerify;
    Object.assign(element, { profile: profile(), methods: ['jpki', 'wallet'], theme: 'dark' });
    element.setAttribute('lang', 'en');
    await fixture(html`${element}`);
    customElements.define(tag, class extends IdVerify {});
    await opened(element);
    expect(element.methods).to.deep.equal(['jpki', 'wallet']);
    expect(element.getAttribute('theme')).to.equal('dark');
    await waitUntil(() => shown(element, '.title').innerText === 'Identity check for Sample Bank');
  });

  it('reads methods from the attribute in its order, and keeps a slip for the server to refuse', () => {
    const element = make({ methods: ' photo, nonsense wallet' });
    expect(element.methods).to.deep.equal(['photo', 'nonsense', 'wallet']);
    element.methods = 'jpki wallet';
    expect(element.methods).to.deep.equal(['jpki', 'wallet']);
    element.removeAttribute('methods');
    expect(element.methods).to.equal(undefined);
  });

  it('goes on where it was after it was moved, and after it was removed and added again', async () => {
    const element = await add(make());
    await opened(element);
    const { state } = element;
    const [one, two] = [document.createElement('div'), document.createElement('div')];
    document.body.append(one, two);
    one.append(element);
    two.append(element);
    expect(element.state).to.equal(state);
    element.remove();
    await aTimeout(50);
    one.append(element);
    await element.updateComplete;
    expect(element.state).to.equal(state);
    expect(server.calls.filter((call) => call === 'POST /id-verify/sessions')).to.have.length(1);
    one.remove();
    two.remove();
  });

  it('removed before the answer, it still opens once when it is back', async () => {
    server.delayMs = 150;
    const element = await add(make());
    await inState(element, 'preparing');
    element.remove();
    await aTimeout(300);
    document.body.append(element);
    await opened(element);
    element.remove();
  });

  it('two on a page keep to themselves', async () => {
    const [one, two] = [make(), make({ lang: 'en' })];
    await fixture(html`<div>${one}${two}</div>`);
    await opened(one);
    await opened(two);
    one.cancel();
    expect(one.state).to.equal('cancelled');
    expect(two.state).not.to.equal('cancelled');
    expect(shown(two, '.title').innerText).to.contain('Sample Bank');
    expect(shown(one, '.title').innerText).to.contain('サンプル銀行');
  });

  it('attributes changed in mid-flow change nothing that runs', async () => {
    const element = await add(make());
    await opened(element);
    const { length } = server.calls;
    element.endpoint = 'https://elsewhere.example/';
    element.setAttribute('profile', 'other');
    element.setAttribute('session', `${'a'.repeat(22)}.${'b'.repeat(43)}`);
    const warned: unknown[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => warned.push(words.join(' '));
    await element.updateComplete;
    console.warn = warn;
    expect(warned.join()).to.match(/(endpoint|profile|session), .+ changed/);
    const { state } = element;
    await aTimeout(50);
    expect(element.state).to.equal(state);
    expect(server.calls.length - length).to.be.at.most(1);
  });
});

describe('states and events', () => {
  it('tells each move once, and matches :state() where the engine has it', async () => {
    const element = make();
    const states: string[] = [];
    const note = ({ state }: { state: string }) => states.push(state);
    element.addEventListener('id-verify-state', note);
    await add(element);
    await opened(element);
    expect(states).to.deep.equal(['preparing', element.state]);
    if (CSS.supports('selector(:state(intro))'))
      expect(element.matches(`:state(${element.state})`)).to.equal(true);
    element.cancel();
    expect(states.at(-1)).to.equal('cancelled');
    if (CSS.supports('selector(:state(intro))'))
      expect(element.matches(':state(intro), :state(choose)')).to.equal(false);
    element.start();
    await opened(element);
  });

  it('cancelling has the server erase the session', async () => {
    const element = await add(make());
    await opened(element);
    await waitUntil(() => server.calls.some((call) => call.endsWith('/claim')));
    performance.clearResourceTimings();
    element.cancel();
    // Firefox sends what is to outlive the page past the service worker.
    const pastTheWorker = () =>
      performance
        .getEntriesByType('resource')
        .some(({ name }) => /\/id-verify\/sessions\/[\w-]{22}$/.test(name));
    await waitUntil(
      () => server.calls.some((call) => call.startsWith('DELETE ')) || pastTheWorker(),
    );
    await waitUntil(() => shown(element).innerText === '本人確認をやめました');
  });

  it('a result is an event and a form value, both only the reference', async () => {
    server.status = { state: 'done', method: 'jpki', ref: REF };
    const form = await fixture<HTMLFormElement>(html`<form></form>`);
    const element = make({ session: minted(), name: 'identity', required: '' });
    const result = oneEvent(form, 'id-verify-result') as Promise<IdVerifyResultEvent>;
    form.append(element);
    expect(form.checkValidity()).to.equal(false);
    const { ref, status, method } = await result;
    expect({ ref, status, method }).to.deep.equal({ ref: REF, status: 'verified', method: 'jpki' });
    expect(new FormData(form).get('identity')).to.equal(REF);
    expect(element.value).to.equal(REF);
    expect(form.checkValidity()).to.equal(true);
    await waitUntil(() => shown(element).innerText === '本人確認が完了しました');
  });

  it('pending is a result, too', async () => {
    server.status = { state: 'pending', method: 'photo', ref: REF };
    const element = make({ session: minted() });
    const result = oneEvent(element, 'id-verify-result') as Promise<IdVerifyResultEvent>;
    await add(element);
    expect((await result).status).to.equal('pending');
  });
});

describe('forms', () => {
  it('required without a result holds the form back, with words in the element’s language', async () => {
    const form = await fixture<HTMLFormElement>(html`<form></form>`);
    const element = make({ name: 'identity', required: '', lang: 'en' });
    form.append(element);
    await opened(element);
    expect(element.form).to.equal(form);
    expect(element.validity.valueMissing).to.equal(true);
    await waitUntil(() => element.validationMessage === 'Please complete the identity check.');
    expect(new FormData(form).has('identity')).to.equal(false);
    // Not `reportValidity()`: its message, drawn by the system, never ends in headless engines.
    expect(form.checkValidity()).to.equal(false);
    element.focus();
    expect(document.activeElement).to.equal(element);
    expect(element.matches(':invalid')).to.equal(true);
    element.required = false;
    await element.updateComplete;
    expect(form.checkValidity()).to.equal(true);
  });

  it('disabled, it neither opens nor can be used', async () => {
    const set = await fixture<HTMLFieldSetElement>(html`<fieldset disabled></fieldset>`);
    const element = make();
    set.append(element);
    await aTimeout(200);
    expect(element.state).to.equal('idle');
    expect(shown(element).innerText).to.equal('いまは操作できません');
    expect(shown(element, '.header').inert).to.equal(true);
    await expect(element).to.be.accessible();
    set.disabled = false;
    await opened(element);
    expect(shown(element, '.header').inert).to.equal(false);
    set.disabled = true;
    await element.updateComplete;
    expect(shown(element, '.screen').inert).to.equal(true);
    expect(shown(element, '[role=status]').innerText).to.contain('いまは操作できません');
  });

  it('is disabled by its own attribute, has labels, a kind and words of the page', async () => {
    const form = await fixture<HTMLFormElement>(
      html`<form><label for="who">本人確認</label></form>`,
    );
    const element = make({ id: 'who', disabled: '' });
    form.append(element);
    await aTimeout(100);
    expect([element.disabled, element.state, element.type]).to.deep.equal([
      true,
      'idle',
      'id-verify',
    ]);
    expect([...element.labels].map((label) => label.textContent)).to.deep.equal(['本人確認']);
    element.disabled = false;
    await opened(element);
    element.setCustomValidity('まだです');
    expect([form.checkValidity(), element.validationMessage]).to.deep.equal([false, 'まだです']);
    element.setCustomValidity('');
    expect(form.checkValidity()).to.equal(true);
  });

  it('a reset takes the result back and leaves a running flow', async () => {
    const form = await fixture<HTMLFormElement>(html`<form></form>`);
    const element = make({ name: 'identity' });
    form.append(element);
    await opened(element);
    form.reset();
    expect(element.state).to.equal('cancelled');
    server.status = { state: 'done', method: 'jpki', ref: REF };
    element.session = minted();
    element.start();
    await inState(element, 'done');
    form.reset();
    expect(element.value).to.equal('');
    expect(new FormData(form).has('identity')).to.equal(false);
  });
});

describe('words and focus', () => {
  it('focus follows the person from screen to screen', async () => {
    const element = await add(make());
    await opened(element);
    const button = shown(element, '.secondary, .link');
    button.focus();
    button.click();
    await inState(element, 'cancelled');
    await waitUntil(() => shown(element).innerText === '本人確認をやめました');
    expect(element.shadowRoot?.activeElement).to.equal(shown(element));
  });

  it('follows the person through closed trees around it, and not somebody beside it in one', async () => {
    const outer = await fixture<HTMLElement>(html`<div></div>`);
    const middle = document.createElement('div');
    outer.attachShadow({ mode: 'closed' }).append(middle);
    const inner = middle.attachShadow({ mode: 'closed' });
    const beside = document.createElement('button');
    const element = make();
    inner.append(beside, element);
    await opened(element);
    shown(element, '.primary').focus();
    element.cancel();
    await inState(element, 'cancelled');
    await waitUntil(() => element.shadowRoot?.activeElement?.localName === 'h2');
    beside.focus();
    element.start();
    await opened(element);
    expect(inner.activeElement).to.equal(beside);
  });

  it('a page translated by the browser shows the next screen, not the words of the last', async () => {
    const element = await add(make());
    await opened(element);
    const walker = document.createTreeWalker(shown(element, '.frame'), NodeFilter.SHOW_TEXT);
    const texts: Node[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const wrapped = document.createElement('font');
      wrapped.append(`x ${text.textContent}`);
      text.parentNode?.replaceChild(wrapped, text);
    }
    element.cancel();
    await inState(element, 'cancelled');
    await waitUntil(() => shown(element).textContent?.trim() === '本人確認をやめました');
  });

  it('what the page says of text stays outside, a reset of everything included', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      body { letter-spacing: 9px; word-spacing: 9px; text-transform: uppercase; white-space: pre;
        text-shadow: 1px 1px red; text-indent: 3em; cursor: wait; line-height: 3;
        font-style: italic; }
      * { all: unset; display: revert; }`);
    document.adoptedStyleSheets.push(sheet);
    try {
      const element = await add(make({ theme: 'dark' }));
      await opened(element);
      const style = getComputedStyle(shown(element, '.panel'));
      expect([
        style.letterSpacing,
        style.wordSpacing,
        style.textTransform,
        style.whiteSpace,
        style.textShadow,
        style.textIndent,
        style.writingMode,
        style.fontStyle,
        style.colorScheme,
      ]).to.deep.equal([
        'normal',
        '0px',
        'none',
        'normal',
        'none',
        '0px',
        'horizontal-tb',
        'normal',
        'dark',
      ]);
      expect(getComputedStyle(shown(element, '.frame')).containerType).to.equal('inline-size');
      expect(shown(element, '.frame').getBoundingClientRect().width).to.be.above(300);
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    }
  });

  it('somebody elsewhere on the page is told and not moved', async () => {
    const input = await fixture<HTMLInputElement>(html`<input aria-label="x" />`);
    const element = await add(make());
    await opened(element);
    input.focus();
    element.cancel();
    await waitUntil(() =>
      shown(element, '[role=status]').textContent?.includes('本人確認をやめました'),
    );
    expect(document.activeElement).to.equal(input);
  });

  it('speaks the language of the page around it, or the one chosen in its menu', async () => {
    const around = await fixture(html`<section lang="en-GB"></section>`);
    const element = make();
    around.append(element);
    await opened(element);
    await waitUntil(() => shown(element, '.frame').lang === 'en');
    const menu = shown(element, 'select') as HTMLSelectElement;
    menu.value = 'ja';
    menu.dispatchEvent(new Event('change'));
    await waitUntil(() => shown(element, '.frame').lang === 'ja');
    expect(shown(element, '.title').innerText).to.equal('サンプル銀行 の本人確認');
  });

  it('speaks the language it is set to, by property as by attribute', async () => {
    const element = make();
    element.lang = 'en';
    await opened(await add(element));
    await waitUntil(() => shown(element, '.frame').lang === 'en');
    element.lang = 'ja';
    await waitUntil(() => shown(element, '.frame').lang === 'ja');
  });

  it('a page replaces single texts, for one element', async () => {
    const element = make();
    element.messages = { cancelled: { heading: 'また今度' } };
    await add(element);
    await opened(element);
    element.cancel();
    await waitUntil(() => shown(element).innerText === 'また今度');
  });

  it('is as wide as it likes where nobody says how wide, and narrower where it has to be', async () => {
    const within = async (rules: string): Promise<() => number> => {
      const container = await fixture<HTMLElement>(html`<div></div>`);
      container.style.cssText = rules;
      const element = make();
      container.append(element);
      await element.updateComplete;
      return () => element.getBoundingClientRect().width;
    };
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const wanted = Math.min(30 * rem, innerWidth * 0.85);
    for (const rules of [
      'position: fixed; inline-size: fit-content', // as a dialog
      'display: flex; justify-content: center',
      'display: grid; place-items: center',
      'float: left',
    ]) {
      const width = await within(rules);
      await waitUntil(() => width() >= wanted - 1, `${rules}: ${width()} px`);
    }
    const narrow = await within('display: flex; inline-size: 200px');
    expect(narrow()).to.equal(200);
  });

  it('at twice the size on a narrow screen its title is words, not letters below each other', async () => {
    const screen = await fixture<HTMLElement>(html`<div></div>`);
    screen.style.inlineSize = '320px';
    const element = make();
    element.style.setProperty('--id-verify-font-size', '2rem');
    screen.append(element);
    await opened(element);
    const title = shown(element, '.title');
    const em = Number.parseFloat(getComputedStyle(title).fontSize);
    expect(title.getBoundingClientRect().width).to.be.at.least(5 * em);
  });

  it('reads from left to right, whatever the page around it does', async () => {
    const around = await fixture(html`<div dir="rtl"></div>`);
    const element = make();
    around.append(element);
    await element.updateComplete;
    expect(getComputedStyle(shown(element, '.panel')).direction).to.equal('ltr');
  });

  it('markup in what the server says is text', async () => {
    server.view = { purpose: { ja: '<img src=x><script>1</script>' } };
    server.methods = [{ method: 'jpki', app: { ja: '<b>app</b>' } }, { method: 'wallet' }];
    const element = await add(make());
    await opened(element);
    expect(element.shadowRoot?.querySelector('img, script')).to.equal(null);
  });

  it('a javascript: link is refused', async () => {
    const { sessionView } = await import('../../test/tools/stage.ts');
    server.view = {
      relyingParty: { ...sessionView.relyingParty, privacyPolicy: 'javascript:alert(1)' },
    };
    const element = await add(make());
    await inState(element, 'failed');
    expect(element.shadowRoot?.querySelector('a')).to.equal(null);
  });
});

it('works by keyboard alone: every control can be reached and nothing else', async () => {
  const element = await add(make());
  await opened(element);
  const controls = [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>('button, a, input, select, summary') ??
      []),
  ];
  expect(controls.length).to.be.greaterThan(2);
  for (const control of controls) {
    control.focus();
    expect(element.shadowRoot?.activeElement).to.equal(control);
    expect(control.tabIndex).to.equal(0);
  }
});
