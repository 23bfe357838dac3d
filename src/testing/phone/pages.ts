/** The screens of the simulated app: plain forms, no script. */
import { webCrypto } from '../../crypto/web-crypto.ts';
import { type Html, html } from '../../methods/handoff/server/html.ts';
import { type Language, pageResponse } from '../../methods/handoff/server/page.ts';
import { TEST_PIN } from './card.ts';
import { isSigning, OUTCOMES, type PhoneSession, wayBack } from './session.ts';
import { WORDS } from './words.ts';

const page = (language: Language, title: string, body: Html, status = 200): Promise<Response> =>
  pageResponse(webCrypto, {
    language,
    title,
    status,
    body: html`<p class="badge">${WORDS[language].badge}</p><h1>${title}</h1>${body}`,
  });

/** What is signed, in full, then the password or the reading; as prominent as both, the refusal. */
export function signPage(
  session: PhoneSession,
  language: Language,
  complaint?: string,
): Promise<Response> {
  const words = WORDS[language];
  const signing = isSigning(session);
  const [sentence, ...binding] = session.order.statement.trim().split('\n\n');
  const pin = html`<label>${words.pin}
<small id="pin-hint">${words.pinHint} ${words.testPin(TEST_PIN)}</small>
<input type="password" name="pin" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="32" aria-describedby="pin-hint"></label>`;
  return page(
    language,
    words.title,
    html`${complaint && html`<p class="bad" role="alert">${complaint}</p>`}
<p>${signing ? words.signs : words.reads}</p>
<div class="statement"><p>${sentence}</p><p class="hint">${binding.join('\n\n')}</p></div>
<form method="post">
${signing ? pin : undefined}
<button class="primary" name="action" value="sign">${signing ? words.sign : words.read}</button>
</form>
<form method="post"><button name="action" value="decline">${words.decline}</button></form>
<details><summary>${words.simulate}</summary>
<form method="post">
<label>${words.outcome}
<select name="outcome">${OUTCOMES.map(
      (outcome) => html`<option value="${outcome}">${words.outcomes[outcome]}</option>`,
    )}</select></label>
<button name="action" value="play">${words.play}</button>
</form></details>`,
  );
}

export function donePage(session: PhoneSession, language: Language): Promise<Response> {
  const words = WORDS[language];
  return page(
    language,
    words.doneTitle,
    html`<p>${words.doneBody}</p><a class="button primary" href="${wayBack(session)}">${words.back}</a>`,
  );
}

export function endPage(session: PhoneSession, language: Language): Promise<Response> {
  const words = WORDS[language];
  return page(
    language,
    words.endTitle,
    html`<p>${session.error && words.ends[session.error]}</p>
<a class="button primary" href="${wayBack(session)}">${words.back}</a>`,
  );
}

export const gonePage = (language: Language): Promise<Response> =>
  page(language, WORDS[language].goneTitle, html`<p>${WORDS[language].goneBody}</p>`, 404);
