/**
 * The few pictures, inline because a page's policy may forbid every other way. Decoration: the words
 * beside them say the same.
 */
import { svg, type TemplateResult } from 'lit';

export const icon = (shape: TemplateResult): TemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

/** A phone that shows a face: the card in the wallet. */
export const walletIcon = icon(
  svg`<rect x="6" y="2.5" width="12" height="19" rx="2.5" /><path d="M10 9.5v1M14 9.5v1M9.6 13.6c1.3 1.2 3.5 1.2 4.8 0M10.5 5.2h3" />`,
);

/** A card with a portrait. */
export const cardIcon = icon(
  svg`<rect x="2.5" y="5" width="19" height="14" rx="2" /><circle cx="8" cy="10.5" r="1.8" /><path d="M5 16c.4-1.9 1.6-2.7 3-2.7s2.6.8 3 2.7M14.5 9.5h4M14.5 13h4" />`,
);

/** A phone with a key: the certificate inside. */
export const phoneKeyIcon = icon(
  svg`<rect x="6" y="2.5" width="12" height="19" rx="2.5" /><circle cx="10.4" cy="12" r="1.9" /><path d="M12.3 12h3.4v1.8M10.5 5.2h3" />`,
);

/** A chip. */
export const chipIcon = icon(
  svg`<rect x="5" y="6" width="14" height="12" rx="2.5" /><path d="M5 10h4.5v4H5M19 10h-4.5v4H19M9.5 6v4M14.5 6v4M9.5 14v4M14.5 14v4" />`,
);

export const cameraBody = svg`<path d="M3 8.5a2 2 0 0 1 2-2h2.2l1.3-2h7l1.3 2H19a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z" />`;

/** A camera. */
export const cameraIcon = icon(svg`${cameraBody}<circle cx="12" cy="12.5" r="3.6" />`);

export const tickIcon = icon(svg`<path d="m5 12.5 4.6 4.6L19 7.6" />`);
export const crossIcon = icon(svg`<path d="M6.5 6.5l11 11M17.5 6.5l-11 11" />`);
