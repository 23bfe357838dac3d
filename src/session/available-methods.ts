/** What the server offers, joined with what this build contains and this browser can do. */
import type { MethodEntry } from '../methods/method.ts';
import type { SessionView } from '../wire/contract.ts';
import type { AvailableMethod } from './api.ts';

export const findAvailableMethods = (
  view: SessionView,
  entries: readonly MethodEntry[],
): readonly AvailableMethod[] =>
  view.methods.map((offer) => {
    const entry = entries.find(({ id }) => id === offer.method);
    return entry
      ? {
          offer,
          entry,
          // What this browser cannot, the one of a phone may.
          availability:
            view.transferable && !view.handedOver ? { usable: true } : entry.availability(offer),
        }
      : { offer, availability: { usable: false, code: 'unavailable/not_included' } };
  });
