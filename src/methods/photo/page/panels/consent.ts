/** What is said before the camera opens: what will be taken and what for, and which document. */

import { html, nothing } from 'lit';
import { pick } from '../../../../i18n/labels.ts';
import { claimsList } from '../../../../ui/claims-list.ts';
import { cameraIcon } from '../../../../ui/icons.ts';
import type { PanelContent } from '../../../../ui/panel.ts';
import { checkedValue, note } from '../../../../ui/parts.ts';
import type { PanelView } from '../../../../ui/view.ts';
import type { DocumentId } from '../../documents.ts';
import { examples } from './examples.ts';
import type { PhotoModel } from './model.ts';
import { waysBack } from './shoot.ts';

export function consentPanel(photo: PhotoModel, view: PanelView): PanelContent {
  const { session, offer, documents, words, resumed } = photo;
  const { consent } = words;
  const taken = [consent.document, consent.face, ...(offer.gestures ? [consent.gestures] : [])];
  return {
    key: 'consent-photo',
    step: 1,
    heading: view.messages.consent.heading(pick(session.relyingParty.name, view.lang)),
    body: html`
      <p>${pick(session.purpose, view.lang)}</p>
      <p class="quiet">${consent.taken}</p>
      <ul class="asked">
        ${taken.map((item) => html`<li>${item}</li>`)}
      </ul>
      <p class="quiet">${consent.uses}</p>
      ${claimsList(session.claims, [], view, consent.derived)}
      ${note(`${consent.shown}${documents.includes('my-number-card') ? ` ${consent.cardBack}` : ''}`)}
      <p class="quiet">${resumed ? consent.resumed : consent.time}</p>
    `,
    primary: {
      label: resumed ? consent.goOn : consent.begin,
      run: () => photo.act({ type: 'begin' }),
    },
    secondary: { label: view.messages.leave, run: () => photo.act({ type: 'cancel' }) },
    ...(session.methods.length > 1 && {
      links: [{ label: words.other, run: () => photo.act({ type: 'other' }) }],
    }),
  };
}

export function documentsPanel(photo: PhotoModel, { messages }: PanelView): PanelContent {
  const { challenge, considered, documents, stepper, words } = photo;
  const chosen = stepper.document ?? documents[0];
  const shown = considered ?? documents.find((id) => id === chosen);
  return {
    key: 'photo-documents',
    step: 2,
    heading: words.documents.heading,
    body: html`
      <fieldset
        class="ways documents"
        aria-labelledby="heading"
        @change=${({ target }: Event) =>
          photo.act({ type: 'consider', document: (target as HTMLInputElement).value })}
      >
        ${documents.map(
          (id) => html`
            <label class="way" part="way">
              <input type="radio" name="document" value=${id} ?checked=${id === chosen} />
              <span class="words">
                <b>${words.names[id]}</b>
                <small>${sidesOf(photo, id).join(messages.consent.comma)}</small>
              </span>
            </label>
          `,
        )}
      </fieldset>
      ${shown ? examples(shown, words) : nothing}
      ${note(stepper.document ? words.documents.change : words.documents.camera)}
    `,
    primary: {
      label: !challenge
        ? words.documents.preparing
        : stepper.document
          ? words.documents.goOn
          : words.documents.open,
      busy: !challenge,
      run: (event) => {
        const document = checkedValue(event);
        if (document) photo.act({ type: 'choose', document });
      },
    },
    links: waysBack(photo),
  };
}

function sidesOf({ challenge, words }: PhotoModel, id: DocumentId): string[] {
  const { sides, thickness, noBack, masks } = words.documents;
  const steps = challenge?.documents.find((document) => document.id === id)?.steps;
  if (!steps) return [];
  const shown = steps.includes('data-page')
    ? sides.page
    : steps.includes('back')
      ? sides.two
      : sides.one;
  return [
    shown,
    ...(steps.includes('thickness') ? [thickness] : []),
    ...(id === 'my-number-card' ? [noBack] : []),
    ...(id === 'health-insurance-eligibility' ? [masks] : []),
  ];
}

/** The words, or what is to be taken, are still on their way. */
export const loadingPanel = ({ messages }: PanelView): PanelContent => ({
  key: 'photo-loading',
  step: 1,
  heading: messages.preparing.heading,
  figure: html`<div class="figure">${cameraIcon}</div>`,
  body: html`<p>${messages.later.loading}</p>`,
  waits: true,
});
