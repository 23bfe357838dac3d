/**
 * Knows whether the person is in the element, so that focus follows the screen for them and for
 * nobody else: a page being loaded never loses its focus to us.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class FocusTracker implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #here = false;
  #listening?: AbortController;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Focus that moves within one shadow tree is not seen outside of it, so its root listens, too. */
  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const root of new Set([document, this.#host.getRootNode()])) {
      root.addEventListener('focusin', this.#touched, { signal });
      root.addEventListener('pointerdown', this.#touched, { signal });
    }
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#here = false;
  }

  /** Whether the person's last touch was in the element. */
  get here(): boolean {
    return this.#here;
  }

  /** The path goes through open shadow roots, ours among them, wherever the element stands. */
  readonly #touched = (event: Event): void => {
    this.#here = event.composedPath().includes(this.#host);
  };
}
