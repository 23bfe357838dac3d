/** Pages shrink their root to count in tenths; people enlarge their text. Only the second counts. */
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { handoffScenes } from '../../test/tools/handoff-scenes.ts';
import { type SceneSetting, scenes } from '../../test/tools/scenes.ts';
import type { PanelStage } from '../../test/tools/stage.ts';

const all: Readonly<Record<string, SceneSetting>> = {
  ...(await scenes()),
  ...(await handoffScenes()),
};
const page = document.documentElement.style;
const CONTROLS = '.button, .link, .tool, select, input, .way, .digits';

async function show(setting: SceneSetting): Promise<ShadowRoot> {
  const stage = await fixture<PanelStage>(
    html`<panel-stage .snapshot=${setting.snapshot} .waitStage=${setting.waitStage ?? 0}></panel-stage>`,
  );
  stage.screens.load('later');
  stage.screens.load('trouble');
  for (let drawn = 0; drawn < 60 && !(stage.screens.later && stage.screens.trouble); drawn++) {
    await nextFrame();
  }
  stage.requestUpdate();
  await stage.updateComplete;
  if (!stage.shadowRoot) throw new Error('nothing drawn');
  return stage.shadowRoot;
}

const sizeOf = (element: Element): number => Number.parseFloat(getComputedStyle(element).fontSize);

/** Elements with text of their own that is seen. */
const spoken = (root: ShadowRoot): Element[] =>
  [...root.querySelectorAll('.frame *')].filter(
    (element) =>
      !(element instanceof SVGElement) &&
      !element.matches('.unseen, option, style') &&
      [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''),
  );

/** What is smaller than a finger, in one direction or the other. */
const small = (root: ShadowRoot, least: number): string[] =>
  [...root.querySelectorAll(CONTROLS)]
    .filter((control) => !control.matches('p .link, dd .link, small .link'))
    .filter((control) => control.getBoundingClientRect().height < least - 0.1)
    .map((control) => `${control.className} ${control.getBoundingClientRect().height}`);

for (const [what, root, own] of [
  ['a root of 62.5 %', '62.5%', ''],
  ['a root of 62.5 % and text twice as large', '62.5%', '32px'],
] as const) {
  const times = own ? 2 : 1;
  describe(what, () => {
    before(() => {
      page.fontSize = root;
      if (own) page.setProperty('--id-verify-font-size', own);
    });
    after(() => {
      page.removeProperty('font-size');
      page.removeProperty('--id-verify-font-size');
    });
    for (const [name, setting] of Object.entries(all)) {
      it(`${name}: text is 16 px, small text 14, a target 44, times ${times}`, async () => {
        const shown = await show(setting);
        const body = shown.querySelector('.body');
        expect(body && sizeOf(body)).to.equal(16 * times);
        const sizes = spoken(shown).map((element) => [element.className, sizeOf(element)] as const);
        expect(sizes.filter(([, size]) => size < 14 * times - 0.01)).to.deep.equal([]);
        expect(small(shown, 44 * times)).to.deep.equal([]);
      });
    }
  });
}
