/** What is shown to lead a person to another device, whichever way it is reached. */

import { html, nothing, type TemplateResult } from 'lit';
import { copyLink } from '../../../ui/copy-link.ts';
import type { Action, PanelContent } from '../../../ui/panel.ts';
import { skeleton } from '../../../ui/parts.ts';
import type { PanelView } from '../../../ui/view.ts';

/** Until words, or a code, are here. */
export const waitingPanel = (
  { messages }: PanelView,
  step: PanelContent['step'],
  text?: string,
): PanelContent => ({
  key: 'loading',
  step,
  heading: messages.preparing.heading,
  body: html`${text ? html`<p>${text}</p>` : nothing}${skeleton}`,
  waits: true,
});

/** The number that must be the same on both screens. */
export const matchNumber = (code: string, text: string): TemplateResult => html`
  <p class="match" part="code"><b>${code}</b><span>${text}</span></p>
`;

export interface TimeWords {
  readonly left: (minutes: number, seconds: number) => string;
  readonly more: string;
}

/**
 * Time left, and more of it.
 * @param left milliseconds
 */
export function timeLeft(
  left: number,
  { busy, run }: Required<Pick<Action, 'busy' | 'run'>>,
  words: TimeWords,
): TemplateResult {
  const seconds = Math.ceil(left / 1000);
  return html`<p class="left" role="timer" aria-live="off">
    <span>${words.left(Math.floor(seconds / 60), seconds % 60)}</span>
    <button type="button" class="link" part="link" aria-disabled=${busy} @click=${run}>
      ${words.more}
    </button>
  </p>`;
}

/** Words that unfold. */
export const help = (summary: string, inside: unknown): TemplateResult => html`
  <details class="help"><summary class="link">${summary}</summary><div class="note" part="note">${inside}</div></details>
`;

/** How long a button says that it worked. */
const COPIED_NOTICE_MS = 2_000;

export interface CopyWords {
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
}

/** A button that puts a link where it can be pasted, and says for a moment whether it could. */
export function copier(
  words: () => CopyWords | undefined,
  said: (text: string) => void,
  update: () => void,
): (link: string) => Action[] {
  let label: keyof CopyWords = 'copy';
  const tell = (now: keyof CopyWords) => () => {
    label = now;
    update();
    if (now === 'copy') return;
    said(words()?.[now] ?? '');
    setTimeout(tell('copy'), COPIED_NOTICE_MS);
  };
  return (link) => {
    const text = words()?.[label];
    const run = async () => tell((await copyLink(link)) ? 'copied' : 'notCopied')();
    return text ? [{ label: text, run }] : [];
  };
}
