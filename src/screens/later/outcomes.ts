/** The screens in which the server is at work, and those with which it ends well. */

import { html, nothing, type TemplateResult } from 'lit';
import { claimLabel } from '../../i18n/labels.ts';
import { walletIcon } from '../../ui/icons.ts';
import type { PanelContent } from '../../ui/panel.ts';
import { skeleton } from '../../ui/parts.ts';
import type { LaterView } from '../screen-view.ts';
import { doneIcon, waitingIcon } from './icons.ts';

export const submitting = (view: LaterView): PanelContent =>
  working('submitting', view.messages.submitting, view);

export const confirming = (view: LaterView): PanelContent =>
  working('confirming', view.messages.confirming, view);

function working(
  key: string,
  { heading, text }: { heading: string; text: string },
  { messages, waitStage }: LaterView,
): PanelContent {
  const said = waitStage === 2 ? messages.submitting.slow : text;
  return {
    key,
    step: 3,
    heading,
    body: html`<p>${said}</p>${skeleton}`,
    waits: true,
    said,
  };
}

export function pending({ messages, service }: LaterView): PanelContent {
  const words = messages.pending;
  return {
    key: 'pending',
    step: 3,
    heading: words.heading,
    figure: html`<div class="figure">${waitingIcon}</div>`,
    body: html`
      <p>${words.text(service)}<br />${words.close}</p>
      <slot name="pending"></slot>
    `,
  };
}

export function done(view: LaterView): PanelContent {
  const { messages, service, snapshot } = view;
  const words = messages.done;
  const { status, session } = snapshot;
  return {
    key: 'done',
    step: 3,
    heading: words.heading,
    figure: html`<div class="figure">${doneIcon}</div>`,
    body: html`
      <p>${words.text(service)}<br />${words.close}${session?.handedOver ? html`<br />${words.onFirst}` : nothing}</p>
      ${status?.role === 'follower' ? asked(view) : invitation(view)}
      <slot name="done"></slot>
    `,
  };
}

/** A counter's screen: what the person was asked to show. The values are the server's to tell. */
const asked = ({ messages, snapshot }: LaterView): TemplateResult => html`
  <ul class="asked">
    ${snapshot.session?.claims.map(({ claim }) => html`<li>${claimLabel(claim, messages)}</li>`)}
  </ul>
`;

/** After the plastic card: the same in the phone's wallet, for services that take it. */
function invitation({ messages, snapshot }: LaterView): TemplateResult | undefined {
  const { flow, availableMethods } = snapshot;
  const way = availableMethods.find(
    ({ offer }) => flow.state === 'done' && offer.method === flow.method,
  );
  const link = way?.offer.method === 'jpki' ? way.offer.addToWallet : undefined;
  if (!link || !availableMethods.some(({ offer }) => offer.method === 'wallet')) return undefined;
  const { nextTime, nextTimeText, add } = messages.done;
  return html`
    <div class="way">
      ${walletIcon}
      <span class="words">
        <b>${nextTime}</b>
        <small>${nextTimeText}</small>
        <a class="link" part="link" href=${link} target="_blank" rel="noreferrer"
          >${add}<span class="unseen">${messages.opensElsewhere}</span></a
        >
      </span>
    </div>
  `;
}
