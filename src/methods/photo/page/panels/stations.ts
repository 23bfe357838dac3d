/** Where one is among the photos: a mark for each, those taken lead back to them. */
import { html, nothing, type TemplateResult } from 'lit';
import { tickIcon } from '../../../../ui/icons.ts';
import type { PhotoMessages } from '../messages/index.ts';
import type { Station } from '../stepper.ts';
import type { PhotoModel } from './model.ts';

export function stationList({ stepper, words, act }: PhotoModel): TemplateResult {
  const { stations, marks, screen } = stepper;
  const here = 'index' in screen ? screen.index : -1;
  return html`
    <ol class="stations" aria-label=${words.stations}>
      ${stations.map((station, index) => {
        const mark = marks[station.key];
        const state = words.stationStates[mark ?? (index === here ? 'current' : 'open')];
        const label = words.station(index + 1, stations.length, stationName(station, words), state);
        const face = mark === 'accepted' ? tickIcon : mark === 'skipped' ? '–' : index + 1;
        const classes = `station ${mark ?? ''} ${index === here ? 'here' : ''}`;
        return html`<li aria-current=${index === here ? 'step' : nothing}>
          ${
            mark && index !== here
              ? html`<button type="button" class=${classes} aria-label=${label} @click=${() => act({ type: 'visit', index })}>${face}</button>`
              : html`<span class=${classes} role="img" aria-label=${label}>${face}</span>`
          }
        </li>`;
      })}
    </ol>
  `;
}

export const stationWords = ({ step, gesture }: Station, words: PhotoMessages) =>
  step === 'gesture' ? words.gestures[gesture ?? 'smile'] : words.steps[step];

export const stationName = (station: Station, words: PhotoMessages): string =>
  stationWords(station, words).name;
