/** Sessions in this process's memory: for trying out and for tests. Nothing survives a restart. */
import { IdVerifyError } from '../wire/error.ts';
import {
  type Change,
  dueAt,
  type EvidenceRecord,
  type ImageRecord,
  isLive,
  type KeptImages,
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
  images: Map<string, ImageRecord & { eraseAt?: number }>;
}

/** An image that was part of evidence: the session that used it first. */
interface Use {
  readonly session: string;
  readonly until: number;
}

/** Every operation runs to its end without waiting, which makes it atomic. */
class MemoryStore implements Store {
  readonly #entries = new Map<string, Entry>();
  readonly #uses = new Map<string, Use>();
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
    else if (images !== undefined && 'only' in images) keepOf(entry, images.only);
    else if (images !== undefined) this.#keepImages(id, entry, images);
    this.#watchers.notify(id);
    return structuredClone(entry.session);
  }

  #keepImages(id: string, { images }: Entry, { keep, eraseAt, rememberUntil }: KeptImages): void {
    for (const image of images.values()) {
      if (keep.includes(image.hash)) image.eraseAt = eraseAt;
      else images.delete(image.hash);
    }
    if (rememberUntil === undefined) return;
    for (const { print } of images.values()) {
      if (!this.#uses.has(print)) this.#uses.set(print, { session: id, until: rememberUntil });
    }
  }

  async evidence(id: string): Promise<readonly EvidenceRecord[]> {
    return structuredClone(this.#entries.get(id)?.evidence ?? []);
  }

  async personal(id: string): Promise<readonly PersonalRecord[]> {
    return structuredClone(this.#entries.get(id)?.personal ?? []);
  }

  async putImage(
    id: string,
    image: ImageRecord,
    most: number,
  ): Promise<'stored' | 'full' | 'closed'> {
    const entry = this.#entries.get(id);
    if (entry?.session.state !== 'awaiting') return 'closed';
    const { images } = entry;
    const before = images.get(image.hash);
    if (before?.sender === image.sender) return 'stored';
    if (before === undefined && images.size >= most) return 'full';
    images.set(image.hash, structuredClone(image));
    return 'stored';
  }

  async getImage(id: string, hash: string): Promise<ImageRecord | undefined> {
    const found = this.#entries.get(id)?.images.get(hash);
    if (found === undefined) return undefined;
    const { eraseAt: _, ...image } = found;
    return structuredClone(image);
  }

  async imageUse(print: string): Promise<string | undefined> {
    return this.#uses.get(print)?.session;
  }

  async pending(): Promise<readonly SessionRecord[]> {
    const sessions = [...this.#entries.values()].map(({ session }) => session);
    const waiting = sessions.filter(({ state }) => state === 'pending');
    return structuredClone(waiting.toSorted((a, b) => a.createdAt - b.createdAt));
  }

  async ofSubject(subject: string): Promise<readonly SessionRecord[]> {
    const sessions = [...this.#entries.values()].map(({ session }) => session);
    const own = sessions.filter((session) => session.subject === subject);
    return structuredClone(own.toSorted((a, b) => a.createdAt - b.createdAt));
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<SessionRecord> {
    return this.#watchers.watch(id, signal, () => this.get(id));
  }

  async erase(id: string): Promise<void> {
    this.#entries.delete(id);
    this.#forgetUses(({ session }) => session === id);
    this.#watchers.notify(id);
  }

  async sweep(now: number): Promise<Swept> {
    let ends = 0;
    let erased = 0;
    this.#forgetUses(({ until }) => until <= now);
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
        for (const { hash, eraseAt } of entry.images.values()) {
          if (eraseAt !== undefined && eraseAt <= now) entry.images.delete(hash);
        }
        continue;
      }
      this.#watchers.notify(id);
    }
    return { expired: ends, erased };
  }

  #forgetUses(which: (use: Use) => boolean): void {
    for (const [print, use] of this.#uses) if (which(use)) this.#uses.delete(print);
  }

  async close(): Promise<void> {
    this.#entries.clear();
    this.#uses.clear();
    this.#watchers.notifyAll();
  }
}

function keepOf({ images }: Entry, sender: string): void {
  for (const image of images.values()) if (image.sender !== sender) images.delete(image.hash);
}

/** A store that forgets everything when the process ends. */
export const memoryStore = (): Store => new MemoryStore();
