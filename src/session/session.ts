/**
 * The store of one element: holds the flow and shows frozen snapshots. No DOM, no Lit, and light: it
 * opens the session for the first screen; what happens from there on is the engine's, which loads
 * behind it.
 */
import { asError } from '../wire/error.ts';
import { fetched } from '../wire/fetched.ts';
import type { SessionStatus, SessionView } from '../wire/status.ts';
import type { Session, SessionOptions, Snapshot, Way } from './api.ts';
import type { Engine } from './engine.ts';
import { type Flow, type FlowEvent, next } from './flow.ts';
import type { Store } from './lending.ts';
import { begin } from './opening.ts';

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
    const goesOn = engine?.leave(flow) || flow.state === 'failed';
    const { run, announcement: _, ...rest } = snapshot;
    publish({ ...rest, ...(goesOn && run && { run }), flow: Object.freeze(flow) });
    // A listener may have moved on already.
    if (snapshot.flow === flow) enter(flow, before);
  }

  function fail(error: unknown, ended?: boolean): void {
    const known = asError(error, 'unavailable/unknown', 'something unforeseen');
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
    const { opened } = begun;
    // A session just opened can be shown at once; any other is known once the engine has asked.
    if (opened) welcome(opened.session, opened.session.status);
    const engineAndEntries = Promise.all([import('./engine.ts'), options.entries()]);
    const [{ createEngine, waysOf }, entries] = await fetched(engineAndEntries);
    if (signal.aborted) return;
    const meet = (view: SessionView, status: SessionStatus) =>
      welcome(view, status, waysOf(view, entries));
    if (opened) meet(opened.session, opened.session.status);
    const made = await createEngine(store, begun, signal);
    if (signal.aborted) return made.end();
    engine = made;
    if (!opened) meet(made.view, made.status);
    if (suspended) made.suspend();
    else made.enter(snapshot.flow);
  }

  const store: Store = {
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

  /**
   * Shows what the server offers, and goes where the session is new.
   * @param ways what this browser can do; not needed yet where there is something to choose from
   */
  function welcome(session: SessionView, status: SessionStatus, ways?: readonly Way[]): void {
    set({ session, status, ...(ways && { ways }) });
    if (status.state !== 'awaiting') return;
    const { handoff, role, transfer } = status;
    const offered = transfer?.method
      ? [transfer.method]
      : session.methods.map(({ method }) => method);
    const elsewhere = role === 'follower' ? offered[0] : !handoff?.code && handoff?.rung;
    if (elsewhere) dispatch({ type: 'resume', method: elsewhere });
    else if (ways || offered.length > 1) {
      const way = ways?.find(({ offer }) => offer.method === offered[0]);
      dispatch({ type: 'opened', offered, usable: way?.availability.usable ?? false });
    }
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
