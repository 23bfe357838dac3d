/** The screens that come with the element itself: getting ready, the introduction, and loading. */
import { html, nothing } from 'lit';
import { claimLabel, pick } from '../../i18n/labels.ts';
import { isTransient } from '../../session/flow.ts';
import type { PanelContent } from '../../ui/panel.ts';
import { privacyLink, skeleton } from '../../ui/parts.ts';
import type { ScreenView } from '../screen-view.ts';

export function preparing({ messages, waitStage, session, snapshot }: ScreenView): PanelContent {
  const words = messages.preparing;
  const text = ['', words.waiting, words.slow][waitStage];
  return {
    key: 'preparing',
    step: 1,
    heading: words.heading,
    body: html`${text ? html`<p>${text}</p>` : nothing}${skeleton}`,
    // Nobody has been asked anything before the element is seen: nothing is waited for.
    ...(snapshot.flow.state !== 'idle' && { waits: true }),
    ...(text && { said: text }),
    ...(waitStage === 2 &&
      snapshot.flow.state === 'preparing' && {
        primary: { label: words.again, run: () => session.restart() },
        secondary: { label: messages.leave, run: () => session.cancel() },
      }),
  };
}

/** A page keeps the element closed, for example in a `<fieldset disabled>`. */
export function closed({ messages }: ScreenView): PanelContent {
  const { heading, text } = messages.disabled;
  return { key: 'disabled', step: 1, heading, body: html`<p>${text}</p>` };
}

export function intro({ lang, messages, snapshot, session }: ScreenView): PanelContent {
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
      ${privacyLink(view?.relyingParty.privacyPolicy, messages)}
      <slot name="intro"></slot>
    `,
    primary: { label: words.begin, run: () => session.begin() },
    secondary: { label: messages.leave, run: () => session.cancel() },
  };
}

/** The code of the next screen is on its way. */
export function loading({ messages, waitStage }: ScreenView): PanelContent {
  const { heading, slow } = messages.preparing;
  const text = waitStage === 2 ? slow : messages.later.loading;
  return {
    key: 'loading',
    step: 1,
    heading,
    body: html`<p>${text}</p>${skeleton}`,
    waits: true,
    said: text,
  };
}

/** The code of the next screen did not come: said with words that are already here. */
export function unreachable(
  { messages, session, snapshot }: ScreenView,
  loadAgain: () => void,
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
        loadAgain();
        // Without a connection the words for that are missing too; it is back for both at once.
        if (flow.state === 'failed' && isTransient(flow.error.code)) session.retry();
      },
    },
    secondary: { label: messages.leave, run: () => session.cancel() },
  };
}
