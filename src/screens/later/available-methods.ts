/** Methods as the person sees them: a picture, what it is, what it needs, how long it takes. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AvailableMethod } from '../../session/api.ts';
import { thisDevice } from '../../session/device.ts';
import type { PanelView } from '../../ui/view.ts';
import { isOfThisBrowser } from './open-elsewhere.ts';

export const isUsable = ({ availability }: AvailableMethod): boolean => availability.usable;

/** The inside of a method's card; `badge` recommends it. */
export function methodWords(
  way: AvailableMethod,
  { messages }: PanelView,
  badge?: string,
): TemplateResult {
  const words = messages.methods[way.offer.method];
  return html`
    ${way.entry?.icon}
    <span class="words">
      ${badge ? html`<span class="badge">${badge}</span>` : nothing}
      <b>${words.title}</b>
      <small>${words.needs} ${words.time}</small>
    </span>
  `;
}

/** Ways that are offered but not open in this browser; said, so that nobody looks for them. */
export function closedMethods(
  availableMethods: readonly AvailableMethod[],
  { messages }: PanelView,
): TemplateResult[] {
  const { system } = thisDevice();
  const reason = ({ offer, availability }: AvailableMethod): string =>
    offer.method === 'wallet' && !availability.usable && isOfThisBrowser(availability.code)
      ? messages.choose.closedWallet[system]
      : messages.choose.closed;
  return availableMethods
    .filter((way) => !isUsable(way))
    .map(
      (way) => html`
        <div class="way closed" part="way">
          ${way.entry?.icon}
          <span class="words">
            <b>${messages.methods[way.offer.method].title}</b>
            <small>${reason(way)}</small>
          </span>
        </div>
      `,
    );
}
