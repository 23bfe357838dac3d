/** A person who takes photos: a tab with drawn scenes, or a real stream, in the place of a lens. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import type { ScenePicture } from '../tools/fake-camera.ts';

const OPERATOR_TIMEOUT_MS = 30_000;
export const ROOT = `document.querySelector('id-verify').shadowRoot`;
const USE = ['この写真を使う', 'このまま使う', '隠して使う'];

export class Person {
  readonly tab: Page;
  /** Uncaught errors, and what the console calls one, violated policies among it. */
  readonly complaints: string[] = [];

  private constructor(tab: Page) {
    this.tab = tab;
    tab.on('pageerror', (error) => this.complaints.push(String(error)));
    tab.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  /** A fresh profile, a fresh tab. @param prepare runs before anything of the page does */
  static async visit(
    browser: Browser,
    address: string,
    prepare: (tab: Page) => Promise<unknown> = drawCamera,
  ): Promise<Person> {
    return Person.open(await browser.createBrowserContext(), address, prepare);
  }

  static async open(
    context: BrowserContext,
    address: string,
    prepare: (tab: Page) => Promise<unknown> = drawCamera,
  ): Promise<Person> {
    const person = new Person(await context.newPage());
    await person.tab.setViewport({ width: 1000, height: 1000 });
    await prepare(person.tab);
    await person.tab.goto(address);
    return person;
  }

  leave(): Promise<void> {
    return this.tab.browserContext().close();
  }

  read<T>(expression: string): Promise<T> {
    return this.tab.evaluate(expression) as Promise<T>;
  }

  async until(expression: string): Promise<void> {
    for (const end = Date.now() + OPERATOR_TIMEOUT_MS; Date.now() < end; await pause(30)) {
      if (
        await this.read<boolean>(`(async () => Boolean(await (${expression})))()`).catch(
          () => false,
        )
      )
        return;
    }
    const words = await this.read(`${ROOT}?.querySelector('.frame')?.innerText`);
    assert.fail(`never: ${expression}\n${words}\n${this.complaints}`);
  }

  /** Until a heading has these words. */
  reach(part: string): Promise<void> {
    return this.until(`${ROOT}?.querySelector('h2')?.innerText.includes('${part}')`);
  }

  state(state: string): Promise<void> {
    return this.until(`document.querySelector('id-verify').state === '${state}'`);
  }

  /** Until the screen has these words. */
  says(part: string): Promise<void> {
    return this.until(`${ROOT}?.querySelector('.panel')?.innerText.includes('${part}')`);
  }

  words(): Promise<string> {
    return this.read(`${ROOT}.querySelector('.panel').innerText`);
  }

  /** Presses the first button that has one of these words and can be pressed, and says which. */
  async press(...labels: string[]): Promise<string> {
    const find = `[...${ROOT}.querySelectorAll('button')].map((one) => [one, ${JSON.stringify(labels)}.find((label) => one.innerText.trim() === label || one.ariaLabel?.startsWith(label))]).find(([one, label]) => label && one.ariaDisabled !== 'true')`;
    await this.until(find);
    return this.read(`(([one, label]) => (one.click(), label))(${find})`);
  }

  /** Presses one of these, reached with Tab alone. */
  async pressByKey(...labels: string[]): Promise<void> {
    const control = `[...${ROOT}.querySelectorAll('button')].some((one) => ${JSON.stringify(labels)}.includes(one.innerText.trim()) && one.ariaDisabled !== 'true')`;
    await this.until(control);
    for (let tabs = 0; tabs < 40; tabs++) {
      await this.tab.keyboard.press('Tab');
      if (labels.includes((await this.focused()).trim())) return this.tab.keyboard.press('Enter');
    }
    assert.fail(`no Tab leads to ${labels}`);
  }

  /** The words of what has the focus. */
  focused(): Promise<string> {
    return this.read(`${ROOT}?.activeElement?.innerText ?? ''`);
  }

  /** From the consent to the open camera. */
  async begin(document = 'driving-licence'): Promise<void> {
    await this.press('撮影をはじめる');
    await this.reach('どの書類');
    await this.read(`${ROOT}.querySelector('input[value=${document}]').click()`);
    await this.press('カメラを開く');
  }

  async see(scene: ScenePicture): Promise<void> {
    await this.read(`camera.scene = '${scene}'`);
  }

  /** Uses the shot that came, by itself or by the shutter. */
  async use(): Promise<void> {
    await this.press(...USE);
  }

  /** Presses the shutter, unless the shot comes by itself first, and uses it. */
  async shoot(heading: string, scene: ScenePicture): Promise<void> {
    await this.reach(heading);
    await this.see(scene);
    if (USE.includes(await this.press('撮影する', ...USE))) return;
    await this.use();
  }

  async send(): Promise<void> {
    await this.reach('送ります');
    await this.press('この内容で送る');
  }
}

const cameraScript = async (): Promise<string> => {
  const file = new URL('../tools/fake-camera.ts', import.meta.url);
  return stripTypeScriptTypes(await readFile(file, 'utf8')).replaceAll('export ', '');
};

/** Puts drawn scenes in the place of the page's cameras; `camera.scene` says which. */
export async function drawCamera(tab: Page): Promise<void> {
  await tab.evaluateOnNewDocument(`{ ${await cameraScript()}; globalThis.camera = fakeCamera(); }`);
}

/** One second of the drawn card, as Motion JPEG. */
export async function cardFilm(browser: Browser): Promise<Buffer> {
  const tab = await browser.newPage();
  const frames = (await tab.evaluate(`(async () => { ${await cameraScript()}
    const canvas = document.createElement('canvas');
    canvas.width = 1280; canvas.height = 720;
    const context = canvas.getContext('2d');
    const pictures = { card: drawCard(), page: drawPage() };
    const frames = [];
    for (let frame = 0; frame < 10; frame++) {
      paintScene(context, pictures, 'card');
      context.fillStyle = 'hsl(' + frame * 36 + ' 30% 30%)';
      context.fillRect(0, 700, 40, 20);
      frames.push(canvas.toDataURL('image/jpeg', 0.92).split(',')[1]);
    }
    return frames;
  })()`)) as string[];
  await tab.close();
  return Buffer.concat(frames.map((frame) => Buffer.from(frame, 'base64')));
}
