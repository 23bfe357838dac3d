/**
 * What happens in a session once it is open: does what each state asks for. Loaded behind the first
 * screen. Nothing is shown as done before the server has said so.
 */
import { pause } from '../backend/ask.ts';
import type { MethodRun } from '../methods/method.ts';
import type { MethodId, SessionStatus, SessionView } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { SessionStore } from './api.ts';
import {
  type Attempt,
  type AttemptSource,
  createMethodHost,
  startAttempt,
  withMethod,
} from './attempt.ts';
import { connect } from './connection.ts';
import { createEvidenceSender } from './evidence-sender.ts';
import type { Flow, FlowState, Of } from './flow.ts';
import type { StartedSession } from './opening.ts';
import { createServerCalls, type Task } from './server-calls.ts';

export { findAvailableMethods } from './attempt.ts';

export interface Runner {
  readonly view: SessionView;
  /** As found: a session that a reload left may have moved on. */
  readonly status: SessionStatus;
  /** Ends what belonged to the state that is left; whether the method's attempt goes on. */
  leave(next: Flow): boolean;
  /** Does the work of a state. */
  enter(flow: Flow, before?: Flow): void;
  readonly review: {
    /** What was read is right, or is not. */
    judge(disputed: boolean): void;
    /** Shows it again. */
    reveal(): void;
  };
  suspend(): void;
  resume(): void;
  /** The session is over here: nothing of it is kept beyond what the snapshot shows. */
  end(): void;
}

/** What was read stays on the screen no longer than this, whatever the server allows. */
const LONGEST_REVIEW_MS = 5 * 60_000;
const CANCEL_TIMEOUT_MS = 10_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** The states a method's attempt lasts through. */
const ATTEMPT: readonly FlowState[] = ['consent', 'awaiting', 'submitting'];

/**
 * @param signal given up: another opening has started
 * @throws IdVerifyError, or the reason of an aborted signal
 */
