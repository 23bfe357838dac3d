/** How a handoff looks: what it needs, the way to the phone, and what goes on there. */

import { html, nothing, type TemplateResult } from 'lit';
import { claimLabel, pick } from '../../../i18n/labels.ts';
import { enumerate } from '../../../i18n/values.ts';
import { claimsList } from '../../../ui/claims-list.ts';
import { cameraIcon, cardIcon, chipIcon, phoneKeyIcon, walletIcon } from '../../../ui/icons.ts';
import type { Action, PanelContent } from '../../../ui/panel.ts';
import { note, skeleton } from '../../../ui/parts.ts';
import type { PanelView } from '../../../ui/view.ts';
import type {
  ClaimName,
  HandoffAnswer,
  HandoffStatus,
  Rung,
  Text,
} from '../../../wire/contract.ts';
import type { MethodHost } from '../../method.ts';
import { deviceStyles } from './device.styles.ts';
import { help, matchNumber, timeLeft } from './device.ts';
import type { LikelyDevice } from './device-guess.ts';
import { clockIcon, keyIcon } from './icons.ts';
import type { HandoffMessages } from './messages/index.ts';
import { qrCode } from './qr.ts';

export interface HandoffPanel {
  readonly rung: Rung;
  readonly app: Text;
  readonly host: Pick<MethodHost, 'session' | 'other' | 'cancel'>;
  /** The way shown first. */
  readonly start: LikelyDevice;
  /** A new code is on its way. */
  readonly asking: boolean;
  /** There was none to be had. */
  readonly refused: boolean;
  /** Milliseconds. */
  readonly left: number;
  begin(): void;
  renew(): void;
  /** The button that copies a link. */
  copy(link: string): Action[];
  /** To the QR code, for another phone. */
  turn(): void;
}

const STYLES = [deviceStyles];
/** What a 署名用電子証明書 says about its holder. */
const IN_CERTIFICATE = ['name', 'address', 'birth_date', 'sex'] as const;
/** The least that a document's chip says. */
const ON_CHIP = ['name', 'address', 'birth_date', 'portrait'] as const;
const DOCUMENTS = { jpki: cardIcon, 'jpki-mobile': phoneKeyIcon, 'ic-chip': chipIcon } as const;

/** Leaves; as large as any way on. */
const leave = ({ host }: HandoffPanel, { messages }: PanelView): Action => ({
  label: messages.leave,
  run: host.cancel,
});

const others = ({ host }: HandoffPanel, { messages }: PanelView): Action[] =>
  host.session.methods.length > 1 ? [{ label: messages.consent.other, run: host.other }] : [];

export function consentPanel(
  handoff: HandoffPanel,
  words: HandoffMessages,
  view: PanelView,
): PanelContent {
  const { host, rung, app } = handoff;
  const { session } = host;
  const { messages, lang } = view;
  const own = words.rungs[rung];
  const held: readonly ClaimName[] = rung === 'ic-chip' ? ON_CHIP : IN_CERTIFICATE;
  const told = ({ claim }: { claim: ClaimName }) =>
    rung === 'ic-chip' || held.includes(claim) || claim.startsWith('age_');
  const asked = session.claims.filter(told);
  const listed = (claims: readonly ClaimName[]) =>
    enumerate(
      claims.map((claim) => claimLabel(claim, messages)),
      messages,
    );
  const service = pick(session.relyingParty.name, lang);
  const operator = pick(app, lang);
  const untold = [
    ...held.filter((claim) => !asked.some((one) => one.claim === claim)),
    ...session.claims.filter((one) => !told(one)).map(({ claim }) => claim),
  ];
  const need = (icon: TemplateResult, what: string, more?: string) =>
    html`<li>${icon}<span>${what}${more ? html`<small>${more}</small>` : nothing}</span></li>`;
  return {
    key: `consent-${rung}`,
    step: 1,
    styles: STYLES,
    heading: messages.consent.heading(pick(session.relyingParty.name, lang)),
    body: html`
      <p>${pick(session.purpose, lang)}</p>
      ${claimsList(asked, [], view, words.derived)}
      <h3 class="subheading">${words.sees}</h3>
      <p>${rung === 'ic-chip' ? words.chip(operator) : words.certificate(operator)}</p>
      <p>
        ${words.gets(service, listed(asked.map(({ claim }) => claim)))}
        ${untold.length > 0 ? words.getsNot(listed(untold)) : nothing}
      </p>
      <h3 class="subheading">${words.needs}</h3>
      <ul class="needs">
        ${need(DOCUMENTS[rung], own.document)}
        ${need(rung === 'ic-chip' ? cameraIcon : keyIcon, own.secret, own.lock)}
        ${need(walletIcon, own.phone(pick(app, lang)))}
        ${need(clockIcon, own.time)}
      </ul>
      ${
        own.unknown
          ? help(
              own.unknown,
              html`${own.unknownText} ${others(handoff, view).map(
                ({ label, run }) =>
                  html`<button type="button" class="link" part="link" @click=${run}>${label}</button>`,
              )}`,
            )
          : nothing
      }
    `,
    primary: { label: own.start, run: handoff.begin },
    secondary: leave(handoff, view),
    links: others(handoff, view),
  };
}

