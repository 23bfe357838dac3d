/**
 * Browsers without a wallet API: what is missing is said, what to do is said, and nothing is asked.
 * Where the site lets sessions move, the way on is the person's phone.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { type EngineName, findEngine, howToInstall } from '../engines.ts';
import { startWebKitDriver } from '../webkit.ts';
import { type Deployment, deploy } from './deployment.ts';
import { tag, Visit } from './visit.ts';

let site: Deployment;
before(async () => {
  site = await deploy();
});
afterEach(() => {
  site.front.weather = () => undefined;
});
after(() => site.stop());

/** A verifier that knows no page on which a phone could go on. */
function withoutPhones(): void {
  const alter = (answer: string): string =>
    JSON.stringify(JSON.parse(answer), (name, value) =>
      name === 'transferable' ? undefined : value,
    );
  site.front.weather = ({ path }) => (/\/(sessions|claim)$/.test(path) ? { alter } : undefined);
}

const address = (): string => site.front.origin + site.front.page(tag());

/** The element as a form's required part. */
const inForm = (): string => {
  const page = tag('profile="identity" methods="wallet" name="identity" required');
  return (
    site.front.origin + site.front.page(page.replace(/<id-verify.*id-verify>/, '<form>$&</form>'))
  );
};
/** An expression: the form holds itself back, says so, and the page lives on. */
const HELD_BACK = `document.forms[0].reportValidity() === false && document.querySelector('id-verify').validity.valueMissing`;

/** An expression for the text of the only panel there can be, once it stands; else the empty string. */
const FALLBACK = `(() => {
  const element = document.querySelector('id-verify');
  return element?.state === 'choose'
    ? element.shadowRoot.querySelector('.panel:not(:has(.skeleton))')?.textContent ?? ''
    : '';
})()`;

/** Neutral, with a way on and a way out. */
function saysWhatToDo(words: string): void {
  assert.match(words, /Safari (か|または) Chrome/);
  assert.match(words, /情報は送られていません/);
  assert.match(words, /リンクをコピー/);
  assert.match(words, /やめる/);
}

/** Whether this engine is here; says so where it is not. CI requires all of them before any test. */
function missing(name: EngineName): string | false {
  return findEngine(name) ? false : `no ${name}. ${howToInstall([name])}`;
}

async function shown(page: Page): Promise<string> {
  const words = await page.waitForFunction(FALLBACK, { timeout: 20_000 });
  return (await words.jsonValue()) as string;
}

/** Runs in the page: counts calls that must not be made. */
function countCalls(): void {
  const credentials = navigator.credentials as CredentialsContainer | undefined;
  if (!credentials) return;
  const { get } = credentials;
  Reflect.set(window, 'asked', 0);
  credentials.get = (options) => {
    Reflect.set(window, 'asked', Number(Reflect.get(window, 'asked')) + 1);
    return get.call(credentials, options);
  };
}

it('Chromium with the API disabled', async () => {
  const browser = await launchChromium({
    args: ['--disable-features=WebIdentityDigitalCredentials'],
  });
  try {
    withoutPhones();
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(countCalls);
    await page.goto(inForm());
    assert.equal(await page.evaluate('typeof DigitalCredential'), 'undefined');
    saysWhatToDo(await shown(page));
    assert.equal(await page.evaluate('asked'), 0);
    assert.equal(await page.evaluate(HELD_BACK), true);
    saysWhatToDo(await shown(page));
  } finally {
    await browser.close();
  }
});

it('Chromium with the API disabled, where sessions may move: the phone is offered', async () => {
  const browser = await launchChromium({
    args: ['--disable-features=WebIdentityDigitalCredentials'],
  });
  try {
    const tab = await Visit.take(await browser.newPage(), site.wallet);
    await tab.open(address());
    await tab.reach('consent');
    assert.match(await tab.words(), /スマホで続ける/);
    await tab.press();
    await tab.until(`document.querySelector('id-verify').shadowRoot.querySelector('.qr path')`);
    assert.deepEqual(await tab.heardOf('error'), []);
  } finally {
    await browser.close();
  }
});

it('Chromium on an insecure origin: the address is at fault, not the browser', async () => {
  const browser = await launchChromium({
    args: ['--host-resolver-rules=MAP insecure.test 127.0.0.1'],
  });
  try {
    const tab = await Visit.take(await browser.newPage(), site.wallet);
    const insecure = site.front.origin.replace('localhost', 'insecure.test');
    await tab.open(insecure + site.front.page(tag()));
    assert.equal(await tab.read('isSecureContext'), false);
    await tab.reach('failed');
    assert.deepEqual(await tab.heardOf('result'), []);
    assert.ok((await tab.words()).length > 20);
  } finally {
    await browser.close();
  }
});

describe('Firefox', { skip: missing('firefox') }, () => {
  const MODES: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
    'has no API': {},
    'neg-72 has one that allows no protocol, and would wait for ever': {
      'dom.security.credentialmanagement.digital.enabled': true,
    },
  };
  for (const [name, extraPrefsFirefox] of Object.entries(MODES)) {
    it(name, async () => {
      const browser: Browser = await puppeteer.launch({
        browser: 'firefox',
        executablePath: findEngine('firefox')?.executable ?? '',
        extraPrefsFirefox,
      });
      try {
        withoutPhones();
        const page = await browser.newPage();
        await page.evaluateOnNewDocument(countCalls);
        await page.goto(inForm());
        const present = 'dom.security.credentialmanagement.digital.enabled' in extraPrefsFirefox;
        const kind = present ? 'function' : 'undefined';
        assert.equal(await page.evaluate('typeof DigitalCredential'), kind);
        saysWhatToDo(await shown(page));
        assert.equal(await page.evaluate('asked'), 0);
        assert.equal(await page.evaluate(HELD_BACK), true);
        saysWhatToDo(await shown(page));
      } finally {
        await browser.close();
      }
    });
  }
});

describe('WebKitGTK', { skip: missing('webkit') }, () => {
  it('has no credentials at all', async () => {
    const driver = await startWebKitDriver();
    const command = async <T>(path: string, body?: object, method = 'POST'): Promise<T> => {
      const response = await fetch(`http://127.0.0.1:${driver.port}/session${path}`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
      });
      const { value } = await response.json();
      assert.ok(response.ok, JSON.stringify(value));
      return value;
    };
    // `browserName` and what other drivers add are theirs; classic WebDriver wants the options only.
    const options = driver.capabilities['webkitgtk:browserOptions'];
    const alwaysMatch = { 'webkitgtk:browserOptions': options };
    const { sessionId } = await command<{ sessionId: string }>('', {
      capabilities: { alwaysMatch },
    });
    const run = <T>(script: string) =>
      command<T>(`/${sessionId}/execute/sync`, { script: `return ${script}`, args: [] });
    try {
      withoutPhones();
      await command(`/${sessionId}/url`, { url: inForm() });
      assert.equal(await run('typeof navigator.credentials'), 'undefined');
      let words = '';
      for (const end = Date.now() + 20_000; words === '' && Date.now() < end; ) {
        words = await run<string>(FALLBACK);
      }
      saysWhatToDo(words);
      assert.equal(await run(HELD_BACK), true);
      saysWhatToDo(await run<string>(FALLBACK));
    } finally {
      await command(`/${sessionId}`, undefined, 'DELETE');
      await driver.stop();
    }
  });
});
