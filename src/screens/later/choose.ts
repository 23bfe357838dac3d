/** The choice of a method. */

import { html } from 'lit';
import type { PanelContent } from '../../ui/panel.ts';
import { checkedValue } from '../../ui/parts.ts';
import type { MethodId } from '../../wire/contract.ts';
import type { LaterScene } from '../scene.ts';
import { closedWays, isUsable, wayWords } from './available-methods.ts';

/** The recommended way is the first usable one, and already chosen. */
export function choose(scene: LaterScene): PanelContent {
  const { messages, snapshot, session, service } = scene;
  const words = messages.choose;
  const usable = snapshot.ways.filter(isUsable);
  return {
    key: 'choose',
    step: 1,
    heading: words.heading,
    body: html`
      <fieldset class="ways" aria-labelledby="heading">
        ${usable.map(
          (way, index) => html`
            <label class="way" part="way">
              <input type="radio" name="way" value=${way.offer.method} ?checked=${index === 0} />
              ${wayWords(way, scene, index === 0 && usable.length > 1 ? words.recommended : undefined)}
            </label>
          `,
        )}
        ${closedWays(snapshot.ways, scene)}
      </fieldset>
    `,
    primary: {
      label: words.next,
      run: (event) => {
        const method = checkedValue(event);
        if (method) session.choose(method as MethodId);
      },
    },
    links: [{ label: messages.leave, run: () => session.cancel() }],
    footer: html`
      <details>
        <summary class="link">${words.none}</summary>
        <div class="note" part="note"><slot name="help">${words.noneHelp(service)}</slot></div>
      </details>
    `,
  };
}