export function codePanel(
  handoff: HandoffPanel,
  answer: HandoffAnswer,
  status: HandoffStatus | undefined,
  words: HandoffMessages,
  view: PanelView,
): PanelContent {
  const { start } = handoff;
  const app = pick(handoff.app, view.lang);
  const { copy } = answer.links;
  const scan = start === 'scan';
  return {
    key: `handoff-${start}`,
    step: 2,
    styles: STYLES,
    heading: scan ? words.scanHeading : words.hereHeading(app),
    body: html`
      ${scan ? qr(answer, status, words) : nothing}
      ${matchNumber(answer.code, scan ? words.match : words.matchHere)}
      ${timeLeft(handoff.left, { busy: handoff.asking, run: handoff.renew }, words)}
      ${refusal(handoff, words)}
      ${help(
        words.steps,
        html`
          ${steps([scan ? words.scan : words.tap, words.choose, words.open(app), words.rungs[handoff.rung].read])}
          <p>${words.agree}<br />${pick(answer.statement, view.lang)}</p>
        `,
      )}
      ${scan ? beside(answer.links.here, words, view) : help(words.missing, words.missingText(app))}
    `,
    ...(!scan && { primary: { label: words.openHere, href: answer.links.here, run: nowhere } }),
    secondary: leave(handoff, view),
    links: [
      ...(scan ? [] : [{ label: words.otherPhone, run: handoff.turn }]),
      ...(copy ? handoff.copy(copy) : []),
      ...others(handoff, view),
    ],
  };
}

const refusal = ({ refused }: HandoffPanel, words: HandoffMessages): unknown =>
  refused ? note(words.notRenewed) : nothing;

const nowhere = () => undefined;

function qr(
  { links, rotating }: HandoffAnswer,
  status: HandoffStatus | undefined,
  words: HandoffMessages,
): unknown {
  const shown = rotating ? status?.payload : links.qr;
  return shown ? qrCode(shown, words.qr) : skeleton;
}

/** For who has the app, or a reader, on this device; the page stays as it is. */
const beside = (
  link: string,
  words: HandoffMessages,
  { messages }: PanelView,
): TemplateResult => html`
  <a class="button secondary way-there" part="secondary" href=${link} target="_blank" rel="noreferrer"
    >${words.openBeside}<span class="unseen">${messages.opensElsewhere}</span></a
  >
`;

const steps = (list: readonly string[]): TemplateResult =>
  html`<ol class="ahead">${list.map((step) => html`<li>${step}</li>`)}</ol>`;

const STAGES = ['scanned', 'in_app', 'card_read'] as const;

export function progressPanel(
  handoff: HandoffPanel,
  { phase, notice }: HandoffStatus,
  answer: HandoffAnswer | undefined,
  words: HandoffMessages,
  view: PanelView,
): PanelContent {
  const at = STAGES.indexOf(phase as (typeof STAGES)[number]);
  const stage = STAGES[at];
  return {
    key: 'handoff-progress',
    step: 2,
    styles: STYLES,
    heading: phase === 'scanned' ? words.scannedHeading : words.progressHeading,
    body: html`
      ${answer && phase === 'scanned' ? matchNumber(answer.code, words.match) : nothing}
      <ol class="stages">
        ${STAGES.map(
          (name, index) => html`<li
            class=${index < at ? 'past' : ''}
            aria-current=${index === at ? 'step' : nothing}
          >${words.stages[name]}</li>`,
        )}
      </ol>
      <p class="quiet">${words.keepOpen}</p>
      ${notice ? note(words.noticed) : nothing} ${refusal(handoff, words)}
    `,
    ...(stage && { said: words.said[stage] }),
    secondary: leave(handoff, view),
    links: [{ label: words.again, run: handoff.renew }, ...others(handoff, view)],
  };
}
