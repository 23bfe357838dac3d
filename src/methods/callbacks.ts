/** What reaches a session by another way than its page: a link opened on a phone, a provider's callback. */
import type { Exchange, Json, SessionFacts } from './exchange.ts';
import type { Profile } from './profile.ts';

/**
 * A call that is not the page's: a provider's callback, a top-level navigation. It authenticates
 * itself (a `__Host-` cookie, a state parameter) and finds its session by what it stored.
 */
export interface CallbackRoute {
  readonly operation: string;
  readonly verb: 'GET' | 'POST';
  /** Below the base path, `{name}` for a parameter. */
  readonly path: string;
  readonly summary: string;
  handle(call: CallbackCall, sessions: CallbackSessions): Promise<Response>;
}

export interface CallbackCall {
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  /** What a page of ours was filled in with; empty for a GET. */
  readonly form: URLSearchParams;
}

/** A session as those see it who come by another way than its page. */
export interface OpenSession {
  readonly session: SessionFacts;
  readonly profile: Profile;
  readonly exchanges: readonly Exchange[];
}

/** Of sessions that still wait for evidence; every other is unknown here. */
export interface CallbackSessions {
  find(sessionId: string): Promise<OpenSession | undefined>;
  /**
   * Runs `change` on a session's exchange, atomically; undefined if either is gone. What it throws
   * leaves everything as it was.
   */
  update(
    sessionId: string,
    exchangeId: string,
    change: (exchange: Exchange) => Json | Noted,
  ): Promise<Exchange | undefined>;
}

/** Progress, with data about the person that is kept apart, until the exchange is over. */
export class Noted {
  readonly data: Json;
  readonly kept: Uint8Array;

  constructor(data: Json, kept: Uint8Array) {
    this.data = data;
    this.kept = kept;
  }
}
