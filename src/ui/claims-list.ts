/** What will be sent, line by line: the item, what for, kept or not. And what will not be sent. */
import { html, nothing, type TemplateResult } from 'lit';
import { claimLabel, pick } from '../i18n/labels.ts';
import { enumerate, retention } from '../i18n/values.ts';
import type { ClaimName, Text } from '../wire/contract.ts';
import { note } from './parts.ts';
import type { PanelView } from './view.ts';

export interface AskedClaim {
  readonly claim: ClaimName;
  readonly purpose: Text;
  /** Days the service keeps the value; 0 means it is not kept. */
  readonly retainDays: number;
}

/**
 * @param asked what is really in the request, in the order to show
 * @param notAsked what the same document holds and stays where it is
 * @param yesOrNo how a yes/no item is answered, where it does not come as such from the document
 */
export function claimsList(
  asked: readonly AskedClaim[],
  notAsked: readonly ClaimName[],
  { lang, messages }: PanelView,
  yesOrNo: string = messages.consent.yesOrNo,
): TemplateResult {
  return html`
    <ul class="claims" part="claims">
      ${asked.map(
        ({ claim, purpose, retainDays }) => html`
          <li>
            <span class="claim">${claimLabel(claim, messages)}</span>
            <span class="tag ${retainDays > 0 ? 'kept' : ''}">${retention(retainDays, messages)}</span>
            <span class="why">
              ${pick(purpose, lang)}
              ${claim.startsWith('age_over_') ? html`<br />${yesOrNo}` : nothing}
            </span>
          </li>
        `,
      )}
    </ul>
    ${notAsked.length > 0 ? note(notSent(notAsked, messages)) : nothing}
  `;
}

const notSent = (claims: readonly ClaimName[], messages: PanelView['messages']): string =>
  messages.consent.notSent(
    enumerate(
      claims.map((claim) => claimLabel(claim, messages)),
      messages,
    ),
  );
