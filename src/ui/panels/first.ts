/** The screens before anything is sent: getting ready, the introduction, the choice of a method. */
import { html, nothing, type TemplateResult } from 'lit';
import { claimLabel, pick } from '../../i18n/format.ts';
import type { MethodId } from '../../wire/contract.ts';
import type { PanelContent } from '../panel.ts';
import type { Scene } from '../scene.ts';
import { closedWays, isUsable, wayWords } from '../ways.ts';

/** Grey lines in the place of what is coming; the words beside them say what is waited for. */
export const bones: TemplateResult = html`<div class="bones" aria-hidden="true"></div>`;

export function preparing({ messages, patience, session, snapshot }: Scene): PanelContent {
  const words = messages.preparing;
  const text = ['', words.waiting, words.slow][patience];
  return {
    key: 'preparing',
    step: 1,
    heading: words.heading,
    body: html`${text ? html`<p>${text}</p>` : nothing}${bones}`,
    waits: true,
    ...(text && { said: text }),
    ...(patience === 2 &&
      snapshot.flow.state === 'preparing' && {
        primary: { label: words.again, run: () => session.restart() },
        links: [{ label: messages.consent.leave, run: () => session.cancel() }],
      }),
  };
}

export function intro({ lang, messages, snapshot, session }: Scene): PanelContent {
  const words = messages.intro;
  const view = snapshot.session;
  const policy = view?.relyingParty.privacyPolicy;
  return {
    key: 'intro',
    step: 1,
    heading: words.heading,
    body: html`
      <p>${view ? pick(view.purpose, lang) : nothing}</p>
      <p class="quiet">${words.asked}</p>
      <ul class="asked">
        ${view?.claims.map(({ claim }) => html`<li>${claimLabel(claim, messages)}</li>`)}
      </ul>
      <p class="note" part="note">${words.before}</p>
      ${policy ? html`<p class="quiet"><a href=${policy} target="_blank" rel="noreferrer">${words.privacy}<span class="unseen">${messages.opensElsewhere}</span></a></p>` : nothing}
      <slot name="intro"></slot>
    `,
    primary: { label: words.begin, run: () => session.begin() },
    secondary: { label: messages.consent.leave, run: () => session.cancel() },
  };
}

/** The recommended way is the first usable one, and already chosen. */
export function choose(scene: Scene): PanelContent {
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
        const method = chosen(event);
        if (method) session.choose(method);
      },
    },
    links: [{ label: messages.consent.leave, run: () => session.cancel() }],
    footer: html`
      <details>
        <summary class="link">${words.none}</summary>
        <div class="note" part="note"><slot name="help">${words.noneHelp(service)}</slot></div>
      </details>
    `,
  };
}

function chosen(event: Event): MethodId | undefined {
  const panel = (event.currentTarget as HTMLElement).closest('.panel');
  return panel?.querySelector<HTMLInputElement>('input:checked')?.value as MethodId | undefined;
}
