/** Which panel a snapshot shows; screens whose code is still on its way are grey lines. */
import { html } from 'lit';
import type { PanelContent } from '../panel.ts';
import type { Scene } from '../scene.ts';
import type { Words } from '../words.ts';
import { bones, intro, preparing } from './first.ts';
import type { troublePanels } from './trouble.ts';

export function panelFor(scene: Scene, words: Words): PanelContent {
  const { flow, run, ways } = scene.snapshot;
  switch (flow.state) {
    case 'idle':
    case 'preparing':
      if (!run) return preparing(scene);
      break;
    case 'intro':
      return intro(scene);
    case 'choose':
      if (waysPending(scene)) return loading(scene);
  }
  const { later } = words;
  if (!later) return comes('later', scene, words);
  const full = { ...scene, messages: later.messages };
  const trouble = (kind: keyof typeof troublePanels) => {
    if (!words.trouble) return comes('trouble', scene, words);
    const { panels, messages } = words.trouble;
    return panels[kind]({ ...full, messages: { ...later.messages, ...messages } });
  };
  switch (flow.state) {
    case 'idle':
    case 'preparing':
    case 'awaiting':
      return run ? run.render('awaiting', full) : loading(scene);
    case 'consent':
      return run ? run.render('consent', full) : loading(scene);
    case 'choose':
      return ways.some(({ availability }) => availability.usable)
        ? later.panels.choose(full)
        : trouble('noneUsable');
    case 'failed':
    case 'cancelled':
    case 'expired':
      return trouble(flow.state);
    default:
      return later.panels[flow.state](full);
  }
}

/** Screens on their way. */
function comes(act: 'later' | 'trouble', scene: Scene, words: Words): PanelContent {
  if (words.misses(act)) return unreachable(act, scene, words);
  words.load(act);
  return loading(scene);
}

/** The session is there, and what this browser can do of it is still to come. */
const waysPending = ({ snapshot: { session, ways } }: Scene): boolean =>
  ways.length === 0 && (session?.methods.length ?? 0) > 0;

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
  { messages, session }: Scene,
  words: Words,
): PanelContent {
  const { offlineHeading, offline, again } = messages.later;
  return {
    key: 'unreachable',
    step: 1,
    heading: offlineHeading,
    body: html`<p>${offline}</p>`,
    primary: { label: again, run: () => words.load(act) },
    links: [{ label: messages.leave, run: () => session.cancel() }],
  };
}
