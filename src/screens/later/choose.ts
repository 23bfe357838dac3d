/** The choice of a method. */

import { html, nothing } from 'lit';
import { thisDevice } from '../../session/device.ts';
import type { PanelContent } from '../../ui/panel.ts';
import { checkedValue } from '../../ui/parts.ts';
import type { MethodId } from '../../wire/contract.ts';
import type { LaterView } from '../screen-view.ts';
import { closedMethods, isUsable, methodWords } from './available-methods.ts';
import { copyThisLink, isOfThisBrowser } from './open-elsewhere.ts';

/** The recommended way is the first usable one, and already chosen. */
export function choose(view: LaterView): PanelContent {
  const { messages, snapshot, session, service } = view;
  const words = messages.choose;
  const usable = snapshot.availableMethods.filter(isUsable);
  const device = thisDevice();
  const elsewhere =
    device.inApp &&
    snapshot.availableMethods.some(
      ({ availability }) => !availability.usable && isOfThisBrowser(availability.code),
    );
  const goOn = (event: Event) => {
    const method = checkedValue(event);
    if (method) session.choose(method as MethodId);
  };
  return {
    key: elsewhere ? 'open-elsewhere' : 'choose',
    step: 1,
    heading: elsewhere ? words.openIn[device.system] : words.heading,
    body: html`
      ${elsewhere ? html`<p>${words.openInText}</p><p>${words.openInHere}</p>` : nothing}
      <fieldset class="ways" aria-labelledby="heading">
        ${usable.map(
          (way, index) => html`
            <label class="way" part="way">
              <input type="radio" name="way" value=${way.offer.method} ?checked=${index === 0} />
              ${methodWords(way, view, index === 0 && usable.length > 1 && !elsewhere ? words.recommended : undefined)}
            </label>
          `,
        )}
        ${closedMethods(snapshot.availableMethods, view)}
      </fieldset>
    `,
    primary: elsewhere ? copyThisLink(view) : { label: words.next, run: goOn },
    ...(elsewhere && { secondary: { label: words.goOnHere, run: goOn } }),
    links: [{ label: messages.leave, run: () => session.cancel() }],
    footer: html`
      <details>
        <summary class="link">${words.none}</summary>
        <div class="note" part="note"><slot name="help">${words.noneHelp(service)}</slot></div>
      </details>
    `,
  };
}
