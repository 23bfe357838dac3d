/**
 * The session store as its users see it: frozen snapshots out, intents in. Views ask, they never do;
 * only the store and the running method touch network, keys and credentials.
 */
import { createContext } from '@lit/context';
import type { Availability, MethodEntry, MethodRun, TransferModule } from '../methods/method.ts';
import type { MethodId, MethodOffer, SessionStatus, SessionView } from '../wire/contract.ts';
import type { Flow, FlowEvent } from './flow.ts';

/** One method the server offers, and whether this browser can go that way. */
export interface AvailableMethod {
  readonly offer: MethodOffer;
  /** Absent where this build does not contain the method. */
  readonly entry?: MethodEntry;
  readonly availability: Availability;
}

/** Everything a view may show. A new object after every change, never altered. */
export interface Snapshot {
  readonly flow: Flow;
  /** Present from the moment the session is open. */
  readonly session?: SessionView;
  /** The newest status the server gave; holds the result reference in `pending` and `done`. */
  readonly status?: SessionStatus;
  /**
   * The offered methods as they are recommended here, unusable ones with their reason; none before
   * the code that knows has loaded.
   */
  readonly availableMethods: readonly AvailableMethod[];
  /**
   * The attempt in hand, once its code is loaded; renders the panels `consent` and `awaiting`, and
   * `preparing` on a phone that takes over. Stays in `failed`, for its words.
   */
  readonly run?: MethodRun;
  /** Storage was refused: a reload starts again, and the page should say so. */
  readonly volatile: boolean;
  /** The server cannot be reached; it is asked on until it can. */
  readonly lost?: boolean;
  /** Said to people who do not look at the screen; a new object each time it is said. */
  readonly announcement?: { readonly text: string };
}

/** What a session is opened with; read at each opening, fixed from then until it has ended. */
export interface OpeningOptions {
  /** Base URL of the calls, absolute or relative to the page. */
  readonly endpoint: string;
  readonly profile?: string;
  /** Narrows the profile's methods; order counts. */
  readonly methods?: readonly MethodId[];
  /** A one-use token the site's server minted; overrides `profile` and `methods`. */
  readonly token?: string;
  /** A one-use token from another page's address; overrides everything but the endpoint. */
  readonly transfer?: string;
}

/** One session as the element drives it: what is known of it, and what can be asked of it. */
export interface SessionOptions {
  opening(): OpeningOptions;
  /** The methods of this build. */
  entries(): Promise<readonly MethodEntry[]>;
  /** What carries a session on on a phone; absent where this build cannot. */
  readonly loadTransfer?: () => Promise<TransferModule>;
  readonly lang: string;
  /** Asks the page before evidence leaves the device; `false` holds it back. */
  beforeSubmit(method: MethodId, byteLength: number): boolean;
  /** Ends everything for good: requests, timers, the run. `suspend` is for a page that may be back. */
  readonly signal?: AbortSignal;
  /** Default: the page's own. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** What drives the flow: the element's, for `sessionContext` to hand to screens of the page's own. */
export interface Session {
  readonly snapshot: Snapshot;
  /** Calls back after every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
  open(): void;
  begin(): void;
  choose(method: MethodId): void;
  back(): void;
  /** What was read is right. */
  confirm(): void;
  /** 「内容が違う」 */
  dispute(): void;
  /** Shows a hidden review again. */
  reveal(): void;
  retry(): void;
  other(): void;
  /** Leaves and has the server erase everything. */
  cancel(): void;
  restart(): void;
  setLang(lang: string): void;
  /** The element left the page: clears the review, stops listening, ends a running attempt. */
  suspend(): void;
  /** The element is back: continues where the server says it is. */
  resume(): void;
}

/** The session of the nearest `<id-verify>` above. */
export const sessionContext = createContext<Session>(Symbol('id-verify session'));

/** What the runner and methods see of the store. */
export interface SessionStore {
  readonly options: SessionOptions;
  readonly snapshot: Snapshot;
  readonly lang: string;
  set(change: Partial<Snapshot>): void;
  dispatch(event: FlowEvent): void;
  fail(error: unknown, ended?: boolean): void;
}
