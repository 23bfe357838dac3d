/** The screens that come with the element itself: getting ready, and the introduction. */
import { html, nothing } from 'lit';
import { claimLabel, pick } from '../../i18n/format.ts';
import type { PanelContent } from '../../ui/panel.ts';
import { privacy } from '../../ui/privacy.ts';
import { bones } from '../../ui/skeleton.ts';
import type { Scene } from '../scene.ts';

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
        secondary: { label: messages.leave, run: () => session.cancel() },
      }),
  };
}

export function intro({ lang, messages, snapshot, session }: Scene): PanelContent {
  const words = messages.intro;
  const view = snapshot.session;
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
      ${privacy(view?.relyingParty.privacyPolicy, messages)}
      <slot name="intro"></slot>
    `,
    primary: { label: words.begin, run: () => session.begin() },
    secondary: { label: messages.leave, run: () => session.cancel() },
  };
}
