/** What is shown to lead a person to another device, whichever way it is reached. */
import { html, type TemplateResult } from 'lit';
import type { Action } from '../../ui/panel.ts';

/** The number that must be the same on both screens. */
export const matchNumber = (code: string, text: string): TemplateResult => html`
  <p class="match" part="code"><b>${code}</b><span>${text}</span></p>
`;

export interface TimeWords {
  readonly left: (minutes: number, seconds: number) => string;
  readonly more: string;
  readonly preparing: string;
}

/**
 * Time left, and more of it.
 * @param left milliseconds
 */
export function timeLeft(
  left: number,
  { busy, run }: Pick<Action, 'busy' | 'run'>,
  words: TimeWords,
): TemplateResult {
  const seconds = Math.ceil(left / 1000);
  return html`<p class="left" role="timer" aria-live="off">
    <span>${words.left(Math.floor(seconds / 60), seconds % 60)}</span>
    <button type="button" class="link" part="link" aria-disabled=${busy ? 'true' : 'false'} @click=${run}>
      ${busy ? words.preparing : words.more}
    </button>
  </p>`;
}

/** Words that unfold. */
export const help = (summary: string, inside: unknown): TemplateResult => html`
  <details class="help"><summary class="link">${summary}</summary><div class="note" part="note">${inside}</div></details>
`;

/** Puts a link where it can be pasted. @returns whether that worked */
export const copy = (link: string): Promise<boolean> =>
  navigator.clipboard.writeText(link).then(
    () => true,
    () => false,
  );
