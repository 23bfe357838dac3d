/** Where a service says what it does with personal data. */
import { html, nothing } from 'lit';
import type { Messages } from '../i18n/catalog.ts';

export const privacy = (policy: string | undefined, messages: Messages): unknown =>
  policy
    ? html`<p class="quiet"><a href=${policy} target="_blank" rel="noreferrer">${messages.intro.privacy}<span class="unseen">${messages.opensElsewhere}</span></a></p>`
    : nothing;
