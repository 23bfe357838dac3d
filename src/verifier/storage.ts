/** A store in trouble is no fault of the person: later is another try. */
import type { SessionRecord, Store } from '../store/store.ts';
import { IdVerifyError } from '../wire/error.ts';

/**
 * The same store, whose failures (full, read-only, locked, out of reach) are `unavailable/storage`.
 * @param failed told the cause, for the log
 */
export function guarded(store: Store, failed: (cause: unknown) => void): Store {
  const trouble = (cause: unknown): IdVerifyError => {
    if (cause instanceof IdVerifyError) return cause;
    failed(cause);
    return new IdVerifyError('unavailable/storage', 'the store cannot be used now', { cause });
  };
  const safely = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      throw trouble(cause);
    }
  };
  return {
    ...(store.shared && { shared: store.shared }),
    create: (session) => safely(() => store.create(session)),
    get: (id) => safely(() => store.get(id)),
    transition: (id, version, change) => safely(() => store.transition(id, version, change)),
    evidence: (id) => safely(() => store.evidence(id)),
    personal: (id) => safely(() => store.personal(id)),
    putImage: (id, image, most) => safely(() => store.putImage(id, image, most)),
    getImage: (id, hash) => safely(() => store.getImage(id, hash)),
    imageUse: (hash) => safely(() => store.imageUse(hash)),
    ofSubject: (subject) => safely(() => store.ofSubject(subject)),
    pending: () => safely(() => store.pending()),
    async *watch(id, signal): AsyncGenerator<SessionRecord> {
      try {
        yield* store.watch(id, signal);
      } catch (cause) {
        throw trouble(cause);
      }
    },
    erase: (id) => safely(() => store.erase(id)),
    sweep: (now) => safely(() => store.sweep(now)),
    close: () => store.close(),
  };
}
