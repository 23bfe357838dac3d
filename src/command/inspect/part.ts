/** A tree of what a message holds, each part with its place in the bytes. */
import type { Code } from '../../wire/error.ts';

export interface Part {
  /** Of its first byte, from the beginning of the input. */
  readonly offset: number;
  /** Head and content. */
  readonly length: number;
  /** Of an entry of a map, which begins with its key: where its value begins. */
  readonly valueOffset?: number;
  /** What it is called where it stands. */
  readonly name: string;
  /** Type and value, as far as it fits a line. */
  readonly text: string;
  /** Why a verifier refuses it, each once. */
  readonly refused: Code[];
  readonly parts: Part[];
}

/** Reading takes no longer, whatever the input. */
export class Budget {
  readonly #until: number;
  #left: number;

  constructor(milliseconds: number, parts: number) {
    this.#until = performance.now() + milliseconds;
    this.#left = parts;
  }

  /** @returns false when there is no more */
  take(): boolean {
    this.#left -= 1;
    return this.#left > 0 && performance.now() < this.#until;
  }
}

export function allRefused(part: Part): Code[] {
  return [...new Set([...part.refused, ...part.parts.flatMap(allRefused)])];
}
