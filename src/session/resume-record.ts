/**
 * What a reload needs to go on: the key's handle, the session as opened, its token. Nothing about
 * the person; erased when the session ends. Where the browser refuses storage (private windows,
 * blocked site data) nothing is kept and a reload starts again.
 */

import type { MethodId, SessionView } from '../wire/contract.ts';
import type { SessionKey } from '../wire/session-key.ts';

export interface ResumeRecord {
  readonly key: SessionKey;
  readonly token: string;
  readonly view: SessionView;
  /** What a method asked to keep. */
  readonly note?: { readonly method: MethodId; readonly value: unknown };
}

const DATABASE = 'id-verify';
const STORE = 'sessions';
/** A browser that does not answer for so long is taken to refuse. */
const STORAGE_TIMEOUT_MS = 1_000;

/** Two elements on one page, opened alike, must not continue each other's session. */
const taken = new Set<string>();

/** A name under which this element alone, on this page, keeps its session. */
export function takeSlot(opening: string): string {
  let slot = opening;
  for (let twin = 2; taken.has(slot); twin++) slot = `${opening} ${twin}`;
  taken.add(slot);
  return slot;
}

/** Another element may continue from this slot, for instance after a change of page in one document. */
export const releaseSlot = (slot: string): void => {
  taken.delete(slot);
};

export const retakeSlot = (slot: string): void => {
  taken.add(slot);
};

/** The record of a slot; undefined where there is none or storage is refused. */
export const load = (slot: string): Promise<ResumeRecord | undefined> =>
  run<ResumeRecord | undefined>('readonly', (store) => store.get(slot)).catch(() => undefined);

/** @returns false where storage is refused */
export const save = (slot: string, record: ResumeRecord): Promise<boolean> =>
  run('readwrite', (store) => store.put(record, slot)).then(
    () => true,
    () => false,
  );

export const drop = (slot: string): Promise<void> =>
  run<void>('readwrite', (store) => store.delete(slot)).catch(() => undefined);

/** One transaction of this store. */
async function run<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    setTimeout(() => reject(new DOMException('no answer', 'TimeoutError')), STORAGE_TIMEOUT_MS);
  });
}
