/** Everything that will be sent, before it is; and when the camera does not come. */
import { html, nothing } from 'lit';
import { note } from '../../../ui/claims-list.ts';
import { detailStyles } from '../../../ui/detail.styles.ts';
import type { PanelContent } from '../../../ui/panel.ts';
import type { Trouble } from '../camera/obstacle.ts';
import { noCameraIcon, tickIcon } from './icons.ts';
import type { PhotoModel } from './model.ts';
import { stationName } from './rail.ts';
import { fileProblem, otherWays } from './shoot.ts';
import { photoStyles } from './styles.ts';

export function summaryPanel(photo: PhotoModel): PanelContent {
  const { stepper, words, thumbnails, stored, uploads } = photo;
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
            : stored.has(station.key)
              ? summary.sent
              : summary.onWay;
          return html`<li><button type="button" @click=${() => photo.visit(index)}>
            ${thumbnails.get(station.key) ?? html`<span class="placeholder">${skipped ? '–' : tickIcon}</span>`}
            <span><b>${stationName(station, words)}</b><small>${state}</small></span>
          </button></li>`;
        })}
      </ul>
      ${uploads.stalled ? note(summary.stalled) : nothing}
    `,
    primary: {
      label: uploads.waiting > 0 ? summary.sending(uploads.waiting) : summary.send,
      busy: uploads.waiting > 0,
      run: photo.send,
    },
    links: [
      { label: words.shoot.back, run: photo.back },
      { label: words.leave, run: photo.cancel },
    ],
    ...(said && { said }),
    styles: [detailStyles, photoStyles],
  };
}

/** In these cases opening it once more may help. */
const AGAIN: readonly Trouble[] = ['denied', 'dismissed', 'none', 'busy', 'lost'];

export function troublePanel(photo: PhotoModel, trouble: Trouble): PanelContent {
  const { words, session, camera } = photo;
  const text = words.troubles[trouble];
  const ways = [
    ...(AGAIN.includes(trouble) ? [{ label: words.retry, run: photo.retryCamera }] : []),
    ...otherWays(photo),
    ...(trouble === 'in_app' ? [{ label: words.copy, run: photo.copyLink }] : []),
    ...(session.methods.length > 1 ? [{ label: words.other, run: photo.other }] : []),
  ];
  const [primary, secondary, ...links] = ways;
  const lens =
    trouble === 'lost' && camera.lenses.length > 1
      ? [{ label: words.shoot.lens, run: photo.switchLens }]
      : [];
  return {
    key: `photo-trouble-${trouble}`,
    step: 2,
    heading: text.heading,
    figure: html`<div class="figure">${noCameraIcon}</div>`,
    body: html`
      <p>${text.text}</p>
      ${'note' in text && text.note ? note(text.note) : nothing}
      ${fileProblem(photo)}
      ${photo.notice ? html`<p class="quiet">${photo.notice}</p>` : nothing}
    `,
    ...(primary && { primary }),
    ...(secondary && { secondary }),
    links: [
      ...lens,
      ...links,
      { label: words.shoot.back, run: photo.back },
      { label: words.leave, run: photo.cancel },
    ],
    ...(photo.notice && { said: photo.notice }),
    styles: [detailStyles, photoStyles],
  };
}
