/** What a session lends to the method in hand: the whole of it that a method can reach. */
import type { MethodHost } from '../methods/method.ts';
import type { CborInput } from '../wire/cbor.ts';
import type { AvailableMethod, SessionOptions, Snapshot } from './api.ts';
import type { Connection } from './connection.ts';
import type { EvidenceSender } from './evidence-sender.ts';
import type { FlowEvent } from './flow.ts';

/** What the runner and methods see of the store. */
export interface SessionStore {
  readonly options: SessionOptions;
  readonly snapshot: Snapshot;
  readonly lang: string;
  set(change: Partial<Snapshot>): void;
  dispatch(event: FlowEvent): void;
  fail(error: unknown, ended?: boolean): void;
}

interface MethodHostOptions {
  readonly store: SessionStore;
  readonly connection: Connection;
  readonly sender: EvidenceSender;
  /** Takes the session to a phone. */
  move(): void;
}

/** @param signal ends the attempt, after which nothing of it reaches the flow any more */
export function createMethodHost(
  { store, connection, sender, move }: MethodHostOptions,
  { offer }: AvailableMethod,
  signal: AbortSignal,
): MethodHost {
  const { method } = offer;
  const { dispatch, fail, options } = store;
  const { view, client } = connection;
  const { role, retake } = store.snapshot.status ?? {};
  const movable =
    !retake && view.transferable && options.loadTransfer && (role ?? 'sole') === 'sole';
  const live =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A): void => {
      if (!signal.aborted) act(...args);
    };
  const event = (type: 'approve' | 'back' | 'other' | 'cancel') => live(() => dispatch({ type }));
  return {
    session: view,
    offer,
    client,
    signal,
    get lang() {
      return store.lang;
    },
    get kept() {
      const note = connection.kept();
      return note?.method === method ? note.value : undefined;
    },
    keep: live((value) => connection.keep({ method, value })),
    ...(retake && { retake }),
    ...(movable && { transfer: live(move) }),
    update: live(() => store.set({})),
    begin: event('approve'),
    back: event('back'),
    submit: live((body: CborInput) => {
      sender.put({ method, body, permit: (size) => options.beforeSubmit(method, size) });
      dispatch({ type: 'submit' });
    }),
    fail: live(fail),
    other: event('other'),
    cancel: event('cancel'),
    announce: live((text: string) => store.set({ announcement: { text } })),
  };
}
