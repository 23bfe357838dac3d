/**
 * The flow as one readable table: which state follows which event. Pure: no DOM, no clock, no
 * network. Every live state can be cancelled, can fail and can expire, and the server's word
 * (`read`, `wait`, `finish`, `fail`, `expire`) is taken in every live state, because a page that was
 * frozen or reloaded skips steps.
 */
import type { MethodId, ReviewAnswer } from '../wire/contract.ts';
import type { Category, Code, IdVerifyError } from '../wire/error.ts';

/** Where the person is. `SessionState` on the wire uses the same words where both sides share them. */
export type Flow =
  | { readonly state: 'idle' }
  | { readonly state: 'preparing' }
  | { readonly state: 'intro' }
  | { readonly state: 'choose' }
  | { readonly state: 'consent'; readonly method: MethodId }
  | { readonly state: 'awaiting'; readonly method: MethodId }
  | { readonly state: 'submitting'; readonly method: MethodId }
  /** Without `review` it has been hidden; `read` brings it back. */
  | { readonly state: 'review'; readonly method: MethodId; readonly review?: ReviewAnswer }
  | { readonly state: 'confirming'; readonly method: MethodId }
  | { readonly state: 'pending'; readonly method: MethodId }
  | { readonly state: 'done'; readonly method: MethodId }
  | Failed
  | { readonly state: 'cancelled' }
  | { readonly state: 'expired' };

export interface Failed {
  readonly state: 'failed';
  /** Where it happened, so that `retry` knows where to go. */
  readonly from: LiveState;
  readonly method?: MethodId;
  readonly error: IdVerifyError;
  /** The session is over as well: only `restart` leads on. */
  readonly ended: boolean;
}

/**
 * The server has ended the session and says no more than that it was refused: why, only its own result
 * says, because a reason would tell the page about the person.
 */
export const REFUSED = 'policy' satisfies Code;

export const isRefused = ({ ended, error }: Failed): boolean => ended && error.code === REFUSED;

/** Where the person is; the words of `element.state` and `:state()`. */
export type FlowState = Flow['state'];

/** The states that something can still happen to by itself. */
export type LiveState = Exclude<FlowState, 'idle' | 'done' | 'failed' | 'cancelled' | 'expired'>;

export type FlowEvent =
  | { readonly type: 'open' }
  | {
      readonly type: 'opened';
      readonly offered: readonly MethodId[];
      /** Whether this browser can go the only way; where there are several, that comes later. */
      readonly usable: boolean;
    }
  /** A reload, in the middle of something that goes on elsewhere; or a reviewer asks for more. */
  | { readonly type: 'resume'; readonly method: MethodId }
  | { readonly type: 'begin' }
  | { readonly type: 'choose'; readonly method: MethodId }
  | { readonly type: 'back' }
  | { readonly type: 'approve' }
  | { readonly type: 'submit' }
  | { readonly type: 'read'; readonly method: MethodId; readonly review: ReviewAnswer }
  | { readonly type: 'hide' }
  | { readonly type: 'confirm' }
  | { readonly type: 'wait'; readonly method: MethodId }
  | { readonly type: 'finish'; readonly method: MethodId }
  | { readonly type: 'retry' }
  | { readonly type: 'other' }
  /** `ended`: whether the session is over as well; by default where the code says so. */
  | { readonly type: 'fail'; readonly error: IdVerifyError; readonly ended?: boolean | undefined }
  | { readonly type: 'cancel' }
  | { readonly type: 'expire' }
  | { readonly type: 'restart' };

/** The flow in one state. */
export type Of<S extends FlowState> = Extract<Flow, { state: S }>;

type EventOf<T> = Extract<FlowEvent, { type: T }>;
/** A cell that is absent ignores the event. */
type Row<S extends FlowState> = {
  readonly [T in FlowEvent['type']]?: (flow: Of<S>, event: EventOf<T>) => Flow;
};

const preparing = (): Flow => ({ state: 'preparing' });
const choose = (): Flow => ({ state: 'choose' });
const consent = ({ method }: { method: MethodId }): Flow => ({ state: 'consent', method });

/** What the server may say at any time. */
const told = {
  read: (_: Flow, { method, review }: EventOf<'read'>): Flow => ({
    state: 'review',
    method,
    review,
  }),
  wait: (_: Flow, { method }: EventOf<'wait'>): Flow => ({ state: 'pending', method }),
  finish: (_: Flow, { method }: EventOf<'finish'>): Flow => ({ state: 'done', method }),
};

