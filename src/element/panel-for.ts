/** Which panel a snapshot shows; screens whose code is still on its way are grey lines. */
import { intro, loading, preparing, unreachable } from '../screens/first/index.ts';
import type { Scene } from '../screens/scene.ts';
import type { PanelContent } from '../ui/panel.ts';
import type { LazyPart, LazyScreens } from './lazy-screens.ts';

export function panelFor(scene: Scene, screens: LazyScreens): PanelContent {
  const { flow, run } = scene.snapshot;
  switch (flow.state) {
    case 'idle':
    case 'preparing':
      if (!run) return preparing(scene);
      break;
    case 'intro':
      return intro(scene);
  }
  const { later } = screens;
  if (!later) return arriving('later', scene, screens);
  const full = { ...scene, messages: later.messages };
  const panel = later.panel(full);
  if (typeof panel !== 'string') return panel ?? loading(scene);
  const { trouble } = screens;
  if (!trouble) return arriving('trouble', scene, screens);
  return trouble.panels[panel]({ ...full, messages: { ...later.messages, ...trouble.messages } });
}

function arriving(part: LazyPart, scene: Scene, screens: LazyScreens): PanelContent {
  if (screens.misses(part)) return unreachable(scene, () => screens.load(part));
  screens.load(part);
  return loading(scene);
}
