/** A phone's browser: follows links, keeps cookies, presses buttons, runs no script. */
import assert from 'node:assert/strict';

export interface Screen {
  readonly status: number;
  readonly text: string;
  readonly url: string;
}

export class PlainBrowser {
  readonly cookies = new Map<string, string>();
  readonly headers: Record<string, string>;
  readonly #send: (request: Request) => Promise<Response>;
  #screen: Screen = { status: 0, text: '', url: '' };

  constructor(
    send: (request: Request) => Promise<Response> = fetch,
    headers: Record<string, string> = {},
  ) {
    this.#send = send;
    this.headers = { 'sec-fetch-mode': 'navigate', 'accept-language': 'en', ...headers };
  }

  get screen(): Screen {
    return this.#screen;
  }

  /** Opens a link and follows redirects, as a person's tap does. */
  async open(url: string, init: RequestInit = {}): Promise<Screen> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.headers, ...(cookie && { cookie }), ...init.headers };
    const response = await this.#send(new Request(url, { ...init, headers, redirect: 'manual' }));
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    if (location !== null) return this.open(new URL(location, url).href);
    this.#screen = { status: response.status, text: await response.text(), url };
    return this.#screen;
  }

  /** Presses a button of the screen, with what was filled in. */
  press(fields: Record<string, string>): Promise<Screen> {
    return this.open(this.#screen.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** Follows the one prominent link of the screen. */
  follow(): Promise<Screen> {
    const [, href = ''] = /<a class="button primary" href="([^"]+)"/.exec(this.#screen.text) ?? [];
    assert.notEqual(href, '', this.#screen.text);
    return this.open(href.replaceAll('&amp;', '&'));
  }

  /** To who asks and the numbers; by a press more where a visit cannot be told from a preview. */
  async enter(link: string): Promise<Screen> {
    const { text } = await this.open(link);
    return text.includes('value="open"') ? this.press({ action: 'open' }) : this.#screen;
  }

  /** From the link to the app: the code is chosen, and the app opened. */
  async toApp(link: string, code: string): Promise<Screen> {
    await this.enter(link);
    assert.match(this.#screen.text, new RegExp(`value="${code}"`), this.#screen.text);
    await this.press({ code });
    return this.follow();
  }

  /** All of it, up to the first screen's turn. */
  async complete(link: string, code: string, pin = 'TEST1234'): Promise<Screen> {
    await this.toApp(link, code);
    await this.press({ action: 'sign', pin });
    return this.follow();
  }
}
