/**
 * One attempt with one method: which methods there are, the code of the one that is chosen, and the
 * whole of the session that it can reach.
 */
import type { MethodEntry, MethodHost, MethodRun } from '../methods/method.ts';
import type { CborInput } from '../wire/cbor.ts';
import type { MethodId, SessionView } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { fetched } from '../wire/fetched.ts';
import type { AvailableMethod, SessionStore } from './api.ts';
import type { Connection } from './connection.ts';
import { isPhone, thisDevice } from './device.ts';
import type { EvidenceSender } from './evidence-sender.ts';
import { recommend } from './recommendation.ts';

/**
 * What the server offers, joined with what this build contains and this browser can do, in the order
 * it is recommended here.
 */
export function findAvailableMethods(
  view: SessionView,
  entries: readonly MethodEntry[],
): readonly AvailableMethod[] {
  const device = thisDevice();
  // What this browser cannot, the one of a phone may.
  const elsewhere = view.transferable && !view.handedOver && !isPhone(device);
  const availableMethods = view.methods.map((offer): AvailableMethod => {
    const entry = entries.find(({ id }) => id === offer.method);
    return entry
      ? { offer, entry, availability: elsewhere ? { usable: true } : entry.availability(offer) }
      : { offer, availability: { usable: false, code: 'unavailable/not_included' } };
  });
  return recommend(availableMethods, { device });
}

export interface Attempt {
  readonly method: MethodId;
  /** It moves the session to a phone, or follows one that went there. */
  readonly moves: boolean;
  /** Absent while its code is loading. */
  run?: MethodRun;
  end(): void;
}

/** What an attempt is started with. */
export interface AttemptSource {
  readonly moves: boolean;
  load(signal: AbortSignal): Promise<(host: MethodHost) => MethodRun>;
}

/**
 * @param createMethodHost all that the method can reach, until the signal aborts
 * @param ready called once with the run
 */
export function startAttempt(
  { moves, load }: AttemptSource,
  method: MethodId,
  createMethodHost: (signal: AbortSignal) => MethodHost,
  ready: () => void,
): Attempt {
  const controller = new AbortController();
  const { signal } = controller;
  const attempt: Attempt = { method, moves, end: () => controller.abort() };
  const host = createMethodHost(signal);
  const start = async () => {
    const begin = await load(signal);
    if (signal.aborted) return;
    attempt.run = begin(host);
    ready();
  };
  start().catch(host.fail);
  return attempt;
}

/** An attempt with the method itself. */
export const withMethod = ({ entry }: AvailableMethod): AttemptSource => ({
  moves: false,
  async load(signal) {
    if (!entry) throw new IdVerifyError('unavailable/not_included', 'not part of this build');
    return (await fetched(entry.load(signal))).start;
  },
});

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
    !retake &&
    view.transferable &&
    options.loadTransfer &&
    (role ?? 'sole') === 'sole' &&
    !isPhone(thisDevice());
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
