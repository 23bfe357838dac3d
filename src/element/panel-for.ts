/** Which panel a snapshot shows; screens whose code is still on its way are grey lines. */
import { closed, intro, loading, preparing, unreachable } from '../screens/first/index.ts';
import type { ScreenView } from '../screens/screen-view.ts';
import type { PanelContent } from '../ui/panel.ts';
import type { LazyPart, LazyScreens } from './lazy-screens.ts';

export function panelFor(view: ScreenView, screens: LazyScreens): PanelContent {
  const { flow, run } = view.snapshot;
  switch (flow.state) {
    case 'idle':
      if (view.disabled) return closed(view);
      return preparing(view);
    case 'preparing':
      if (!run) return preparing(view);
      break;
    case 'intro':
      return intro(view);
  }
  const { later } = screens;
  if (!later) return arriving('later', view, screens);
  const full = { ...view, messages: later.messages };
  const panel = later.panel(full);
  if (typeof panel !== 'string') return panel ?? loading(view);
  const { trouble } = screens;
  if (!trouble) return arriving('trouble', view, screens);
  return trouble.panels[panel]({ ...full, messages: { ...later.messages, ...trouble.messages } });
}

function arriving(part: LazyPart, view: ScreenView, screens: LazyScreens): PanelContent {
  if (screens.misses(part)) return unreachable(view, () => screens.load(part));
  screens.load(part);
  return loading(view);
}
