/** Draws one scene, when asked to by the script that takes the pictures. */
import { scenes } from './scenes.ts';
import { PanelStage } from './stage.ts';

const all = await scenes();
Object.assign(globalThis, { sceneNames: Object.keys(all), show });

async function show(name: string, language: 'ja' | 'en', theme: string): Promise<void> {
  const scene = all[name];
  if (!scene) throw new Error(`no scene ${name}`);
  const stage = new PanelStage();
  stage.snapshot = scene.snapshot;
  stage.patience = scene.patience ?? 0;
  stage.speak = language;
  stage.theme = theme;
  document.body.replaceChildren(stage);
  document.body.className = theme;
  await document.fonts.ready;
  await stage.updateComplete;
  // Later screens and other languages arrive after the first drawing.
  await new Promise((resolve) => setTimeout(resolve, 200));
}
