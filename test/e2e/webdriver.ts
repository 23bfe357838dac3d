/** One tab of a browser that speaks classic WebDriver only. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WebKitDriver } from '../webkit.ts';

/** The key of a reference to an element, WebDriver section 11. */
const REFERENCE = 'element-6066-11e4-a52e-4f735466cecf';
const OPERATOR_TIMEOUT_MS = 30_000;

export class WebDriverTab {
  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  static async start({ port, capabilities }: WebKitDriver): Promise<WebDriverTab> {
    const sessions = `http://127.0.0.1:${port}/session`;
    // `browserName` and what other drivers add are theirs; classic WebDriver wants the options only.
    const name = 'webkitgtk:browserOptions';
    const alwaysMatch = { [name]: capabilities[name] };
    const { sessionId } = await command<{ sessionId: string }>(sessions, {
      capabilities: { alwaysMatch },
    });
    return new WebDriverTab(`${sessions}/${sessionId}`);
  }

  open(url: string): Promise<unknown> {
    return command(`${this.#session}/url`, { url });
  }

  /** The value of an expression, once it is true. */
  async until<T>(expression: string): Promise<T> {
    for (const end = Date.now() + OPERATOR_TIMEOUT_MS; Date.now() < end; await pause(50)) {
      const value = await this.#run<T>(expression);
      if (value) return value;
    }
    const shown = `document.querySelector('id-verify')?.shadowRoot?.textContent`;
    throw new Error(`never ${expression}, but ${await this.#run(shown)}`);
  }

  /** Clicks the element an expression leads to, as a person does. */
  async click(expression: string): Promise<void> {
    const found = await this.until<Record<string, string>>(expression);
    await command(`${this.#session}/element/${found[REFERENCE]}/click`, {});
  }

  close(): Promise<unknown> {
    return command(this.#session, undefined, 'DELETE');
  }

  #run<T>(expression: string): Promise<T> {
    const script = `return ${expression}`;
    return command(`${this.#session}/execute/sync`, { script, args: [] });
  }
}

async function command<T>(url: string, body?: object, method = 'POST'): Promise<T> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value }: { value: T } = await response.json();
  if (!response.ok) throw new Error(`${url}: ${JSON.stringify(value)}`);
  return value;
}
