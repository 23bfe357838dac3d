/**
 * The store of one element: holds the flow and shows frozen snapshots. No DOM, no Lit, and light: it
 * opens the session for the first screen; what happens from there on is the engine's, which loads
 * behind it.
 */
import { asError } from '../wire/error.ts';
import { fetched } from '../wire/fetched.ts';
import type { SessionStatus, SessionView } from '../wire/status.ts';
import type { AvailableMethod, Session, SessionOptions, SessionStore, Snapshot } from './api.ts';
import { type Flow, type FlowEvent, next } from './flow.ts';
import { startSession } from './opening.ts';
import type { Runner } from './runner.ts';

/** What a view asks for that needs no more words. */
type Plain = 'open' | 'restart' | 'begin' | 'back' | 'retry' | 'other' | 'cancel';

export function createSession(options: SessionOptions): Session {
  const listeners = new Set<() => void>();
  let snapshot: Snapshot = Object.freeze<Snapshot>({
    flow: { state: 'idle' },
    availableMethods: [],
    volatile: false,
  });
  let { lang } = options;
  /** From one opening to the next. */
  let life = new AbortController();
  let runner: Runner | undefined;
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
    const goesOn = runner?.leave(flow) || flow.state === 'failed';
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
    else if (!suspended) runner?.enter(flow, before);
  }

  function prepare(): void {
    life.abort();
    runner?.end();
    runner = undefined;
    life = new AbortController();
    const { signal } = life;
    const { flow } = snapshot;
    publish({ flow, availableMethods: [], volatile: false });
    start(signal).catch((error) => {
      if (!signal.aborted) fail(error);
    });
  }

  async function start(signal: AbortSignal): Promise<void> {
    const { fetch = globalThis.fetch } = options;
    const started = await startSession(options.opening(), fetch, signal);
    const { opened } = started;
    // A session just opened can be shown at once; any other is known once the runner has asked.
    if (opened) welcome(opened.session, opened.session.status);
    const engineAndEntries = Promise.all([import('./runner.ts'), options.entries()]);
    const [{ createRunner, findAvailableMethods }, entries] = await fetched(engineAndEntries);
    if (signal.aborted) return;
    const meet = (view: SessionView, status: SessionStatus) =>
      welcome(view, status, findAvailableMethods(view, entries));
    if (opened) meet(opened.session, opened.session.status);
    const made = await createRunner(store, started, signal);
    if (signal.aborted) return made.end();
    runner = made;
    if (!opened) meet(made.view, made.status);
    if (suspended) made.suspend();
    else made.enter(snapshot.flow);
  }

  const store: SessionStore = {
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
   * @param availableMethods what this browser can do; not needed yet where there is something to choose from
   */
  function welcome(
    session: SessionView,
    status: SessionStatus,
    availableMethods?: readonly AvailableMethod[],
  ): void {
    set({ session, status, ...(availableMethods && { availableMethods }) });
    if (status.state !== 'awaiting') return;
    const { handoff, role, transfer } = status;
    const offered = transfer?.method
      ? [transfer.method]
      : session.methods.map(({ method }) => method);
    const elsewhere = role === 'follower' ? offered[0] : !handoff?.code && handoff?.rung;
    if (elsewhere) dispatch({ type: 'resume', method: elsewhere });
    else if (availableMethods || offered.length > 1) {
      const way = availableMethods?.find(({ offer }) => offer.method === offered[0]);
      dispatch({ type: 'opened', offered, usable: way?.availability.usable ?? false });
    }
  }

  options.signal?.addEventListener('abort', () => {
    life.abort();
    runner?.suspend();
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
      const way = snapshot.availableMethods.find(({ offer }) => offer.method === method);
      if (way?.availability.usable) dispatch({ type: 'choose', method });
    },
    confirm: () => runner?.review.judge(false),
    dispute: () => runner?.review.judge(true),
    reveal: () => runner?.review.reveal(),
    setLang(value) {
      lang = value;
      set({});
    },
    suspend() {
      if (suspended) return;
      dispatch({ type: 'hide' });
      if (snapshot.flow.state === 'awaiting' && !snapshot.run?.status) dispatch({ type: 'back' });
      suspended = true;
      runner?.suspend();
      const { run: _, ...rest } = snapshot;
      publish(rest);
    },
    resume() {
      if (!suspended) return;
      suspended = false;
      runner?.resume();
    },
  };
}
