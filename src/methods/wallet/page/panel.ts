/** How the wallet's two screens look: what will be sent, and waiting for the approval. */

import { html, nothing } from 'lit';
import { pick } from '../../../i18n/labels.ts';
import { type AskedClaim, claimsList } from '../../../ui/claims-list.ts';
import { walletIcon } from '../../../ui/icons.ts';
import type { Action, PanelContent } from '../../../ui/panel.ts';
import { note, skeleton } from '../../../ui/parts.ts';
import type { PanelView } from '../../../ui/view.ts';
import type { ClaimName, SessionView } from '../../../wire/contract.ts';
import type { Code } from '../../../wire/error.ts';

export interface WalletPanel {
  readonly session: SessionView;
  /** Read from the bytes that will be sent; absent until they are there. */
  readonly asked?: readonly AskedClaim[];
  /** What the same document holds and is not asked. */
  readonly notAsked: readonly ClaimName[];
  /** The requests are there and fresh: a tap may call the browser at once. */
  readonly ready: boolean;
  /** Carries on on a phone; absent where that is not possible. */
  readonly transfer?: (() => void) | undefined;
  /** Why this browser has no wallet, so that a phone's is the only way. */
  readonly elsewhere?: Code | undefined;
  approve(event: Event): void;
  /** From `awaiting` to `consent`. */
  back(): void;
  other(): void;
  cancel(): void;
}

export function consentPanel(wallet: WalletPanel, view: PanelView): PanelContent {
  const { session, asked, elsewhere } = wallet;
  const { consent, leave } = view.messages;
  const words = view.words('wallet', view.messages.wallet);
  const basis = asked?.some(({ claim }) => claim === 'individual_number')
    ? session.individualNumberBasis
    : undefined;
  return {
    key: 'consent-wallet',
    step: 1,
    heading: consent.heading(pick(session.relyingParty.name, view.lang)),
    body: html`
      <p>${pick(session.purpose, view.lang)}</p>
      ${asked ? claimsList(asked, wallet.notAsked, view) : skeleton}
      ${basis ? note(words.basis(pick(basis, view.lang))) : nothing}
      ${elsewhere ? note(words.elsewhere(elsewhere)) : html`<p class="quiet">${words.faceOnly}</p>`}
    `,
    primary: primary(wallet, words),
    secondary: { label: leave, run: wallet.cancel },
    links: [
      ...(wallet.transfer && !elsewhere ? [{ label: words.transfer, run: wallet.transfer }] : []),
      ...(session.methods.length > 1 ? [{ label: consent.other, run: wallet.other }] : []),
    ],
  };
}

function primary(
  { ready, elsewhere, transfer, approve }: WalletPanel,
  words: PanelView['messages']['wallet'],
): Action {
  if (elsewhere && transfer) return { label: words.transfer, run: transfer };
  return { label: ready ? words.approve : words.preparing, busy: !ready, run: approve };
}

export function awaitingPanel(wallet: WalletPanel, view: PanelView): PanelContent {
  const words = view.words('wallet', view.messages.wallet);
  const { leave } = view.messages;
  return {
    key: 'awaiting-wallet',
    step: 2,
    heading: words.awaitingHeading,
    figure: html`<div class="figure">${walletIcon}</div>`,
    body: html`<p>${words.awaiting}</p>${note(words.awaitingNote)}`,
    secondary: { label: words.back, run: wallet.back },
    links: [{ label: leave, run: wallet.cancel }],
  };
}
