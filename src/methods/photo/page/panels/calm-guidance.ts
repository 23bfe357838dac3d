/**
 * What is said of the frames while they differ: a sentence stays until others have come in a row, so
 * that it can be read, and does not jump where two of them are nearly as true.
 */
import { type Guidance, isGood } from '../capture/guidance.ts';

/** Frames that must agree before another sentence takes the place of one that is shown. */
const AGREEING_FRAMES = 3;

export class CalmGuidance {
  #shown: Guidance | undefined;
  #candidate: Guidance | undefined;
  #frames = 0;

  /** @returns what to say after one more frame */
  after(guidance: Guidance): Guidance {
    if (this.#shown === undefined || same(this.#shown, guidance)) return this.#show(guidance);
    const again = this.#candidate !== undefined && same(this.#candidate, guidance);
    this.#frames = again ? this.#frames + 1 : 1;
    this.#candidate = guidance;
    // The shot is about to be taken: nobody should move any more.
    const enough = isGood(guidance.code) || this.#frames >= AGREEING_FRAMES;
    return enough ? this.#show(guidance) : this.#shown;
  }

  clear(): void {
    this.#shown = undefined;
    this.#candidate = undefined;
  }

  #show(guidance: Guidance): Guidance {
    this.#shown = guidance;
    this.#candidate = undefined;
    return guidance;
  }
}

const same = (one: Guidance, other: Guidance): boolean =>
  one.code === other.code && placeOf(one) === placeOf(other);

const placeOf = (guidance: Guidance) => ('place' in guidance ? guidance.place : undefined);
