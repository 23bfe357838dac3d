/** What a session lends to the method in hand: the whole of it that a method can reach. */
import type { CborInput } from '../wire/cbor.ts';
import type { SessionOptions, Snapshot, Way } from './api.ts';
import type { HostParts } from './attempt.ts';
import type { Connection } from './connection.ts';
import type { FlowEvent } from './flow.ts';
import type { Outbox } from './outbox.ts';

/** What the engine and methods see of the store. */
export interface Store {
  readonly options: SessionOptions;
  readonly snapshot: Snapshot;
  readonly lang: string;
  set(change: Partial<Snapshot>): void;
  dispatch(event: FlowEvent): void;
  fail(error: unknown, ended?: boolean): void;
}

interface Lender {
  readonly store: Store;
  readonly connection: Connection;
  readonly outbox: Outbox;
  /** Takes the session to a phone. */
  move(): void;
}

export function lend({ store, connection, outbox, move }: Lender, { offer }: Way): HostParts {
  const { method } = offer;
  const { dispatch, fail, options } = store;
  const { view, client } = connection;
  const { role } = store.snapshot.status ?? {};
  const movable = view.transferable && options.loadTransfer && (role ?? 'sole') === 'sole';
  return {
    session: view,
    offer,
    client,
    get lang() {
      return store.lang;
    },
    get kept() {
      const note = connection.kept();
      return note?.method === method ? note.value : undefined;
    },
    keep: (value) => connection.keep({ method, value }),
    ...(movable && { transfer: move }),
    update: () => store.set({}),
    begin: () => dispatch({ type: 'approve' }),
    back: () => dispatch({ type: 'back' }),
    submit: (body: CborInput) => {
      outbox.put({ method, body, permit: (size) => options.beforeSubmit(method, size) });
      dispatch({ type: 'submit' });
    },
    fail,
    other: () => dispatch({ type: 'other' }),
    cancel: () => dispatch({ type: 'cancel' }),
    announce: (text: string) => store.set({ announcement: { text } }),
  };
}
