/** A shot, large, with what was measured; and one that was accepted before. */

import { html, nothing, type TemplateResult } from 'lit';
import { crossIcon, tickIcon } from '../../../../ui/icons.ts';
import type { PanelContent } from '../../../../ui/panel.ts';
import { note } from '../../../../ui/parts.ts';
import type { PanelView } from '../../../../ui/view.ts';
import { THRESHOLDS } from '../analysis/thresholds.ts';
import { isGood } from '../capture/guidance.ts';
import type { TakenShot } from '../capture/shot.ts';
import type { PhotoMessages } from '../messages/index.ts';

import type { Station } from '../stepper.ts';
import type { PhotoModel } from './model.ts';
import { stationList, stationName } from './stations.ts';
import { adviceText } from './viewfinder.ts';

export function lookPanel(
  photo: PhotoModel,
  station: Station,
  taken: TakenShot,
  view: PanelView,
): PanelContent {
  const { words, masks, maskEditor, saving, stepper, challenge, act } = photo;
  const { look } = words;
  const fine = isGood(taken.guidance.code);
  const triesLeft = (challenge?.limits.tries ?? 0) - (stepper.attempts[station.key] ?? 0);
  const other = taken.guidance.code === 'other_document';
  const mustRetake = !fine && (station.step === 'thickness' || other) && triesLeft > 0;
  const unmeasured = taken.guidance.code === 'unmeasured';
  const use = masks.length > 0 ? look.useMasked : fine || unmeasured ? look.use : look.useAnyway;
  const busy = saving || (masks.length > 0 && !maskEditor);
  const accept = { label: saving ? look.working : use, busy, run: () => act({ type: 'use' }) };
  const retake = { label: look.retake, busy: saving, run: () => act({ type: 'retake' }) };
  const headingWhenFine = masks.length > 0 ? look.headingMasked : look.heading;
  return {
    key: `photo-look-${station.key}-${stepper.attempts[station.key] ?? 0}`,
    step: 2,
    pictured: true,
    heading:
      fine || unmeasured ? headingWhenFine : mustRetake ? look.headingOrder : look.headingPoor,
    body: html`
      ${stationList(photo)}
      ${
        fine || unmeasured
          ? nothing
          : html`<p class="warning">${crossIcon}${adviceText(words, taken.guidance)}</p>`
      }
      ${
        masks.length > 0 && maskEditor
          ? maskEditor.maskEditor(photo, taken.canvas, view)
          : picture(taken.canvas, look.alt(stationName(station, words)))
      }
      ${findings(taken, words)}
      ${mustRetake ? note(other ? look.otherTries(triesLeft) : look.edgeTries(triesLeft)) : html`<p class="quiet">${advice(taken, station, words)}</p>`}
    `,
    ...(fine || unmeasured
      ? { primary: accept, secondary: retake }
      : { primary: retake, ...(!mustRetake && { secondary: accept }) }),
    ...(maskEditor && { styles: [maskEditor.maskStyles] }),
  };
}

/** The very canvas that will be encoded: no URL that a policy could forbid, and nothing to revoke. */
function picture(canvas: HTMLCanvasElement, label: string): TemplateResult {
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  return html`<div class="picture">${canvas}</div>`;
}

function advice(taken: TakenShot, { step }: Station, { look }: PhotoMessages): string {
  if (taken.guidance.code === 'unmeasured') return look.unmeasured;
  if (!isGood(taken.guidance.code)) return look.reviewer;
  return step === 'face' || step === 'gesture' ? look.faceSeen : look.readable;
}

/** What was measured, each told by a sign and a word. */
function findings({ measured, guidance }: TakenShot, { look }: PhotoMessages): unknown {
  if (!measured) return nothing;
  const { exposure, sharpness } = measured;
  const document = measured.kind === 'document';
  const blur = document ? THRESHOLDS.blur : THRESHOLDS.faceBlur;
  const dark = document
    ? exposure.highlight < THRESHOLDS.darkest
    : exposure.mean < THRESHOLDS.faceDarkest;
  const light = !dark && exposure.clipped <= THRESHOLDS.washedOut;
  const sharp = sharpness >= 1 / blur;
  const rows: (readonly [string, string, boolean])[] = [
    [look.sharp, sharp ? look.fine : look.poor, sharp],
    [look.light, light ? look.fine : look.poor, light],
  ];
  if (document) {
    const whole = measured.quad !== null && guidance.code !== 'cut_off';
    const glare = measured.glare.length > 0;
    rows.unshift([look.outline, whole ? look.found : look.missing, whole]);
    rows.push([look.glare, glare ? look.present : look.none, !glare]);
    if (measured.tilt) {
      const slanted = ['tilted', 'too_flat', 'too_steep'].includes(guidance.code);
      rows.push([look.angle, slanted ? look.poor : look.fine, !slanted]);
    }
  }
  return html`
    <ul class="findings">
      ${rows.map(
        ([name, value, good]) => html`
          <li class=${good ? 'good' : 'poor'}>${good ? tickIcon : crossIcon}<span>${name}</span> <b>${value}</b></li>
        `,
      )}
    </ul>
  `;
}

export function keptPanel(photo: PhotoModel, station: Station): PanelContent {
  const { words, thumbnails, act } = photo;
  const thumbnail = thumbnails.get(station.key);
  return {
    key: `photo-kept-${station.key}`,
    step: 2,
    heading: words.kept.heading,
    body: html`
      ${stationList(photo)}
      <div class="one">
        ${thumbnail ?? html`<span class="placeholder">${tickIcon}</span>`}
        <p><b>${stationName(station, words)}</b><br />${words.kept.text}</p>
      </div>
    `,
    primary: { label: words.kept.next, run: () => act({ type: 'keep' }) },
    secondary: { label: words.kept.retake, run: () => act({ type: 'retake' }) },
    links: [{ label: words.shoot.back, run: () => act({ type: 'back' }) }],
  };
}
