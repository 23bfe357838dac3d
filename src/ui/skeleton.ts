import { html, type TemplateResult } from 'lit';

/** Grey lines in the place of what is coming; the words beside them say what is waited for. */
export const bones: TemplateResult = html`<div class="bones" aria-hidden="true"></div>`;
