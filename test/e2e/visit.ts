/**
 * One tab with the element in it. Reads without user activation and clicks as a person does: what
 * DevTools evaluates "for the user" would grant the activation the tests are about.
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, CDPSession, HTTPResponse, KeyInput, Page } from 'puppeteer-core';
import type { FlowState } from '../../src/session/flow.ts';
import type { Mode } from '../../src/testing/wallet/modes.ts';
import type { AnswerOptions, Wallet } from '../../src/testing/wallet/wallet.ts';
import type { WalletAnswer, WalletProtocol } from '../../src/wire/contract.ts';

/** What the page heard from the element. */
export interface Heard {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type VirtualWallet =
  | { readonly action: 'respond'; readonly protocol: string; readonly response: object }
  | { readonly action: 'decline' | 'wait' | 'clear' };

export interface Approval extends Partial<AnswerOptions> {
  readonly mode?: Mode;
  readonly protocol?: WalletProtocol;
}

export const FIRST = 'id-verify';

/** What the site of every test holds. */
export const tag = (
  attributes = 'profile="identity" methods="wallet"',
  script = '/cdn/id-verify.js',
) =>
  `<!doctype html><html lang="ja"><meta charset="utf-8"><title>page</title>
<script type="module" crossorigin src="${script}"></script>
<id-verify ${attributes}></id-verify></html>`;

const OPERATOR_TIMEOUT_MS = 15_000;

export class Visit {
  readonly page: Page;
  readonly devtools: CDPSession;
  /** Console messages, uncaught errors, and reports of violated policies. */
  readonly complaints: string[] = [];
  /** Address of every request, in order. */
  readonly requested: string[] = [];
  readonly #wallet: Wallet;
  #asked: Promise<WalletAnswer>[] = [];

  private constructor(page: Page, devtools: CDPSession, wallet: Wallet) {
    this.page = page;
    this.devtools = devtools;
    this.#wallet = wallet;
    page.on('console', (message) => this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => this.requested.push(request.url()));
    page.on('response', (response) => this.#note(response));
  }

  /** A fresh profile, a fresh tab, and a wallet that declines until told otherwise. */
  static async start(browser: Browser, wallet: Wallet): Promise<Visit> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    return Visit.take(page, wallet);
  }

  /** The same browser profile, another tab. */
  async another(): Promise<Visit> {
    return Visit.take(await this.page.browserContext().newPage(), this.#wallet);
  }

  static async take(page: Page, wallet: Wallet): Promise<Visit> {
    const devtools = await page.createCDPSession();
    const visit = new Visit(page, devtools, wallet);
    await page.evaluateOnNewDocument(listen);
    await visit.virtualWallet({ action: 'decline' });
    return visit;
  }

  async open(address: string): Promise<this> {
    await this.page.goto(address);
    return this;
  }

  close(): Promise<void> {
    return this.page.browserContext().close();
  }

  virtualWallet(wallet: VirtualWallet): Promise<void> {
    return this.devtools.send('DigitalCredentials.setVirtualWalletBehavior', wallet);
  }

  /** The value of an expression in the page; grants no activation. */
  async read<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.devtools.send('Runtime.evaluate', {
      expression,
      userGesture: false,
      awaitPromise: true,
      returnByValue: true,
    });
    assert.ok(!exceptionDetails, exceptionDetails?.exception?.description);
    return result.value as T;
  }

  async until(expression: string, patience = OPERATOR_TIMEOUT_MS): Promise<void> {
    for (const end = Date.now() + patience; Date.now() < end; await pause(30)) {
      if (await this.read<boolean>(`Boolean(${expression})`).catch(() => false)) return;
    }
    const now = await this.read(`document.querySelector('id-verify')?.shadowRoot?.textContent`);
    assert.fail(`never: ${expression}\n${String(now).replace(/\s+/g, ' ')}\n${this.complaints}`);
  }

  state(element = FIRST): Promise<FlowState> {
    return this.read(`${query(element)}.state`);
  }

  /** Waits for a state and for its screen to stand. */
  reach(state: FlowState, element = FIRST, patience?: number): Promise<void> {
    return this.until(
      `${query(element)}?.state === '${state}' && ${query(element)}.shadowRoot.querySelector('.panel:not(:has(.skeleton))')`,
      patience,
    );
  }

  /** The words on the screen. */
  words(element = FIRST): Promise<string> {
    return this.read(`${query(element)}.shadowRoot.querySelector('.panel').innerText`);
  }

