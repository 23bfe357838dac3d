/** The camera does not come: why, and every way on. Loaded when it happens. */

import { html, nothing, svg } from 'lit';
import { copyLink } from '../../../../ui/copy-link.ts';
import { cameraBody, icon } from '../../../../ui/icons.ts';
import type { PanelContent } from '../../../../ui/panel.ts';
import { note } from '../../../../ui/parts.ts';
import type { PanelView } from '../../../../ui/view.ts';
import type { Trouble } from '../camera-obstacle.ts';
import type { PhotoModel } from '../panels/model.ts';
import { fileTrouble, otherWays, waysBack } from '../panels/shoot.ts';
import { stationAt } from '../stepper.ts';
import { troubleMessages } from './messages.ts';

const noCameraIcon = icon(svg`${cameraBody}<path d="m4 4 16 16" />`);

/** In these cases opening it once more may help. */
const AGAIN: readonly Trouble[] = ['denied', 'dismissed', 'none', 'busy', 'lost'];

export function troublePanel(photo: PhotoModel, trouble: Trouble, view: PanelView): PanelContent {
  const { words, session, camera, act } = photo;
  const own = view.words('photo', troubleMessages[view.lang]);
  const text = own.troubles[trouble];
  const again = AGAIN.includes(trouble)
    ? [{ label: own.retry, run: () => act({ type: 'retry-camera' }) }]
    : [];
  const station = stationAt(photo.stepper);
  const elsewhere = otherWays(photo, { phone: true, file: !station?.gesture });
  const copy = async () =>
    act({ type: 'note', text: (await copyLink(location.href)) ? own.copied : own.notCopied });
  const ways = [
    ...(trouble === 'in_app' ? [{ label: own.copy, run: copy }] : []),
    ...(trouble === 'none' ? [...elsewhere, ...again] : [...again, ...elsewhere]),
    ...(session.methods.length > 1
      ? [{ label: words.other, run: () => act({ type: 'other' }) }]
      : []),
  ];
  const [primary, secondary, ...links] = ways;
  const lens =
    trouble === 'lost' && camera.lenses.length > 1
      ? [{ label: words.shoot.lens, run: () => act({ type: 'switch-lens' }) }]
      : [];
  return {
    key: `photo-trouble-${trouble}`,
    step: 2,
    heading: text.heading,
    figure: html`<div class="figure">${noCameraIcon}</div>`,
    body: html`
      <p>${text.text}</p>
      ${text.note ? note(text.note) : nothing}
      ${fileTrouble(photo)}
      ${photo.notice ? html`<p class="quiet">${photo.notice}</p>` : nothing}
    `,
    ...(primary && { primary }),
    ...(secondary && { secondary }),
    links: [...lens, ...links, ...waysBack(photo)],
    ...(photo.notice && { said: photo.notice }),
  };
}
