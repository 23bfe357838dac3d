/** The choice of a method. */

import { html } from 'lit';
import type { PanelContent } from '../../ui/panel.ts';
import { checkedValue } from '../../ui/parts.ts';
import type { MethodId } from '../../wire/contract.ts';
import type { LaterView } from '../screen-view.ts';
import { closedMethods, isUsable, methodWords } from './available-methods.ts';

/** The recommended way is the first usable one, and already chosen. */
export function choose(view: LaterView): PanelContent {
  const { messages, snapshot, session, service } = view;
  const words = messages.choose;
  const usable = snapshot.availableMethods.filter(isUsable);
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
              ${methodWords(way, view, index === 0 && usable.length > 1 ? words.recommended : undefined)}
            </label>
          `,
        )}
        ${closedMethods(snapshot.availableMethods, view)}
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
