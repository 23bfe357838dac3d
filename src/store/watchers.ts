/** Tells those who wait about changes, within one process. */
import type { SessionRecord } from './store.ts';

type Wake = () => void;

export class Watchers {
  readonly #waiting = new Map<string, Set<Wake>>();

  /** Something about this session changed. */
  notify(id: string): void {
    for (const wake of this.#waiting.get(id) ?? []) wake();
  }

  notifyAll(): void {
    for (const id of [...this.#waiting.keys()]) this.notify(id);
  }

  /** @param read the newest record, undefined once it is gone */
  async *watch(
    id: string,
    signal: AbortSignal,
    read: () => Promise<SessionRecord | undefined>,
  ): AsyncGenerator<SessionRecord, void, undefined> {
    let changed = true;
    let wake: Wake = () => {};
    const note = (): void => {
      changed = true;
      wake();
    };
    const waiting = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, waiting.add(note));
    signal.addEventListener('abort', note);
    try {
      let seen = -1;
      while (!signal.aborted) {
        changed = false;
        const session = await read();
        if (session === undefined || signal.aborted) return;
        if (session.version > seen) {
          seen = session.version;
          yield session;
        }
        if (!changed) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', note);
      waiting.delete(note);
      if (waiting.size === 0) this.#waiting.delete(id);
    }
  }
}