  /** Clicks where a part, or any element below the shadow root, stands. */
  async press(selector = '[part="primary"]', element = FIRST): Promise<void> {
    await this.until(`${within(selector, element)}?.ariaDisabled === null`);
    const { x, y } = await this.place(selector, element);
    await this.click(x, y);
  }

  /** The middle of a control, once it stands still. */
  async place(selector = '[part="primary"]', element = FIRST): Promise<{ x: number; y: number }> {
    const control = within(selector, element);
    return this.read(`(async () => {
      const middle = () => {
        const { x, y, width, height } = ${control}.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      };
      for (let before = {}, now; ; before = now) {
        ${control}.scrollIntoView({ block: 'center', behavior: 'instant' });
        now = middle();
        if (now.x === before.x && now.y === before.y) return now;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })()`);
  }

  async click(x: number, y: number): Promise<void> {
    for (const type of ['mousePressed', 'mouseReleased'] as const) {
      await this.devtools.send('Input.dispatchMouseEvent', {
        type,
        x,
        y,
        button: 'left',
        clickCount: 1,
      });
    }
  }

  key(key: KeyInput): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** The newest requests the page has fetched, as it got them. */
  async asked(): Promise<WalletAnswer> {
    const newest = this.#asked.at(-1);
    assert.ok(newest, 'no requests were fetched');
    return newest;
  }

  /** Everything fetched so far, in order. */
  allAsked(): Promise<WalletAnswer[]> {
    return Promise.all(this.#asked);
  }

  /** Has the wallet prepare its answer to the page's own request, for the click that follows. */
  async prepare(
    { protocol = 'org-iso-mdoc', ...options }: Approval = {},
    asked?: WalletAnswer,
  ): Promise<void> {
    const { requests } = asked ?? (await this.asked());
    const request = requests.find((one) => one.protocol === protocol);
    assert.ok(request, `no request for ${protocol}`);
    const origin = options.origin ?? new URL(this.page.url()).origin;
    const credential = await this.#wallet.answer(request, { ...options, origin });
    await this.virtualWallet({
      action: 'respond',
      protocol: credential.protocol,
      response: credential.data,
    });
  }

  /** From consent: the person agrees, the wallet answers. */
  async approve(approval: Approval = {}, element = FIRST): Promise<void> {
    await this.reach('consent', element);
    await this.until(`${within('[part="primary"]', element)}.ariaDisabled === null`);
    await this.prepare(approval);
    await this.press(undefined, element);
  }

  /** From review to the end. @returns the reference */
  async confirm(element = FIRST): Promise<string> {
    await this.reach('review', element);
    await this.press(undefined, element);
    await this.reach('done', element);
    return this.read(`${query(element)}.value`);
  }

  /** What the element has told the page since it was loaded. */
  heard(): Promise<Heard[]> {
    return this.read('heard');
  }

  async heardOf(type: string): Promise<Heard['detail'][]> {
    return (await this.heard()).filter((one) => one.type === type).map(({ detail }) => detail);
  }

  #note(response: HTTPResponse): void {
    const sent = response.request();
    if (sent.method() !== 'POST' || !sent.url().endsWith('/wallet') || !response.ok()) return;
    const answer = response.json() as Promise<WalletAnswer>;
    answer.catch(() => undefined);
    this.#asked.push(answer);
  }
}

/** Waits for something that happens outside the page. */
export async function eventually(
  condition: () => boolean,
  patience = OPERATOR_TIMEOUT_MS,
): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await pause(30)) {
    if (condition()) return;
  }
  assert.fail(`never: ${condition}`);
}

const query = (element: string): string => `document.querySelector('${element}')`;
const within = (selector: string, element: string): string =>
  `${query(element)}?.shadowRoot.querySelector('${selector}')`;

/** Runs in the page before anything else of it: notes events of the element and violations. */
function listen(): void {
  const heard: Heard[] = [];
  Object.assign(globalThis, { heard });
  for (const type of ['state', 'before-submit', 'result', 'error']) {
    document.addEventListener(`id-verify-${type}`, (event) => {
      const detail = Object.fromEntries(
        ['state', 'method', 'byteLength', 'ref', 'status', 'code', 'retryable'].flatMap((name) =>
          name in event ? [[name, Reflect.get(event, name)]] : [],
        ),
      );
      heard.push({ type, detail });
    });
  }
  const report = (text: string) => console.error(`VIOLATION ${text}`);
  addEventListener('securitypolicyviolation', (event) =>
    report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
  );
  new ReportingObserver(
    (list) => {
      for (const { type, body } of list) report(`${type} ${JSON.stringify(body)}`);
    },
    { buffered: true },
  ).observe();
}
