/** Sessions in this process's memory: for trying out and for tests. Nothing survives a restart. */
import { IdVerifyError } from '../wire/error.ts';
import {
  type Change,
  dueAt,
  type EvidenceRecord,
  type ImageRecord,
  isLive,
  type PersonalRecord,
  type SessionRecord,
  type Store,
  type Swept,
  swept,
} from './store.ts';
import { Watchers } from './watchers.ts';

interface Entry {
  session: SessionRecord;
  evidence: EvidenceRecord[];
  personal: readonly PersonalRecord[];
  images: Map<string, ImageRecord>;
}

/** Every operation runs to its end without waiting, which makes it atomic. */
class MemoryStore implements Store {
  readonly #entries = new Map<string, Entry>();
  readonly #watchers = new Watchers();

  async create(session: SessionRecord): Promise<void> {
    if (this.#entries.has(session.id)) {
      throw new IdVerifyError('config/store', 'a session of this id exists');
    }
    this.#entries.set(session.id, {
      session: structuredClone(session),
      evidence: [],
      personal: [],
      images: new Map(),
    });
  }

  async get(id: string): Promise<SessionRecord | undefined> {
    return structuredClone(this.#entries.get(id)?.session);
  }

  async transition(
    id: string,
    expectedVersion: number,
    change: Change,
  ): Promise<SessionRecord | undefined> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.session.version !== expectedVersion) return undefined;
    const { session, evidence, personal, images } = structuredClone(change);
    entry.session = { ...session, id, version: expectedVersion + 1 };
    if (evidence !== undefined) entry.evidence.push(evidence);
    if (personal !== undefined) entry.personal = personal;
    if (images === 'erase') entry.images.clear();
    this.#watchers.notify(id);
    return structuredClone(entry.session);
  }

  async evidence(id: string): Promise<readonly EvidenceRecord[]> {
    return structuredClone(this.#entries.get(id)?.evidence ?? []);
  }

  async personal(id: string): Promise<readonly PersonalRecord[]> {
    return structuredClone(this.#entries.get(id)?.personal ?? []);
  }

  async putImage(id: string, image: ImageRecord): Promise<boolean> {
    const images = this.#entries.get(id)?.images;
    if (images !== undefined && !images.has(image.hash)) {
      images.set(image.hash, structuredClone(image));
    }
    return images !== undefined;
  }

  async getImage(id: string, hash: string): Promise<ImageRecord | undefined> {
    return structuredClone(this.#entries.get(id)?.images.get(hash));
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<SessionRecord> {
    return this.#watchers.watch(id, signal, () => this.get(id));
  }

  async erase(id: string): Promise<void> {
    this.#entries.delete(id);
    this.#watchers.notify(id);
  }

  async sweep(now: number): Promise<Swept> {
    let ends = 0;
    let erased = 0;
    for (const [id, entry] of this.#entries) {
      const { session } = entry;
      if (session.eraseAt <= now) {
        this.#entries.delete(id);
        erased += 1;
      } else if (dueAt(session) <= now) {
        entry.session = { ...swept(session, now), version: session.version + 1 };
        if (isLive(entry.session)) continue;
        entry.personal = [];
        entry.images.clear();
        ends += 1;
      } else {
        entry.personal = entry.personal.filter(({ eraseAt }) => eraseAt > now);
        continue;
      }
      this.#watchers.notify(id);
    }
    return { expired: ends, erased };
  }

  async close(): Promise<void> {
    this.#entries.clear();
    this.#watchers.notifyAll();
  }
}

/** A store that forgets everything when the process ends. */
export const memoryStore = (): Store => new MemoryStore();
