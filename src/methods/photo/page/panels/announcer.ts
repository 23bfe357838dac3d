/**
 * Which messages are said aloud: those that stay, with time in between. A person who listens would
 * hear nothing through a message for every frame.
 */

/** A message must hold so long before it is said. */
const SETTLED_MS = 700;
/** Between two messages. */
const PAUSE_BETWEEN_MS = 2_500;
/** Before the same one is said again. */
const REPEATED_AFTER_MS = 10_000;

export class Announcer {
  #candidate = '';
  #since = 0;
  #said = '';
  #saidAt = Number.NEGATIVE_INFINITY;

  /**
   * @param now milliseconds of a steady clock
   * @returns what to say now, if anything
   */
  hear(text: string, now: number): string | undefined {
    if (text !== this.#candidate) {
      this.#candidate = text;
      this.#since = now;
    }
    if (now - this.#since < SETTLED_MS) return undefined;
    if (now - this.#saidAt < (text === this.#said ? REPEATED_AFTER_MS : PAUSE_BETWEEN_MS))
      return undefined;
    this.#said = text;
    this.#saidAt = now;
    return text;
  }
}
