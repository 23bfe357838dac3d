/** How many event streams are open, so that neither one session nor one address takes them all. */
import { isPrivateAddress } from '../wire/address.ts';
import { IdVerifyError } from '../wire/error.ts';
import { LIMITS } from './limits.ts';

export class Streams {
  readonly #open = new Map<string, number>();

  /**
   * @returns to be called once the stream is closed
   * @throws IdVerifyError `limit/rate`
   */
  take(sessionId: string, address: string | undefined): () => void {
    const places: [string, number][] = [[`session ${sessionId}`, LIMITS.streamsOfSession]];
    // Many come by a proxy whose address is the only one known.
    if (address !== undefined && !isPrivateAddress(address)) {
      places.push([`address ${address}`, LIMITS.streamsOfAddress]);
    }
    if (places.some(([place, most]) => (this.#open.get(place) ?? 0) >= most)) {
      throw new IdVerifyError('limit/rate', 'too many event streams are open');
    }
    for (const [place] of places) this.#add(place, 1);
    let open = true;
    return () => {
      if (open) for (const [place] of places) this.#add(place, -1);
      open = false;
    };
  }

  #add(place: string, change: 1 | -1): void {
    const count = (this.#open.get(place) ?? 0) + change;
    if (count > 0) this.#open.set(place, count);
    else this.#open.delete(place);
  }
}
