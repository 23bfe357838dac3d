/** Every way it can stop, in neutral words, with the next way at once. */

import { html, nothing } from 'lit';
import type { FailureWords } from '../../i18n/glossary.ts';
import { claimLabel, pick } from '../../i18n/labels.ts';
import type { AvailableMethod } from '../../session/api.ts';
import { thisDevice } from '../../session/device.ts';
import { applies, type Failed, isRefused, isTransient } from '../../session/flow.ts';
import { recommend } from '../../session/recommendation.ts';
import type { Action, PanelContent } from '../../ui/panel.ts';
import { note } from '../../ui/parts.ts';
import type { ClaimName } from '../../wire/contract.ts';
import type { Code } from '../../wire/error.ts';
import { isUsable, methodWords } from '../later/available-methods.ts';
import { neutralIcon } from '../later/icons.ts';
import { copyThisLink, isOfThisBrowser } from '../later/open-elsewhere.ts';
import type { TroubleView } from '../screen-view.ts';

export function failed(view: TroubleView): PanelContent {
  const { lang, messages, session, snapshot } = view;
  const { flow } = snapshot;
  if (flow.state !== 'failed') throw new TypeError(`not failed: ${flow.state}`);
  if (isRefused(flow)) return refused(view);
  const { code } = flow.error;
  const words = snapshot.run?.explain?.(code, view) ?? wordsFor(code, view);
  const next = applies(flow, { type: 'other' }) ? otherMethod(view, flow) : undefined;
  const mayRetry = applies(flow, { type: 'retry' });
  const retry: Action | undefined = mayRetry
    ? {
        label:
          flow.method === 'wallet' && !isTransient(code)
            ? messages.ways.retryWallet
            : messages.ways.retry,
        run: () => session.retry(),
      }
    : undefined;
  const takeNext: Action | undefined = next && {
    label: messages.ways.takeNext,
    run: () => {
      session.other();
      session.choose(next.offer.method);
    },
  };
  const restart: Action | undefined = applies(flow, { type: 'restart' })
    ? {
        label: code === 'incomplete/replaced' ? messages.ways.takeBack : messages.ways.restart,
        run: () => session.restart(),
      }
    : undefined;
  // Where only the connection failed, asking again is the way; where a method did, the next one is.
  const asksAgain = retry && isTransient(code);
  const actions = asksAgain ? [retry] : words.again ? [retry, takeNext] : [takeNext, retry];
  const [primary = restart, secondary] = actions.filter(isPresent);
  const attempts = snapshot.status?.attemptsLeft;
  const reason = snapshot.status?.reason;
  return {
    key: `failed-${code}`,
    step: flow.from === 'preparing' ? 1 : 2,
    heading: words.heading,
    body: html`
      <p>${words.text}</p>
      ${reason ? html`<blockquote class="reason" part="reason">${pick(reason, lang)}</blockquote>` : nothing}
      ${next && !asksAgain ? html`<div class="way next" part="way">${methodWords(next, view, messages.ways.next)}</div>` : nothing}
      ${words.note ? note(words.note) : nothing}
      ${mayRetry && attempts !== undefined && attempts <= 2 ? html`<p>${messages.ways.attempts(attempts)}</p>` : nothing}
      <slot name="failed"></slot>
      <p class="quiet">${messages.ways.code}<span class="code">${code}</span></p>
    `,
    ...(primary && { primary }),
    ...(secondary && { secondary }),
    links: [
      ...linkHere(code, view),
      ...(next && (asksAgain || !retry)
        ? [{ label: messages.ways.other, run: () => session.other() }]
        : []),
      ...(applies(flow, { type: 'cancel' }) && !flow.ended
        ? [{ label: messages.leave, run: () => session.cancel() }]
        : []),
    ],
  };
}

/**
 * Over, and neither the person's fault nor told to anybody here: no code, no other way, no colour that
 * judges. What leads on is the site's, in the slot.
 */
function refused({ messages, service }: TroubleView): PanelContent {
  const { heading, text, told, close } = messages.refused;
  return {
    key: 'refused',
    step: 3,
    heading,
    figure: html`<div class="figure">${neutralIcon}</div>`,
    body: html`
      <p>${text}</p>
      <p>${told(service)}</p>
      <slot name="failed"><p>${close}</p></slot>
    `,
  };
}

/** No method of the profile works in this browser: what is missing, and where it would work. */
export function noneUsable(view: TroubleView): PanelContent {
  const { messages, session, snapshot } = view;
  const [first] = snapshot.availableMethods;
  const code = first && !first.availability.usable ? first.availability.code : 'unavailable';
  const words: FailureWords = first ? wordsFor(code, view) : messages.noneUsable;
  const [copy] = linkHere(code, view);
  return {
    key: 'none-usable',
    step: 1,
    heading: words.heading,
    body: html`
      <p>${words.text}</p>
      ${words.note ? note(words.note) : nothing}
      <slot name="help"></slot>
    `,
    ...(copy && { primary: copy }),
    secondary: { label: messages.leave, run: () => session.cancel() },
  };
}

export function cancelled({ messages, session }: TroubleView): PanelContent {
  const { heading, text, restart } = messages.cancelled;
  return {
    key: 'cancelled',
    step: 1,
    heading,
    body: html`<p>${text}</p>`,
    primary: { label: restart, run: () => session.restart() },
  };
}

export function expired({ messages, session }: TroubleView): PanelContent {
  const { heading, text } = messages.expired;
  return {
    key: 'expired',
    step: 1,
    heading,
    body: html`<p>${text}</p>`,
    primary: { label: messages.cancelled.restart, run: () => session.restart() },
  };
}

/** The words of the exact case where there are any, of its category otherwise. */
function wordsFor(code: Code, view: TroubleView): FailureWords {
  const { cases, categories } = view.messages;
  const exact: Readonly<Record<string, FailureWords>> = cases;
  const [category = ''] = code.split('/', 1);
  const general: Readonly<Record<string, FailureWords>> = categories;
  return exact[code] ?? accountWords(code, view) ?? general[category] ?? categories.incomplete;
}

/** The person learns which item differs from the account, never what the account says. */
function accountWords(code: Code, { messages }: TroubleView): FailureWords | undefined {
  const [, kind, claim] = /^(policy\/mismatch|undetermined\/match)_(\w+)$/.exec(code) ?? [];
  if (!claim) return undefined;
  const label = claimLabel(claim as ClaimName, messages);
  const { account } = messages;
  return kind === 'policy/mismatch'
    ? { heading: account.heading, text: account.mismatch(label), note: account.note }
    : {
        heading: account.undeterminedHeading,
        text: account.undetermined(label),
        note: account.undeterminedNote,
      };
}

/** What is recommended after this, which is never the same again. */
const otherMethod = (
  { snapshot }: TroubleView,
  { method, error }: Failed,
): AvailableMethod | undefined =>
  recommend(snapshot.availableMethods, {
    device: thisDevice(),
    failed: { method, code: error.code },
  }).find((way) => isUsable(way) && way.offer.method !== method);

/** Where another browser would do, the way there is the link. */
const linkHere = (code: Code, view: TroubleView): Action[] =>
  isOfThisBrowser(code) ? [copyThisLink(view)] : [];

const isPresent = <T>(value: T | undefined): value is T => value !== undefined;