export async function createRunner(
  store: SessionStore,
  started: StartedSession,
  signal: AbortSignal,
): Promise<Runner> {
  const { dispatch, fail, options } = store;
  const { now = Date.now } = options;
  const load = async () => {
    const { loadTransfer } = await import('./transfer/transfer.ts');
    return loadTransfer(options.loadTransfer);
  };
  const connection = await connect(
    started,
    async (claim) => {
      const { takeOver } = await import('./transfer/transfer.ts');
      const joining = {
        started,
        load,
        claim,
        show: (run: MethodRun) => store.set({ run }),
        update: () => store.set({}),
        cancel: () => dispatch({ type: 'cancel' }),
      };
      return takeOver(joining, signal);
    },
    signal,
  );
  const sender = createEvidenceSender();
  /** As long as the flow stays in its state. */
  let inState = new AbortController();
  /** As long as the deadline is the one of the newest status. */
  let deadline = new AbortController();
  let attempt: Attempt | undefined;
  /** The server's clock minus ours. */
  let skew = 0;
  let newest = -1;
  /** Another tab goes on with this session: it is not ours to end. */
  let replaced = false;
  const { id, handedOver } = connection.view;
  const tabs = new BroadcastChannel(`id-verify ${id}${handedOver ? ' phone' : ''}`);

  const serverNow = () => now() + skew;
  const calls = createServerCalls({
    store,
    sender,
    serverNow,
    note,
    told: (status) => attempt?.run?.status?.(status),
  });

  /** Does the work of a state; what comes of it after the state was left is nobody's. */
  function work(task: Task, { signal } = inState): void {
    task(signal, connection).catch((error) => {
      if (!signal.aborted) fail(error);
    });
  }

  const effects: { readonly [S in FlowState]?: (flow: Of<S>, before?: Flow) => void } = {
    preparing: () => work((signal) => calls.follow(connection.status, signal, connection)),
    choose() {
      sender.discard();
      // While the person chooses, the code of what is recommended arrives.
      const first = store.snapshot.availableMethods.find(({ availability }) => availability.usable);
      first?.entry?.load(inState.signal).catch(ignore);
    },
    consent: ({ method }) => {
      sender.discard();
      if (!attempt) start(method);
    },
    awaiting: ({ method }) => {
      if (!attempt) start(method, store.snapshot.status?.role === 'follower');
      // A phone is told when the first page takes the session back, or ends it.
      else if (attempt.run && (attempt.run.status || handedOver)) work(calls.listen);
    },
    submitting: () => work(calls.send('evidence')),
    review: ({ review }, before) => {
      if (review) hideAt(review.hideAt);
      else if (before?.state !== 'review') work(calls.read);
    },
    confirming: () => work(calls.send('confirm')),
    pending: () => work(calls.listen),
    failed: ({ ended }) => {
      if (ended) end();
    },
    cancelled: () => {
      if (!replaced) connection.client.cancel(AbortSignal.timeout(CANCEL_TIMEOUT_MS)).catch(ignore);
      end();
    },
    done: end,
    expired: end,
  };

  function enter(flow: Flow, before?: Flow): void {
    const effect = effects[flow.state] as ((flow: Flow, before?: Flow) => void) | undefined;
    effect?.(flow, before);
  }

  function start(method: MethodId, moves = false): void {
    const way = store.snapshot.availableMethods.find(({ offer }) => offer.method === method);
    if (!way) return;
    const hostOptions = { store, connection, sender, move: () => move(method) };
    const started = startAttempt(
      moves ? moving : withMethod(way),
      method,
      (signal) => createMethodHost(hostOptions, way, signal),
      ready,
    );
    attempt = started;

    function ready(): void {
      const { run } = started;
      if (!run) return;
      store.set({ run });
      const { flow } = store.snapshot;
      if (moves && flow.state === 'consent') dispatch({ type: 'approve' });
      else if (flow.state === 'awaiting') {
        inState.abort();
        inState = new AbortController();
        enter(flow);
      }
    }
  }

  function move(method: MethodId): void {
    endAttempt();
    start(method, true);
  }

  const moving: AttemptSource = {
    moves: true,
    async load(signal) {
      const [module, { transferCalls }] = await Promise.all([
        load(),
        import('./transfer/transfer.ts'),
      ]);
      return (host) =>
        module.offer(host, transferCalls(connection, host.offer.method, note, signal));
    },
  };

  /** Takes a newer status, and its deadline by the server's clock. */
  function note(status: SessionStatus): void {
    if (status.version < newest) return;
    newest = status.version;
    skew = status.now - now();
    awaitDeadline(status);
    store.set({ status });
  }

  function awaitDeadline({ expiresAt }: SessionStatus): void {
    deadline.abort();
    deadline = new AbortController();
    const until = deadline;
    const left = expiresAt - serverNow();
    if (left > 0 && left < LONGEST_TIMER_MS) {
      pause(left, until.signal).then(() => work(calls.overdue, until), ignore);
    }
  }

  /** The newest tab of a session goes on; the others hear of it. */
  function goOnHere(): void {
    tabs.postMessage('here');
    tabs.onmessage = () => {
      replaced = true;
      fail(new IdVerifyError('incomplete/replaced', 'another tab goes on'), true);
    };
  }

  function hideAt(time: number): void {
    const left = Math.min(time - serverNow(), LONGEST_REVIEW_MS);
    pause(left, inState.signal).then(() => dispatch({ type: 'hide' }), ignore);
  }

  function endAttempt(): void {
    attempt?.end();
    attempt = undefined;
  }

  function end(): void {
    deadline.abort();
    endAttempt();
    sender.discard();
    tabs.close();
    if (replaced) connection.park();
    else connection.forget();
  }

  connection.claimed.then(
    (kept) => !signal.aborted && store.set({ volatile: !kept }),
    (error) => !signal.aborted && fail(error),
  );
  note(connection.status);
  goOnHere();

  return {
    view: connection.view,
    status: connection.status,
    leave(next) {
      inState.abort();
      inState = new AbortController();
      const goesOn = ATTEMPT.includes(next.state) && 'method' in next;
      const another = attempt?.moves && next.state === 'consent';
      if (!goesOn || another || next.method !== attempt?.method) endAttempt();
      return attempt !== undefined;
    },
    enter,
    review: {
      judge(disputed) {
        const { flow } = store.snapshot;
        const { reviewHash } = calls;
        if (flow.state !== 'review' || !flow.review || !reviewHash) return;
        const body = disputed ? { reviewHash, disputed } : { reviewHash };
        sender.put({ method: flow.method, body });
        dispatch({ type: 'confirm' });
      },
      reveal() {
        if (store.snapshot.flow.state === 'review') work(calls.read);
      },
    },
    suspend() {
      inState.abort();
      inState = new AbortController();
      endAttempt();
      // A timer or an open channel would keep an element that never comes back.
      deadline.abort();
      tabs.onmessage = null;
      connection.park();
    },
    resume() {
      connection.unpark();
      goOnHere();
      awaitDeadline(store.snapshot.status ?? connection.status);
      enter(store.snapshot.flow);
    },
    end,
  };
}

const ignore = () => undefined;
