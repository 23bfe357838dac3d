/**
 * The store of one element: holds the flow, does what each state asks for, and shows frozen
 * snapshots. No DOM, no Lit. Nothing is shown as done before the server has said so.
 */
import { pause } from '../backend/ask.ts';
import type { CborInput } from '../wire/cbor.ts';
import type { MethodId, SessionStatus } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Session, SessionOptions, Snapshot } from './api.ts';
import { type Attempt, startAttempt, waysOf } from './attempt.ts';
import { type Connection, connect } from './connection.ts';
import { createExchange } from './exchange.ts';
import { type Flow, type FlowEvent, type FlowState, next, type Of } from './flow.ts';
import { createOutbox } from './outbox.ts';

/** What was read stays on the screen no longer than this, whatever the server allows. */
const REVIEW_TIME = 5 * 60_000;
const GOODBYE_TIME = 10_000;
const LONGEST_TIMER = 2 ** 31 - 1;
/** The states a method's attempt lasts through. */
const ATTEMPT: readonly FlowState[] = ['consent', 'awaiting', 'submitting'];
const EMPTY: Pick<Snapshot, 'ways' | 'volatile'> = { ways: [], volatile: false };

export function createSession(options: SessionOptions): Session {
  const { now = Date.now, fetch = globalThis.fetch } = options;
  const listeners = new Set<() => void>();
  const outbox = createOutbox();
  let snapshot: Snapshot = Object.freeze<Snapshot>({ flow: { state: 'idle' }, ...EMPTY });
  let { lang } = options;
  /** From one opening to its end. */
  let life = new AbortController();
  /** As long as the flow stays in its state. */
  let stay = new AbortController();
  /** As long as the deadline is the one of the newest status. */
  let deadline = new AbortController();
  let connection: Connection | undefined;
  let attempt: Attempt | undefined;
  let suspended = false;
  /** The server's clock minus ours. */
  let skew = 0;

  const serverNow = () => now() + skew;
  const exchange = createExchange({
    outbox,
    flow: () => snapshot.flow,
    status: () => snapshot.status,
    serverNow,
    dispatch,
    note,
    fail,
    told: (status) => attempt?.run?.status?.(status),
  });

  function publish(changed: Snapshot): void {
    snapshot = Object.freeze(changed);
    for (const listener of [...listeners]) listener();
  }
  const set = (change: Partial<Snapshot>) => publish({ ...snapshot, ...change });

  function dispatch(event: FlowEvent): void {
    const before = snapshot.flow;
    const flow = next(before, event);
    if (flow === before) return;
    stay.abort();
    stay = new AbortController();
    const { run, announcement: _, ...rest } = snapshot;
    const goesOn =
      ATTEMPT.includes(flow.state) && 'method' in flow && flow.method === attempt?.method;
    if (!goesOn) endAttempt();
    publish({ ...rest, ...(goesOn && run && { run }), flow: Object.freeze(flow) });
    // A listener may have moved on already.
    if (snapshot.flow === flow) enter(flow, before.state);
  }

  function endAttempt(): void {
    attempt?.end();
    attempt = undefined;
  }

  function fail(error: unknown, ended = false): void {
    const known =
      error instanceof IdVerifyError
        ? error
        : new IdVerifyError('unavailable/unknown', 'something unforeseen', { cause: error });
    if (known.code === 'session/expired') dispatch({ type: 'expire' });
    else dispatch({ type: 'fail', error: known, ended });
  }

  /** Does the work of a state; what comes of it after the state was left is nobody's. */
  function work(
    task: (signal: AbortSignal, connection: Connection) => Promise<void>,
    { signal } = stay,
  ): void {
    if (!connection) return;
    task(signal, connection).catch((error) => {
      if (!signal.aborted) fail(error);
    });
  }

  /** What each state has the store do. */
  const effects: { readonly [S in FlowState]?: (flow: Of<S>, before?: FlowState) => void } = {
    preparing: prepare,
    choose: outbox.discard,
    consent: ({ method }) => {
      outbox.discard();
      if (!attempt) start(method);
    },
    awaiting: () => {
      if (attempt?.run?.status) work(exchange.listen);
    },
    submitting: () => work(exchange.submit),
    review: ({ review }, before) => {
      if (review) hideAt(review.hideAt);
      else if (before !== 'review') work(exchange.read);
    },
    confirming: () => work(exchange.confirm),
    pending: () => work(exchange.listen),
    failed: ({ ended }) => {
      if (ended) end();
    },
    cancelled: leave,
    done: end,
    expired: end,
  };

  function enter<S extends FlowState>(flow: Of<S>, before?: FlowState): void {
    const effect = effects[flow.state] as ((flow: Flow, before?: FlowState) => void) | undefined;
    if (!suspended) effect?.(flow, before);
  }

  function prepare(): void {
    end();
    life = new AbortController();
    const { signal } = life;
    publish({ flow: snapshot.flow, ...EMPTY });
    const opening = async () => {
      const made = await connect(options.opening(), fetch, signal);
      connection = made;
      made.claimed.then(
        (kept) => !signal.aborted && set({ volatile: !kept }),
        (error) => !signal.aborted && fail(error),
      );
      const ways = waysOf(made.view, options.entries);
      set({ session: made.view, ways });
      note(made.status);
      const offered = ways.map(({ offer }) => offer.method);
      const usable = ways.filter((way) => way.availability.usable).map(({ offer }) => offer.method);
      if (made.status.state === 'awaiting') dispatch({ type: 'opened', offered, usable });
      else await exchange.follow(made.status, signal, made);
    };
    opening().catch((error) => {
      if (!signal.aborted) fail(error);
    });
  }

  function start(method: MethodId): void {
    const way = snapshot.ways.find(({ offer }) => offer.method === method);
    if (!connection || !way) return;
    const parts = {
      session: connection.view,
      client: connection.client,
      get lang() {
        return lang;
      },
      update: () => set({}),
      begin: () => dispatch({ type: 'approve' }),
      back: () => dispatch({ type: 'back' }),
      submit: (body: CborInput) => {
        outbox.put({ method, body, permit: (size) => options.beforeSubmit(method, size) });
        dispatch({ type: 'submit' });
      },
      fail,
      other: () => dispatch({ type: 'other' }),
      cancel: () => dispatch({ type: 'cancel' }),
      announce: (text: string) => set({ announcement: { text } }),
    };
    const started = startAttempt(way, parts, () => started.run && set({ run: started.run }), fail);
    attempt = started;
  }

  /** Takes a newer status, and its deadline by the server's clock. */
  function note(status: SessionStatus): void {
    if (snapshot.status && status.version < snapshot.status.version) return;
    skew = status.now - now();
    deadline.abort();
    deadline = new AbortController();
    const left = status.expiresAt - serverNow();
    if (left < LONGEST_TIMER)
      pause(left, deadline.signal).then(() => work(exchange.overdue, life), ignore);
    set({ status });
  }

  function hideAt(time: number): void {
    const left = Math.min(time - serverNow(), REVIEW_TIME);
    pause(left, stay.signal).then(() => dispatch({ type: 'hide' }), ignore);
  }

  /** The session is over here: nothing of it is kept beyond what the snapshot shows. */
  function end(): void {
    deadline.abort();
    life.abort();
    connection?.forget();
    connection = undefined;
    outbox.discard();
  }

  /** Tells the server, as long as a claim under way needs for that, and ends. */
  function leave(): void {
    const goodbye = connection?.client.cancel(AbortSignal.timeout(GOODBYE_TIME));
    if (goodbye) {
      const ending = life;
      life = new AbortController();
      goodbye.catch(ignore).then(() => ending.abort());
    }
    end();
  }

  options.signal?.addEventListener('abort', () => {
    connection?.park();
    for (const controller of [life, stay, deadline]) controller.abort();
    endAttempt();
    listeners.clear();
  });

  const intent = (type: 'begin' | 'back' | 'retry' | 'other' | 'cancel') => () =>
    dispatch({ type });
  const judge = (body: (reviewHash: Uint8Array) => CborInput) => () => {
    const { flow } = snapshot;
    const hash = exchange.reviewHash;
    if (flow.state !== 'review' || !flow.review || !hash) return;
    outbox.put({ method: flow.method, body: body(hash) });
    dispatch({ type: 'confirm' });
  };

  return {
    get snapshot() {
      return snapshot;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: () => suspended || dispatch({ type: 'open' }),
    restart: () => suspended || dispatch({ type: 'restart' }),
    begin: intent('begin'),
    back: intent('back'),
    retry: intent('retry'),
    other: intent('other'),
    cancel: intent('cancel'),
    choose(method) {
      const way = snapshot.ways.find(({ offer }) => offer.method === method);
      if (way?.availability.usable) dispatch({ type: 'choose', method });
    },
    confirm: judge((reviewHash) => ({ reviewHash })),
    dispute: judge((reviewHash) => ({ reviewHash, disputed: true })),
    reveal: () => snapshot.flow.state === 'review' && work(exchange.read),
    setLang(value) {
      lang = value;
      set({});
    },
    suspend() {
      if (suspended) return;
      if (snapshot.flow.state === 'awaiting') dispatch({ type: 'back' });
      dispatch({ type: 'hide' });
      suspended = true;
      stay.abort();
      stay = new AbortController();
      endAttempt();
      const { run: _, ...rest } = snapshot;
      publish(rest);
      connection?.park();
    },
    resume() {
      if (!suspended) return;
      suspended = false;
      connection?.unpark();
      if (snapshot.flow.state !== 'preparing') enter(snapshot.flow);
    },
  };
}

const ignore = () => undefined;
