/** 読み取り内容確認: what was read, how it compares, and a way to say that it is wrong. */

import { html, nothing, type TemplateResult } from 'lit';
import { claimLabel } from '../../i18n/labels.ts';
import { calendarDate } from '../../i18n/values.ts';
import type { PanelContent } from '../../ui/panel.ts';
import { note } from '../../ui/parts.ts';
import type { ReviewItem } from '../../wire/contract.ts';
import type { AllMessages } from '../messages.ts';
import type { LaterView } from '../screen-view.ts';
import { matchIcon } from './icons.ts';
import { portrait } from './portrait.ts';

const MINUTE = 60_000;
/** The store hides a review after this, whatever the server allows. */
const LONGEST = 5;

export function review(view: LaterView): PanelContent {
  const { messages, session, snapshot } = view;
  const words = messages.review;
  const { flow } = snapshot;
  const read = flow.state === 'review' ? flow.review : undefined;
  if (!read) {
    return {
      key: 'review-hidden',
      step: 3,
      heading: words.hiddenHeading,
      body: html`<p>${words.hidden}</p>`,
      primary: { label: words.show, run: () => session.reveal() },
      links: [{ label: messages.leave, run: () => session.cancel() }],
    };
  }
  const image = read.items.find((item) => item.kind === 'image');
  const name = read.items.find((item) => item.kind === 'text' && item.claim === 'name');
  const rest = read.items.filter((item) => item !== image && item !== name);
  const left = snapshot.status ? read.hideAt - snapshot.status.now : LONGEST * MINUTE;
  const minutes = Math.min(LONGEST, Math.max(1, Math.round(left / MINUTE)));
  return {
    key: 'review',
    step: 3,
    heading: words.heading,
    body: html`
      ${
        image || name
          ? html`<div class="person">
              ${image?.kind === 'image' ? portrait(image, messages) : nothing}
              ${name ? html`<p class="who"><span class="unseen">${claimLabel('name', messages)}</span><b>${shown(name, view)}</b>${comparison(name, messages)}</p>` : nothing}
            </div>`
          : nothing
      }
      <dl class="facts">
        ${rest.map(
          (item) => html`
            <div>
              <dt>${claimLabel(item.claim, messages)}</dt>
              <dd>${shown(item, view)}${comparison(item, messages)}</dd>
            </div>
          `,
        )}
      </dl>
      ${note(words.vanishes(minutes))}
    `,
    primary: { label: words.confirm, run: () => session.confirm() },
    secondary: { label: words.dispute, run: () => session.dispute() },
    links: [{ label: messages.leave, run: () => session.cancel() }],
  };
}

/** Codes of ISO/IEC 5218 and calendar dates in words; anything else as it was read. */
function shown(item: ReviewItem, { lang, messages: { review: words } }: LaterView): string {
  if (item.kind === 'boolean') return item.value ? words.yes : words.no;
  if (item.kind === 'image') return '';
  if (item.claim === 'birth_date') return calendarDate(item.value, lang);
  if (item.claim === 'sex') return words.sex[item.value] ?? item.value;
  return item.value;
}

function comparison(item: ReviewItem, { review: words }: AllMessages): TemplateResult | undefined {
  const match = item.kind === 'image' ? undefined : item.match;
  return match
    ? html`<span class="compared match-${match}">${matchIcon[match]}${words[match]}</span>`
    : undefined;
}
