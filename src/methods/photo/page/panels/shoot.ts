/** The camera is open: what to show it, and every way on from here. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { icon } from '../../../../ui/icons.ts';
import type { Action, PanelContent } from '../../../../ui/panel.ts';
import type { Station } from '../stepper.ts';
import type { PhotoModel } from './model.ts';
import { stationList, stationWords } from './stations.ts';

const torchIcon = icon(svg`<path d="M13 2.5 5.5 13.5H11l-1 8 7.5-11H12z" />`);

const lensIcon = icon(
  svg`<path d="M3 9a2 2 0 0 1 2-2h2.2l1.3-2h7l1.3 2H19a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z" /><path d="M8.6 12.4a3.5 3.5 0 0 1 6.4-1.2M15.4 13.6A3.5 3.5 0 0 1 9 14.8M15.2 9.2v2.2H13M8.8 16.8v-2.2H11" />`,
);

export function shootPanel(photo: PhotoModel, station: Station): PanelContent {
  const { camera, coarse, words, viewfinder, taking, notice, act } = photo;
  const { heading, hint } = stationWords(station, words);
  const live = camera.state === 'live';
  const another = { label: words.shoot.lens, run: () => act({ type: 'switch-lens' }) };
  const [elsewhere] = [
    ...(camera.lenses.length > 1 ? [another] : []),
    ...otherWays(photo, { phone: true, file: true }),
  ];
  const how = station.gesture ? words.shoot.timer : station.step === 'face' ? '' : words.shoot.auto;
  return {
    key: `photo-${station.key}-${station.gesture ?? ''}`,
    step: 2,
    pictured: true,
    heading,
    body: html`
      ${stationList(photo)}
      <div class="camera ${station.step === 'thickness' ? 'measuring' : ''}" role="group" aria-label=${words.shoot.viewfinder}>
        ${viewfinder}
        ${live ? nothing : html`<p class="advice waiting">${words.shoot.opening}</p>`}
        ${tools(photo)}
      </div>
      <p class="hint">${hint} ${how}</p>
      ${fileTrouble(photo)}
    `,
    primary: {
      label: taking ? words.shoot.taking : words.shoot.shutter,
      busy: !live || taking,
      run: () => photo.act({ type: 'shutter' }),
    },
    ...(coarse && elsewhere && { secondary: elsewhere }),
    links: waysOut(photo, station).filter(({ label }) => !coarse || label !== elsewhere?.label),
    ...(notice && { said: notice }),
  };
}

/** What a file was not good for, where one was tried. */
export const fileTrouble = ({ fileProblem }: PhotoModel): unknown =>
  fileProblem ? html`<p class="note" part="note" role="alert">${fileProblem}</p>` : nothing;

/** To the screen before, and out of it all. */
export const waysBack = ({ words, act }: PhotoModel): Action[] => [
  { label: words.shoot.back, run: () => act({ type: 'back' }) },
  { label: words.leave, run: () => act({ type: 'cancel' }) },
];

/** Files or the phone, where they are possible. */
export function otherWays(
  photo: PhotoModel,
  may: { readonly phone: boolean; readonly file: boolean },
): Action[] {
  const { words, challenge, offer, canTransfer, act } = photo;
  return [
    ...(may.phone && canTransfer
      ? [{ label: words.shoot.phone, run: () => act({ type: 'transfer' }) }]
      : []),
    ...(may.file && challenge?.files && offer.files
      ? [{ label: words.shoot.file, run: () => act({ type: 'choose-file' }) }]
      : []),
  ];
}

function waysOut(photo: PhotoModel, station: Station): Action[] {
  const { words, stepper, uploads, act } = photo;
  const taken = stepper.marks[station.key] === 'accepted';
  // Who holds a phone with a camera that works is not told to take a phone.
  const phone = matchMedia('(pointer:coarse)').matches;
  return [
    ...(station.gesture && !taken
      ? [{ label: words.shoot.cannot, run: () => act({ type: 'cannot' }) }]
      : []),
    ...(taken && uploads.stored.has(station.key)
      ? [{ label: words.shoot.keep, run: () => act({ type: 'keep' }) }]
      : []),
    // A file shows no movement.
    ...otherWays(photo, { phone: !phone, file: !station.gesture }),
    ...waysBack(photo),
  ];
}

function tools({ camera, words, act }: PhotoModel): TemplateResult {
  const { torchOn, torchOff, lens } = words.shoot;
  return html`
    <div class="tools">
      ${
        camera.torch === undefined
          ? nothing
          : html`<button type="button" class="tool" aria-pressed=${camera.torch} aria-label=${camera.torch ? torchOff : torchOn} @click=${() => act({ type: 'switch-torch' })}>${torchIcon}</button>`
      }
      ${
        camera.lenses.length < 2
          ? nothing
          : html`<button type="button" class="tool" aria-label=${lens} title=${lens} @click=${() => act({ type: 'switch-lens' })}>${lensIcon}</button>`
      }
    </div>
  `;
}