/** How every live state can end. */
const ends = {
  fail: (
    flow: Of<LiveState>,
    { error, ended = error.category === 'session' }: EventOf<'fail'>,
  ): Flow => ({
    state: 'failed',
    from: flow.state,
    ...('method' in flow && { method: flow.method }),
    error,
    ended,
  }),
  cancel: (): Flow => ({ state: 'cancelled' }),
  expire: (): Flow => ({ state: 'expired' }),
};

const live = { ...told, ...ends };

/** Where a retry leads: the same question again, or a new attempt; the flow itself where neither. */
function retry(flow: Failed): Flow {
  const { from, method, error } = flow;
  if (flow.ended) return flow;
  if (!method) return isTransient(error.code) || mayRetry(error.code) ? preparing() : flow;
  const asking = from === 'submitting' || from === 'review' || from === 'confirming';
  if ((asking || from === 'pending') && isTransient(error.code)) return { state: from, method };
  return mayRetry(error.code) ? consent({ method }) : flow;
}

/** Another method is a way on while there is a session to use it in. */
const other = (flow: Failed): Flow => (flow.ended || flow.from === 'preparing' ? flow : choose());

/** The server's word on a session that is over changes nothing. */
const unlessEnded =
  <Event>(cell: (flow: Failed, event: Event) => Flow) =>
  (flow: Failed, event: Event): Flow =>
    flow.ended ? flow : cell(flow, event);

const table: { readonly [S in FlowState]: Row<S> } = {
  idle: { open: preparing },
  preparing: {
    opened: (_, { offered: [method, another], usable }) => {
      if (another) return { state: 'intro' };
      return method && usable ? consent({ method }) : choose();
    },
    resume: (_, { method }) => ({ state: 'awaiting', method }),
    // A server that keeps silent is asked anew.
    restart: preparing,
    ...live,
  },
  intro: { begin: choose, ...live },
  choose: {
    choose: (_, event) => consent(event),
    back: () => ({ state: 'intro' }),
    ...live,
  },
  consent: {
    approve: ({ method }) => ({ state: 'awaiting', method }),
    back: choose,
    other: choose,
    ...live,
  },
  awaiting: {
    submit: ({ method }) => ({ state: 'submitting', method }),
    back: consent,
    other: choose,
    ...live,
  },
  submitting: live,
  review: {
    confirm: ({ method }) => ({ state: 'confirming', method }),
    hide: ({ method }) => ({ state: 'review', method }),
    ...live,
  },
  confirming: live,
  pending: {
    resume: (_, { method }) => ({ state: 'awaiting', method }),
    read: told.read,
    finish: told.finish,
    ...ends,
  },
  done: { restart: preparing },
  failed: {
    retry,
    other,
    restart: preparing,
    read: unlessEnded(told.read),
    wait: unlessEnded(told.wait),
    finish: unlessEnded(told.finish),
    cancel: ends.cancel,
    expire: unlessEnded(ends.expire),
  },
  cancelled: { restart: preparing },
  expired: { restart: preparing },
};

/**
 * The state after an event. An event that does not apply leaves the very same object, so identity
 * tells whether something happened.
 */
export function next(flow: Flow, event: FlowEvent): Flow {
  const cell = table[flow.state][event.type] as
    | ((flow: Flow, event: FlowEvent) => Flow)
    | undefined;
  return cell ? cell(flow, event) : flow;
}

/** Whether an event would lead on from here, for example to offer its button. */
export const applies = (flow: Flow, event: FlowEvent): boolean => next(flow, event) !== flow;

/** Nothing was decided yet: the same bytes may be sent again. */
const TRANSIENT: readonly string[] = [
  'unavailable/network',
  'unavailable/timeout',
  'unavailable/backend',
  'unavailable/busy',
] satisfies Code[];

/** Refusals after which a new attempt, with a new request, may succeed. */
const NEW_ATTEMPT: readonly string[] = [
  'incomplete',
  'undetermined',
  'malformed',
  'request_mismatch',
  'device_binding',
  'decryption',
  'unavailable',
  // Of something within a session that goes on; where the session is over nothing is tried again.
  'session',
] satisfies Category[];

/** The same again gets the same answer, until the person has been at a counter or a terminal. */
const LOCKED: Code = 'unavailable/pin_locked';

/** Whether the question itself was not answered, so that asking it again is the way forward. */
export const isTransient = (code: Code): boolean => TRANSIENT.includes(code);

/** Whether the person may try the same method again in the same session. */
export const mayRetry = (code: Code): boolean => {
  const [category = ''] = code.split('/', 1);
  return code !== LOCKED && NEW_ATTEMPT.includes(category);
};
