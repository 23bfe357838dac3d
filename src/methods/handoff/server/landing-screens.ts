import type { OpenSession } from '../../callbacks.ts';
import { type HandoffDeployment, isSigned, providerNamed } from './config.ts';
import type { HandoffRecord } from './exchange.ts';
import { type Html, html } from './html.ts';
import { type Language, pageResponse } from './page.ts';
import { agreement, claimText } from './statement.ts';
import { clockTime, WORDS } from './words.ts';

interface LandingView {
  readonly handoff: HandoffDeployment;
  readonly language: Language;
  readonly record: HandoffRecord;
  readonly open: Pick<OpenSession, 'profile' | 'session'>;
}

const testBadge = ({ environment }: HandoffDeployment, language: Language): Html | undefined =>
  environment === 'test'
    ? html`<p class="badge">${language === 'ja' ? 'テスト用です' : 'For testing only'}</p>`
    : undefined;

/** Who asks, for what, what, since when and from where. */
function facts({ language, record }: LandingView): Html {
  const words = WORDS[language];
  const { relyingParty: name, purpose, claims } = record.told;
  const asked = claims
    .map((claim) => claimText(claim, language))
    .join(language === 'ja' ? '、' : ', ');
  const began = words.at(clockTime(record.startedAt, language), words.devices[record.device]);
  return html`<dl class="facts">
<div><dt>${words.who}</dt><dd>${name[language] ?? name.ja}</dd></div>
<div><dt>${words.why}</dt><dd>${purpose[language] ?? purpose.ja}</dd></div>
<div><dt>${words.what}</dt><dd>${asked}</dd></div>
<div><dt>${words.since}</dt><dd>${began}</dd></div>
</dl>`;
}

const decline = (label: string): Html =>
  html`<form method="post"><button name="action" value="decline">${label}</button></form>`;

/** For a visitor that may be a machine: opening takes a press. */
export function openScreen(view: LandingView): Promise<Response> {
  const { handoff, language } = view;
  const words = WORDS[language];
  return pageResponse(handoff.crypto, {
    language,
    title: words.openTitle,
    body: html`${testBadge(handoff, language)}
<h1>${words.openTitle}</h1>
<p>${words.openBody}</p>
<form method="post"><button class="primary" name="action" value="open">${words.open}</button></form>`,
  });
}

export function askScreen(view: LandingView): Promise<Response> {
  const { handoff, language, record } = view;
  const words = WORDS[language];
  return pageResponse(handoff.crypto, {
    language,
    title: words.askTitle,
    body: html`${testBadge(handoff, language)}
<h1>${words.askTitle}</h1>
${facts(view)}
<p>${words.warning}</p>
<form method="post">
<fieldset aria-describedby="hint">
<legend>${words.pick}</legend>
<div class="codes">${record.choices.map(
      (code) => html`<button name="code" value="${code}">${code}</button>`,
    )}</div>
<p class="hint" id="hint">${words.pickHint}</p>
</fieldset>
</form>
${decline(words.decline)}`,
  });
}

/** The very sentence the card signs, and what it means. */
function agreed({ language, record }: LandingView): Html {
  const words = WORDS[language];
  const sentence = agreement({ ...record.told, code: record.code });
  const meaning = language === 'ja' ? undefined : html`<p>${sentence.en}</p>`;
  return html`<section aria-labelledby="agreed"><h2 id="agreed">${
    isSigned(record.rung) ? words.signs : words.agrees
  }</h2><p lang="ja">${sentence.ja}</p>${meaning}</section>`;
}

/** A real link, which a phone may open in the app; to this page while the app's is not there yet. */
export function goScreen(view: LandingView): Promise<Response> {
  const { handoff, language, record } = view;
  const words = WORDS[language];
  const app = providerNamed(handoff, record.provider).app;
  return pageResponse(handoff.crypto, {
    language,
    title: words.goTitle,
    body: html`${testBadge(handoff, language)}
<h1>${words.goTitle}</h1>
<p>${words.need[record.rung]}</p>
${agreed(view)}
<a class="button primary" href="${record.pending?.url ?? '?'}">${words.go(app[language] ?? app.ja ?? '')}</a>
${decline(words.decline)}`,
  });
}

type Message =
  | 'done'
  | 'declined'
  | 'wrong'
  | 'gone'
  | 'taken'
  | 'stale'
  | 'refused'
  | 'down'
  | 'ended';

/** An end, in a sentence or two. */
export function message(
  handoff: HandoffDeployment,
  language: Language,
  kind: Message,
  status = 200,
  back?: Html,
): Promise<Response> {
  const words = WORDS[language];
  const title = words[`${kind}Title`];
  return pageResponse(handoff.crypto, {
    language,
    title,
    status,
    body: html`${testBadge(handoff, language)}<h1>${title}</h1><p>${words[`${kind}Body`]}</p>${back}`,
  });
}

/**
 * What the browser that opened a handoff sees when it is over.
 * @param given the status of the answer, where not what it came to decides
 */
export function overScreen(
  { handoff, language, record, open }: LandingView,
  given?: number,
): Promise<Response> {
  const { kind, status } = endOf(record);
  // Who went on on the device of the first screen may have lost that.
  const { origin } = open.session;
  const page = handoff.pages.find((one) => new URL(one).origin === origin);
  const back =
    record.opened === 'here' && page
      ? html`<a class="button primary" href="${page}" rel="noreferrer">${WORDS[language].back}</a>`
      : undefined;
  return message(handoff, language, kind, given ?? status, back);
}

function endOf({ phase, reason = '' }: HandoffRecord): { kind: Message; status: number } {
  switch (phase) {
    // The result is on its way.
    case 'card_read':
    case 'completing':
      return { kind: 'done', status: 200 };
    case 'declined':
      return { kind: 'declined', status: 200 };
    case 'expired':
    case 'replaced':
      return { kind: 'gone', status: 410 };
  }
  if (reason === 'incomplete/wrong_code') return { kind: 'wrong', status: 200 };
  if (reason === 'unavailable/provider') return { kind: 'down', status: 503 };
  return reason.startsWith('session/')
    ? { kind: 'refused', status: 400 }
    : { kind: 'ended', status: 200 };
}
