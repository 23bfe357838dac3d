/**
 * The anatomy every screen shares: one heading that says where the person is, one body, one primary
 * action, at most one secondary, quiet links below.
 */
import { type CSSResult, html, nothing, type TemplateResult } from 'lit';

export interface Action {
  readonly label: string;
  readonly run: (event: Event) => void;
  /** Shown but not usable yet; the label says why ("preparing"). */
  readonly busy?: boolean;
  /** A real link, where the action leaves the page. */
  readonly href?: string;
}

export interface PanelContent {
  readonly heading: string;
  readonly body: TemplateResult;
  /** A picture above the heading; centres the panel. */
  readonly figure?: TemplateResult;
  readonly primary?: Action;
  readonly secondary?: Action;
  readonly links?: readonly Action[];
  /** Below the links. */
  readonly footer?: TemplateResult;
  /** Which bar of the rail is reached: 1 what is asked, 2 proving it, 3 checking it. */
  readonly step: 1 | 2 | 3;
  /** Changes when focus should move to the heading and the heading be announced. */
  readonly key: string;
  /** Somebody else has to act first; the scene's `patience` grows meanwhile. */
  readonly waits?: boolean;
  /** Said aloud when it changes under the same heading, for example progress. */
  readonly said?: string;
  /** It is about a picture, which gets the room on a phone held sideways. */
  readonly pictured?: boolean;
  /** Rules only this panel and its like need. */
  readonly styles?: readonly CSSResult[];
}

export const renderPanel = (panel: PanelContent): TemplateResult => html`
  <section class="panel ${panel.figure ? 'centred' : ''}" part="panel" aria-labelledby="heading">
    ${panel.figure}
    <h2 id="heading" part="heading" tabindex="-1">${panel.heading}</h2>
    <div class="body" part="body">${panel.body}</div>
    <div class="actions" part="actions">
      ${control(panel.primary, 'button primary', 'primary')}
      ${control(panel.secondary, 'button secondary', 'secondary')}
    </div>
    ${panel.links?.length ? html`<div class="links" part="links">${panel.links.map(link)}</div>` : nothing}
    ${panel.footer}
  </section>
`;

const link = (action: Action): unknown => control(action, 'link', 'link');

/** Busy stays focusable: a control that leaves the tab order would drop the person's place. */
function control(action: Action | undefined, classes: string, part: string): unknown {
  if (!action) return nothing;
  const { label, href, busy = false, run } = action;
  if (href) {
    return html`<a class=${classes} part=${part} href=${href} rel="noreferrer" @click=${run}
      >${label}</a
    >`;
  }
  const press = (event: Event) => (busy ? event.preventDefault() : run(event));
  return html`<button
    type="button"
    class=${classes}
    part=${part}
    aria-disabled=${busy ? 'true' : nothing}
    @click=${press}
  >
    ${label}
  </button>`;
}
