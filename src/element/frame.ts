/** What surrounds every panel: who asks, the language, how far it has come, and what is said. */
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { LANGUAGES, type Language } from '../i18n/language.ts';
import type { ScreenView } from '../screens/screen-view.ts';
import { type PanelContent, renderPanel } from '../ui/panel.ts';

export interface Frame {
  readonly panel: PanelContent;
  /** For people who do not look at the screen. */
  readonly said: string;
  /** For everybody. */
  readonly notice: string;
  choose(language: Language): void;
}

export function renderFrame(view: ScreenView, frame: Frame): TemplateResult {
  const { lang, messages } = view;
  const { panel } = frame;
  // A browser that translates wraps the text: each screen is made anew, so that no old words stay.
  // What says that it is closed stays readable; what could be pressed does not.
  const shut = view.disabled && view.snapshot.flow.state !== 'idle';
  const notice =
    (shut && messages.disabled.heading) || frame.notice || (view.snapshot.lost && messages.lost);
  return html`
    <div class="frame ${view.disabled ? 'disabled' : ''} ${panel.pictured ? 'pictured' : ''}" part="frame" lang=${lang}>
      ${header(view, frame)}
      ${
        view.snapshot.session?.environment === 'test'
          ? html`<p class="banner" part="banner">${messages.testNote}</p>`
          : nothing
      }
      <div
        class="rail"
        part="rail"
        role="progressbar"
        aria-label=${messages.progress}
        aria-valuemin="1"
        aria-valuemax="3"
        aria-valuenow=${panel.step}
        aria-valuetext=${messages.step(panel.step)}
      >
        ${[1, 2, 3].map((step) => html`<span class=${step <= panel.step ? 'reached' : ''}></span>`)}
      </div>
      <div class="screen" ?inert=${shut}>${keyed(panel.key, renderPanel(panel))}</div>
      <div class="status" part="status" role="status">
        <span class="unseen">${frame.said}</span>${notice ? html`<p class="banner">${notice}</p>` : nothing}
      </div>
    </div>
  `;
}

function header(
  { lang, messages, snapshot, service, disabled }: ScreenView,
  frame: Frame,
): TemplateResult {
  const party = snapshot.session?.relyingParty;
  const { before, after } = messages.title;
  const change = ({ currentTarget }: Event) => {
    const menu = currentTarget as HTMLSelectElement;
    frame.choose(menu.value as Language);
    // It says another language once that one's words are here.
    menu.value = lang;
  };
  return html`
    <div class="header" part="header" ?inert=${disabled}>
      <slot name="mark">
        ${party ? html`<span class="mark" part="mark" aria-hidden="true">${party.mark ?? [...service][0]}</span>` : nothing}
      </slot>
      <p class="title" part="title">
        ${party ? html`${before}<b>${service}</b>${after}` : messages.unnamed}
      </p>
      <span class="menu"><select class="language" part="language" aria-label=${messages.language} .value=${lang} @change=${change}>
        ${Object.entries(LANGUAGES).map(
          ([id, name]) =>
            html`<option value=${id} lang=${id} ?selected=${id === lang}>${name}</option>`,
        )}
      </select></span>
    </div>
  `;
}
