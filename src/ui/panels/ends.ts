/** The screens in which the server is at work, and those with which it ends well. */
import { html } from 'lit';
import { detailStyles } from '../detail.styles.ts';
import { doneIcon, waitingIcon } from '../later-icons.ts';
import type { PanelContent } from '../panel.ts';
import type { LaterScene } from '../scene.ts';
import { bones } from './first.ts';
import { laterStyles } from './later.styles.ts';

export const submitting = (scene: LaterScene): PanelContent =>
  working('submitting', scene.messages.submitting, scene);

export const confirming = (scene: LaterScene): PanelContent =>
  working('confirming', scene.messages.confirming, scene);

function working(
  key: string,
  { heading, text }: { heading: string; text: string },
  { messages, patience }: LaterScene,
): PanelContent {
  const said = patience === 2 ? messages.submitting.slow : text;
  return {
    key,
    step: 3,
    heading,
    body: html`<p>${said}</p>${bones}`,
    waits: true,
    said,
  };
}

export function pending({ messages, service }: LaterScene): PanelContent {
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
    styles: [detailStyles, laterStyles],
  };
}

export function done({ messages, service }: LaterScene): PanelContent {
  const words = messages.done;
  return {
    key: 'done',
    step: 3,
    heading: words.heading,
    figure: html`<div class="figure">${doneIcon}</div>`,
    body: html`
      <p>${words.text(service)}<br />${words.close}</p>
      <slot name="done"></slot>
    `,
    styles: [detailStyles, laterStyles],
  };
}
