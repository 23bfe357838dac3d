/** How a photo should look and how not, drawn for the document at hand: seen before the camera opens. */
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { crossIcon, tickIcon } from '../../../../ui/icons.ts';
import { DOCUMENTS, type DocumentId } from '../../documents.ts';
import type { PhotoMessages } from '../messages/index.ts';

/** Of the table that is drawn, in units of the drawing. */
const WIDTH = 96;
const HEIGHT = 68;

/** Where a portrait stands on the document, as a share of its width; absent where there is none. */
const PORTRAIT: { readonly [id in DocumentId]?: number } = {
  'driving-licence': 0.7,
  'driving-record-certificate': 0.7,
  'my-number-card': 0.06,
  'residence-card': 0.7,
  'special-permanent-resident-certificate': 0.7,
  passport: 0.06,
};

export function examples(id: DocumentId, { examples: words }: PhotoMessages): TemplateResult {
  const paper = document(id);
  const soft = [-2, 0, 2].map(
    (x) => svg`<g opacity="0.4" transform="translate(${x} ${x / 2})">${paper}</g>`,
  );
  const shine = svg`<ellipse cx="60" cy="28" rx="15" ry="9" fill="#fff" opacity="0.95" />`;
  return html`
    <ul class="examples">
      ${one(paper, words.good, true)}
      ${one(svg`<g transform="translate(34 12)">${paper}</g>`, words.cutOff, false)}
      ${one(svg`${paper}${shine}`, words.glare, false)}
      ${one(svg`${soft}`, words.blurred, false)}
    </ul>
  `;
}

const one = (drawing: SVGTemplateResult, text: string, good: boolean): TemplateResult => html`
  <li class=${good ? 'good' : 'poor'}>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${drawing}</svg>
    <span>${good ? tickIcon : crossIcon}${text}</span>
  </li>
`;

/** Outline, portrait and lines of print: nothing of a real one but its shape. */
function document(id: DocumentId): SVGTemplateResult {
  const { aspect, machineReadable } = DOCUMENTS[id];
  const height = HEIGHT * 0.78;
  const width = Math.min(height * aspect, WIDTH * 0.88);
  const tall = width / aspect;
  const [x, y] = [(WIDTH - width) / 2, (HEIGHT - tall) / 2];
  const portrait = PORTRAIT[id];
  const left = portrait !== undefined && portrait < 0.5;
  const from = x + width * (left ? 0.36 : 0.08);
  const to = from + width * (portrait === undefined ? 0.84 : 0.54);
  const lines = [0.2, 0.36, 0.52].map((line) => y + tall * line);
  const machine = machineReadable ? [0.82, 0.92] : [];
  return svg`
    <rect x=${x} y=${y} width=${width} height=${tall} rx="3" fill="#e4efe9" />
    ${
      portrait === undefined
        ? ''
        : svg`<rect x=${x + width * portrait} y=${y + tall * 0.2} width=${width * 0.24} height=${tall * 0.5} fill="#93a7c0" />`
    }
    <path stroke="#44525f" stroke-width="2.4" d=${lines.map((line) => `M${from} ${line}H${to}`).join('')} />
    <path stroke="#44525f" stroke-width="2" stroke-dasharray="2.4 1" d=${machine.map((line) => `M${x + 4} ${y + tall * line}H${x + width - 4}`).join('')} />
  `;
}
