/** Which panel a snapshot shows; screens whose code is still on its way are grey lines. */
import { html } from 'lit';
import type { PanelContent } from '../panel.ts';
import type { Scene } from '../scene.ts';
import { isUsable } from '../ways.ts';
import type { Words } from '../words.ts';
import { bones, choose, intro, preparing } from './first.ts';
import type { LaterState } from './later.ts';

export function panelFor(scene: Scene, words: Words): PanelContent {
  const { flow, run, ways } = scene.snapshot;
  switch (flow.state) {
    case 'idle':
    case 'preparing':
      return preparing(scene);
    case 'intro':
      return intro(scene);
    case 'choose':
      return ways.some(isUsable) ? choose(scene) : laterPanel(flow.state, scene, words);
    case 'consent':
    case 'awaiting':
      // From here on a failure must find its words even when the network has gone.
      words.loadLater();
      return run ? run.render(flow.state, scene) : loading(scene);
    default:
      return laterPanel(flow.state, scene, words);
  }
}

function laterPanel(state: LaterState, scene: Scene, words: Words): PanelContent {
  const { later } = words;
  if (later === 'missing') return unreachable(scene, words);
  words.loadLater();
  if (!later) return loading(scene);
  return later.panels[state]({ ...scene, later: later.messages });
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
function unreachable({ messages, session }: Scene, words: Words): PanelContent {
  const { offlineHeading, offline, again } = messages.later;
  return {
    key: 'unreachable',
    step: 1,
    heading: offlineHeading,
    body: html`<p>${offline}</p>`,
    primary: { label: again, run: () => words.loadLater() },
    links: [{ label: messages.consent.leave, run: () => session.cancel() }],
  };
}
