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

  /**
   * Focus that moves within one shadow tree is not seen outside of it, so every root around the
   * element listens. A closed one hides what is in it, so the element listens as well: captured
   * events come from the outside in, so that the element has the last word.
   */
  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const elsewhere = () => {
      this.#here = false;
    };
    const here = () => {
      this.#here = true;
    };
    for (const type of ['focusin', 'pointerdown']) {
      for (const root of rootsAround(this.#host)) {
        root.addEventListener(type, elsewhere, { signal, capture: true });
      }
      this.#host.addEventListener(type, here, { signal, capture: true });
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
}

/** The trees an element stands in, its own first, the document last. */
function rootsAround(element: Element): Node[] {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? [root, ...rootsAround(root.host)] : [root];
}
