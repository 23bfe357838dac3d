/** A reviewer asks for one photo again: which, and why. Loaded when it happens. */
import { html, nothing } from 'lit';
import { pick } from '../../../../i18n/labels.ts';
import { cameraIcon } from '../../../../ui/icons.ts';
import type { PanelContent } from '../../../../ui/panel.ts';
import { note } from '../../../../ui/parts.ts';
import type { PanelView } from '../../../../ui/view.ts';
import type { PhotoModel } from '../panels/model.ts';
import { stationName } from '../panels/stations.ts';
import { isAskedBy } from '../stepper.ts';
import { retakeMessages } from './messages.ts';

export function retakePanel(
  { retake, session, stepper, words, act }: PhotoModel,
  view: PanelView,
): PanelContent | undefined {
  if (!retake) return undefined;
  const station = stepper.stations.find((one) => isAskedBy(retake, one));
  const own = view.words('photo', retakeMessages[view.lang]).retakeAsked;
  return {
    key: 'photo-retake',
    step: 2,
    heading: own.heading,
    figure: html`<div class="figure">${cameraIcon}</div>`,
    body: html`
      ${station ? html`<p><b>${stationName(station, words)}</b></p>` : nothing}
      <p>${own.why(pick(session.relyingParty.name, view.lang))}</p>
      ${note(pick(retake.reason, view.lang))}
      <p class="quiet">${own.rest}</p>
    `,
    primary: { label: own.begin, run: () => act({ type: 'begin' }) },
    links: [{ label: words.leave, run: () => act({ type: 'cancel' }) }],
  };
}
