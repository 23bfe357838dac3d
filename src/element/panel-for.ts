/** Which panel a snapshot shows; screens whose code is still on its way are grey lines. */
import { html } from 'lit';
import { intro, preparing } from '../screens/first/first.ts';
import type { Scene } from '../screens/scene.ts';
import { isTransient } from '../session/retry.ts';
import type { PanelContent } from '../ui/panel.ts';
import { bones } from '../ui/skeleton.ts';
import type { Words } from './words.ts';

export function panelFor(scene: Scene, words: Words): PanelContent {
  const { flow, run } = scene.snapshot;
  switch (flow.state) {
    case 'idle':
    case 'preparing':
      if (!run) return preparing(scene);
      break;
    case 'intro':
      return intro(scene);
  }
  const { later } = words;
  if (!later) return comes('later', scene, words);
  const full = { ...scene, messages: later.messages };
  const panel = later.panel(full);
  if (typeof panel !== 'string') return panel ?? loading(scene);
  const { trouble } = words;
  if (!trouble) return comes('trouble', scene, words);
  return trouble.panels[panel]({ ...full, messages: { ...later.messages, ...trouble.messages } });
}

/** Screens on their way. */
function comes(act: 'later' | 'trouble', scene: Scene, words: Words): PanelContent {
  if (words.misses(act)) return unreachable(act, scene, words);
  words.load(act);
  return loading(scene);
}

function loading({ messages, patience }: Scene): PanelContent {
  const { heading, slow } = messages.preparing;
  const text = patience === 2 ? slow : messages.later.loading;
  return {
    key: 'loading',
    step: 1,
    heading,
    body: html`<p>${text}</p>${bones}`,
    waits: true,
    said: text,
  };
}

/** The code of the next screen did not come: said with words that are already here. */
function unreachable(
  act: 'later' | 'trouble',
  { messages, session, snapshot }: Scene,
  words: Words,
): PanelContent {
  const { flow } = snapshot;
  const { offlineHeading, offline, again } = messages.later;
  return {
    key: 'unreachable',
    step: 1,
    heading: offlineHeading,
    body: html`<p>${offline}</p>`,
    primary: {
      label: again,
      run: () => {
        words.load(act);
        // Without a connection the words for that are missing too; it is back for both at once.
        if (flow.state === 'failed' && isTransient(flow.error.code)) session.retry();
      },
    },
    secondary: { label: messages.leave, run: () => session.cancel() },
  };
}
