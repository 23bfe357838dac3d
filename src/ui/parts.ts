/** Small pieces that panels are put together from. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../screens/messages.ts';

/** Words set apart from the text around them. */
export const note = (text: string): TemplateResult => html`<p class="note" part="note">${text}</p>`;

/** Grey lines in the place of what is coming; the words beside them say what is waited for. */
export const skeleton: TemplateResult = html`<div class="skeleton" aria-hidden="true"></div>`;

/** Where a service says what it does with personal data. */
export const privacyLink = (policy: string | undefined, messages: FirstMessages): unknown =>
  policy
    ? html`<p class="quiet"><a href=${policy} target="_blank" rel="noreferrer">${messages.intro.privacy}<span class="unseen">${messages.opensElsewhere}</span></a></p>`
    : nothing;

/** What is chosen on the panel whose button was pressed. */
export function checkedValue({ currentTarget }: Event): string | undefined {
  const panel = (currentTarget as HTMLElement).closest('.panel');
  return panel?.querySelector<HTMLInputElement>('input:checked')?.value;
}
