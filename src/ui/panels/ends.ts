/** The screens in which the server is at work, and those with which it ends well. */
import { html } from 'lit';
import { doneIcon, waitingIcon } from '../later-icons.ts';
import type { PanelContent } from '../panel.ts';
import type { LaterScene } from '../scene.ts';
import { bones } from './first.ts';
import { laterStyles } from './later.styles.ts';

export const submitting = (scene: LaterScene): PanelContent =>
  working('submitting', scene.later.submitting, scene);

export const confirming = (scene: LaterScene): PanelContent =>
  working('confirming', scene.later.confirming, scene);

function working(
  key: string,
  { heading, text }: { heading: string; text: string },
  { later, patience }: LaterScene,
): PanelContent {
  const said = patience === 2 ? later.submitting.slow : text;
  return {
    key,
    step: 3,
    heading,
    body: html`<p>${said}</p>${bones}`,
    waits: true,
    said,
  };
}

export function pending({ later, service }: LaterScene): PanelContent {
  const words = later.pending;
  return {
    key: 'pending',
    step: 3,
    heading: words.heading,
    figure: html`<div class="figure">${waitingIcon}</div>`,
    body: html`
      <p>${words.text(service)}<br />${words.close}</p>
      <slot name="pending"></slot>
    `,
    styles: laterStyles,
  };
}

export function done({ later, service }: LaterScene): PanelContent {
  const words = later.done;
  return {
    key: 'done',
    step: 3,
    heading: words.heading,
    figure: html`<div class="figure">${doneIcon}</div>`,
    body: html`
      <p>${words.text(service)}<br />${words.close}</p>
      <slot name="done"></slot>
    `,
    styles: laterStyles,
  };
}
