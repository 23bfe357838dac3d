/** How the move to a phone looks, on both devices. */

import { html, nothing } from 'lit';
import { claimLabel, pick } from '../../../../i18n/labels.ts';
import { walletIcon } from '../../../../ui/icons.ts';
import type { Action, PanelContent } from '../../../../ui/panel.ts';
import { note, privacyLink } from '../../../../ui/parts.ts';
import type { PanelView } from '../../../../ui/view.ts';
import type { SessionStatus, SessionView, TransferAnswer } from '../../../../wire/contract.ts';
import { deviceStyles } from '../device.styles.ts';
import { matchNumber, timeLeft } from '../device.ts';
import { qrCode } from '../qr.ts';
import type { TransferMessages } from './messages/index.ts';
import { transferStyles } from './transfer.styles.ts';

export interface OfferPanel {
  readonly session: SessionView;
  readonly asking: boolean;
  /** There was none to be had. */
  readonly refused: boolean;
  /** Milliseconds. */
  readonly left: number;
  renew(): void;
  /** The button that copies a link. */
  copy(link: string): Action[];
  goOnHere(): void;
  cancel(): void;
}

const STYLES = [deviceStyles, transferStyles];

const leave = (cancel: () => void, { messages }: PanelView): Action => ({
  label: messages.leave,
  run: cancel,
});

export function offerPanel(
  offered: OfferPanel,
  { link, code }: TransferAnswer,
  words: TransferMessages,
  view: PanelView,
): PanelContent {
  const { left, asking, refused, renew, copy, goOnHere, cancel } = offered;
  return {
    key: 'transfer-offer',
    step: 1,
    styles: STYLES,
    heading: words.heading,
    body: html`
      ${
        left > 0
          ? html`<p>${words.text}</p>${qrCode(link, words.qr)} ${matchNumber(code, words.match)}`
          : note(words.over)
      }
      ${timeLeft(left, { busy: asking, run: renew }, words)}
      ${refused ? note(words.notRenewed) : nothing}
    `,
    secondary: leave(cancel, view),
    links: [...(left > 0 ? copy(link) : []), { label: words.goOnHere, run: goOnHere }],
  };
}

export function followPanel(
  { session, cancel, goOnHere }: OfferPanel,
  { state }: SessionStatus,
  words: TransferMessages,
  view: PanelView,
): PanelContent {
  const where = state === 'review' ? words.followed.review : words.followed.awaiting;
  return {
    key: 'transfer-follow',
    step: 2,
    styles: STYLES,
    heading: words.followHeading,
    figure: html`<div class="figure">${walletIcon}</div>`,
    body: html`
      <p><b>${where}</b><br />${words.follow}</p>
      <p class="quiet">${words.asked}</p>
      <ul class="asked">${session.claims.map(({ claim }) => html`<li>${claimLabel(claim, view.messages)}</li>`)}</ul>
    `,
    said: where,
    secondary: leave(cancel, view),
    ...(state === 'awaiting' && { links: [{ label: words.goOnHere, run: goOnHere }] }),
  };
}

interface NumberPanel {
  readonly claiming: boolean;
  claim(code: string): void;
  cancel(): void;
}

export function numberPanel(
  { claiming, claim, cancel }: NumberPanel,
  words: TransferMessages,
  view: PanelView,
): PanelContent {
  const send = (within: EventTarget | null) => {
    const input = (within as HTMLElement).closest('.panel')?.querySelector('input');
    const code = (input?.value ?? '').normalize('NFKC').trim();
    if (/^\d\d$/.test(code)) claim(code);
    else input?.focus();
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key === 'Enter') send(event.currentTarget);
  };
  return {
    key: 'transfer-number',
    step: 1,
    styles: STYLES,
    heading: words.joinHeading,
    body: html`
      <p id="number-why">${words.joinText}</p>
      <label>
        <span class="quiet">${words.digits}</span><br />
        <input
          class="digits"
          part="digits"
          inputmode="numeric"
          autocomplete="off"
          maxlength="2"
          aria-describedby="number-why"
          ?readonly=${claiming}
          @keydown=${enter}
        />
      </label>
    `,
    primary: {
      label: claiming ? words.checking : words.next,
      busy: claiming,
      run: (event) => send(event.currentTarget),
    },
    secondary: leave(cancel, view),
  };
}

interface AcceptPanel {
  readonly session: SessionView;
  accept(): void;
  cancel(): void;
}

export function acceptPanel(
  { session, accept, cancel }: AcceptPanel,
  words: TransferMessages,
  view: PanelView,
): PanelContent {
  const { lang } = view;
  const { handedOver, purpose, relyingParty } = session;
  const time = (at: number) =>
    new Intl.DateTimeFormat(lang, { hour: 'numeric', minute: '2-digit' }).format(at);
  return {
    key: 'transfer-accept',
    step: 1,
    styles: STYLES,
    heading: words.acceptHeading(pick(relyingParty.name, lang)),
    body: html`
      <dl class="told">
        <dt>${words.why}</dt><dd>${pick(purpose, lang)}</dd>
        ${
          handedOver
            ? html`
              <dt>${words.since}</dt><dd>${time(handedOver.startedAt)}</dd>
              <dt>${words.device}</dt><dd>${words.devices[handedOver.device]}</dd>`
            : nothing
        }
      </dl>
      ${privacyLink(relyingParty.privacyPolicy, view.messages)}
      ${note(words.warning)}
    `,
    primary: { label: words.accept, run: accept },
    secondary: leave(cancel, view),
  };
}
