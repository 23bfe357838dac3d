/** Draws one scene, when asked to by the script that takes the pictures. */
import { loadHandoffMessages } from '../../src/methods/handoff/page/messages/index.ts';
import { loadTransferMessages } from '../../src/methods/handoff/page/transfer/messages/index.ts';
import { handoffScenes } from './handoff-scenes.ts';
import { scenes } from './scenes.ts';
import { PanelStage, pretend } from './stage.ts';

await Promise.all(
  (['ja', 'en'] as const).flatMap((lang) => [
    loadHandoffMessages[lang](),
    loadTransferMessages[lang](),
  ]),
);
const all = { ...(await scenes()), ...(await handoffScenes()) };
/** One for all: sheets that came with one screen stay for the next, as in a whole sequence. */
const stage = new PanelStage();
Object.assign(globalThis, { sceneNames: Object.keys(all), show });

async function show(name: string, language: 'ja' | 'en', theme: string): Promise<void> {
  const scene = all[name];
  if (!scene) throw new Error(`no scene ${name}`);
  pretend(scene.userAgent);
  stage.snapshot = scene.snapshot;
  stage.waitStage = scene.waitStage ?? 0;
  stage.speak = language;
  stage.theme = theme;
  if (!stage.isConnected) document.body.replaceChildren(stage);
  document.body.className = theme;
  await document.fonts.ready;
  await stage.updateComplete;
  // Later screens and other languages arrive after the first drawing.
  await new Promise((resolve) => setTimeout(resolve, 200));
  // So do a method's own words, which it would ask the element to draw.
  stage.requestUpdate();
  await new Promise((resolve) => setTimeout(resolve, 100));
}
