/** How long one screen has been waited at, so that no skeleton stays without a word for ever. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds after which the screen says what it waits for, and after which it offers a way on. */
const WAIT_STAGES_MS = [2_000, 10_000] as const;

export class WaitTimer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #subject: unknown;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #stage: 0 | 1 | 2 = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get stage(): 0 | 1 | 2 {
    return this.#stage;
  }

  /** Starts anew with another subject; undefined waits for nothing. */
  watch(subject: unknown): void {
    if (subject === this.#subject) return;
    this.reset();
    if (subject === undefined) return;
    this.#subject = subject;
    this.#timers = WAIT_STAGES_MS.map((delay, index) =>
      setTimeout(() => {
        this.#stage = index === 0 ? 1 : 2;
        this.#host.requestUpdate();
      }, delay),
    );
  }

  reset(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#subject = undefined;
    this.#stage = 0;
  }

  hostDisconnected(): void {
    this.reset();
  }
}
