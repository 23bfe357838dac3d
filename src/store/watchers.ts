/** Tells those who wait about changes, within one process. */
import type { SessionRecord } from './store.ts';

type Notify = () => void;

export class Watchers {
  readonly #waiting = new Map<string, Set<Notify>>();

  /** Something about this session changed. */
  notify(id: string): void {
    for (const notify of this.#waiting.get(id) ?? []) notify();
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
    let notify: Notify = () => {};
    const note = (): void => {
      changed = true;
      notify();
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
        if (!changed) await new Promise<void>((resolve) => (notify = resolve));
      }
    } finally {
      signal.removeEventListener('abort', note);
      waiting.delete(note);
      if (waiting.size === 0) this.#waiting.delete(id);
    }
  }
}
