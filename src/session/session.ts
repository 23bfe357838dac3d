/**
 * The store of one element: holds the flow and shows frozen snapshots. No DOM, no Lit, and light: it
 * opens the session for the first screen; what happens from there on is the engine's, which loads
 * behind it.
 */
import type { MethodEntry } from '../methods/method.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { SessionStatus, SessionView } from '../wire/opening.ts';
import type { Session, SessionOptions, Snapshot, Way } from './api.ts';
import type { Engine } from './engine.ts';
import { type Flow, type FlowEvent, next } from './flow.ts';
import { type Begun, begin } from './opening.ts';

/** What a view asks for that needs no more words. */
type Plain = 'open' | 'restart' | 'begin' | 'back' | 'retry' | 'other' | 'cancel';

export function createSession(options: SessionOptions): Session {
  const listeners = new Set<() => void>();
  let snapshot: Snapshot = Object.freeze<Snapshot>({
    flow: { state: 'idle' },
    ways: [],
    volatile: false,
  });
  let { lang } = options;
  /** From one opening to the next. */
  let life = new AbortController();
  let engine: Engine | undefined;
  let suspended = false;

  function publish(changed: Snapshot): void {
    snapshot = Object.freeze(changed);
    for (const listener of [...listeners]) listener();
  }
  const set = (change: Partial<Snapshot>) => publish({ ...snapshot, ...change });

  function dispatch(event: FlowEvent): void {
    const before = snapshot.flow;
    const flow = next(before, event);
    if (flow === before) return;
    const { run, announcement: _, ...rest } = snapshot;
    const goesOn = engine?.leave(flow) || flow.state === 'failed';
    publish({ ...rest, ...(goesOn && run && { run }), flow: Object.freeze(flow) });
    // A listener may have moved on already.
    if (snapshot.flow === flow) enter(flow, before);
  }

  function fail(error: unknown, ended = false): void {
    const known =
      error instanceof IdVerifyError
        ? error
        : new IdVerifyError('unavailable/unknown', 'something unforeseen', { cause: error });
    if (known.code === 'session/expired') dispatch({ type: 'expire' });
    else dispatch({ type: 'fail', error: known, ended });
  }

  function enter(flow: Flow, before?: Flow): void {
    if (flow.state === 'preparing') prepare();
    else if (!suspended) engine?.enter(flow, before);
  }

  function prepare(): void {
    life.abort();
    engine?.end();
    engine = undefined;
    life = new AbortController();
    const { signal } = life;
    const { flow } = snapshot;
    publish({ flow, ways: [], volatile: false });
    start(signal).catch((error) => {
      if (!signal.aborted) fail(error);
    });
  }

  async function start(signal: AbortSignal): Promise<void> {
    const { fetch = globalThis.fetch } = options;
    const begun = await begin(options.opening(), fetch, signal);
    // A session just opened can be shown at once; any other is known once the engine has asked.
    if (begun.opened) welcome(begun.opened.session, begun.opened.session.status);
    const made = await startEngine(begun, signal);
    if (signal.aborted) return made.end();
    engine = made;
    if (!begun.opened) welcome(made.view, made.status);
    if (suspended) made.suspend();
    else made.enter(snapshot.flow);
  }

  async function startEngine(begun: Begun, signal: AbortSignal): Promise<Engine> {
    const { createEngine } = await import('./engine.ts').catch((cause) => {
      throw new IdVerifyError('unavailable/network', 'the element could not be loaded', { cause });
    });
    const store = {
      options,
      get snapshot() {
        return snapshot;
      },
      get lang() {
        return lang;
      },
      set,
      dispatch,
      fail,
    };
    return createEngine(store, begun, signal);
  }

  /** Shows what the server offers, and goes where the session is new. */
  function welcome(session: SessionView, status: SessionStatus): void {
    const ways = waysOf(session, options.entries);
    set({ session, ways, status });
    if (status.state !== 'awaiting') return;
    const { handoff, role } = status;
    const elsewhere = role === 'follower' ? ways[0]?.offer.method : !handoff?.code && handoff?.rung;
    if (elsewhere) {
      dispatch({ type: 'resume', method: elsewhere });
      return;
    }
    const usable = ways.filter(({ availability }) => availability.usable);
    dispatch({ type: 'opened', offered: ways.map(id), usable: usable.map(id) });
  }

  options.signal?.addEventListener('abort', () => {
    life.abort();
    engine?.suspend();
    listeners.clear();
  });

  const intent = (type: Plain) => () => dispatch({ type });
  return {
    get snapshot() {
      return snapshot;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: intent('open'),
    restart: intent('restart'),
    begin: intent('begin'),
    back: intent('back'),
    retry: intent('retry'),
    other: intent('other'),
    cancel: intent('cancel'),
    choose(method) {
      const way = snapshot.ways.find(({ offer }) => offer.method === method);
      if (way?.availability.usable) dispatch({ type: 'choose', method });
    },
    confirm: () => engine?.judge(false),
    dispute: () => engine?.judge(true),
    reveal: () => engine?.reveal(),
    setLang(value) {
      lang = value;
      set({});
    },
    suspend() {
      if (suspended) return;
      dispatch({ type: 'hide' });
      if (snapshot.flow.state === 'awaiting' && !snapshot.run?.status) dispatch({ type: 'back' });
      suspended = true;
      engine?.suspend();
      const { run: _, ...rest } = snapshot;
      publish(rest);
    },
    resume() {
      if (!suspended) return;
      suspended = false;
      engine?.resume();
    },
  };
}

/** What the server offers, joined with what this build contains and this browser can do. */
const waysOf = (view: SessionView, entries: readonly MethodEntry[]): readonly Way[] =>
  view.methods.map((offer) => {
    const entry = entries.find(({ id }) => id === offer.method);
    return entry
      ? {
          offer,
          entry,
          // What this browser cannot, the one of a phone may.
          availability:
            view.transferable && !view.handedOver ? { usable: true } : entry.availability(offer),
        }
      : { offer, availability: { usable: false, code: 'unavailable/not_included' } };
  });

const id = ({ offer }: Way) => offer.method;
