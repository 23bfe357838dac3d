/** Everything that will be sent, before it is. */

import { html, nothing } from 'lit';
import { tickIcon } from '../../../../ui/icons.ts';
import type { PanelContent } from '../../../../ui/panel.ts';
import { note } from '../../../../ui/parts.ts';
import type { PhotoModel } from './model.ts';
import { waysBack } from './shoot.ts';
import { stationName } from './stations.ts';

export function summaryPanel(photo: PhotoModel): PanelContent {
  const { stepper, words, thumbnails, uploads, act } = photo;
  const { summary } = words;
  const said = uploads.stalled
    ? summary.stalled
    : uploads.waiting > 0
      ? summary.sending(uploads.waiting)
      : '';
  return {
    key: 'photo-summary',
    step: 2,
    heading: summary.heading,
    body: html`
      <p>${summary.text}</p>
      <ul class="shots">
        ${stepper.stations.map((station, index) => {
          const skipped = stepper.marks[station.key] === 'skipped';
          const state = skipped
            ? summary.skipped
            : uploads.stored.has(station.key)
              ? summary.sent
              : summary.onWay;
          return html`<li><button type="button" @click=${() => act({ type: 'visit', index })}>
            ${thumbnails.get(station.key) ?? html`<span class="placeholder">${skipped ? '–' : tickIcon}</span>`}
            <span><b>${stationName(station, words)}</b><small class="quiet">${state}</small></span>
          </button></li>`;
        })}
      </ul>
      ${uploads.stalled ? note(summary.stalled) : nothing}
    `,
    primary: {
      label: uploads.waiting > 0 ? summary.sending(uploads.waiting) : summary.send,
      busy: uploads.waiting > 0,
      run: () => act({ type: 'send' }),
    },
    links: waysBack(photo),
    ...(said && { said }),
  };
}
