/** Everything an operator decides. Where there is no default there must be a decision. */
import type { CryptoProvider } from '../crypto/provider.ts';
import type { Confirmation } from '../methods/confirmation.ts';
import type { RelyingParty } from '../methods/method-verifier.ts';
import type { Profile } from '../methods/profile.ts';
import type { MethodOptions } from '../methods/verifiers.ts';
import type { Store } from '../store/store.ts';
import type { MethodId } from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';
import * as v from '../wire/schema.ts';
import type { AccountData } from './match.ts';

/** Who may open a session, for which profiles. */
export interface Authorization {
  /** The site's own name for the member; results are bound to it. Never shown to the browser. */
  readonly subject: string;
  readonly profiles: readonly string[];
}

/** Who sends a request, as far as the server in front of the verifier knows. */
export interface Sender {
  /** IP address: of the socket, or what a proxy of the operator's own saw; never a header's word alone. */
  readonly address?: string | undefined;
  /** Names the request in the log and in the problem that answers it. */
  readonly requestId?: string | undefined;
}

/** What a result is being fetched for. */
export interface Expectation {
  readonly subject: string;
  readonly profile: string;
  /** Takes results made with a test issuer. Default: they are refused. */
  readonly acceptTest?: boolean;
}

/** For the operator's log. No personal data, no secrets, no subject. */
export interface LogEvent {
  readonly event:
    | 'session.opened'
    | 'session.claimed'
    | 'session.cancelled'
    | 'session.moved'
    | 'evidence.held'
    | 'evidence.refused'
    | 'evidence.disputed'
    | 'session.verified'
    | 'session.refused'
    | 'review.asked_again'
    | 'review.refused'
    | 'result.redeemed'
    | 'session.erased'
    | 'sweep.failed'
    | 'storage.failed'
    | 'request.refused'
    | 'request.failed'
    | 'deployment.warning';
  readonly session?: string | undefined;
  /** Of a request that was refused or failed: what `fetch` was given. */
  readonly request?: string | undefined;
  readonly profile?: string | undefined;
  readonly method?: MethodId | undefined;
  readonly code?: Code | undefined;
  /** Of a warning: what the operator should look after. */
  readonly detail?: string | undefined;
  /** Name and stack of an unexpected error; the message is left out, it could quote data. */
  readonly error?: string | undefined;
}

/** What every deployment decides, whoever may open its sessions. */
interface Common extends MethodOptions {
  readonly relyingParty: RelyingParty;
  /** Exact origins; pages of these, and no others, may open sessions. */
  readonly origins: readonly string[];
  readonly profiles: Readonly<Record<string, Profile>>;
  /** Path under which `fetch` is mounted. Default `/id-verify`. */
  readonly basePath?: string;
  /** Names this verifier in the evidence. Default: the first origin and the base path. */
  readonly audience?: string;
  /** Lets the site's server fetch results over HTTP. Without it, only `redeem` in process. */
  readonly authorizeResults?: (request: Request) => Promise<Expectation | undefined>;
  /**
   * Pages of the site that hold the element, one for each origin: where a phone goes on with a
   * session that was started elsewhere, and where a handoff on one device leads back to. Without one
   * no session can move.
   */
  readonly transferPages?: readonly string[];
  /** The site's own data of a member, compared with what was read; undefined leaves it undetermined. */
  readonly accounts?: (subject: string) => Promise<AccountData | undefined>;
  /**
   * Milliseconds after which a session ends, however often it was prolonged. Default 2 hours. Photos
   * that wait for a decision wait for `decideWithinHours` instead.
   */
  readonly longestSession?: number;
  /** Default: this project's technical verification alone. */
  readonly confirmation?: Confirmation;
  readonly store: Store;
  /**
   * `false` answers 429. Called with the operation's id before anything of the request is believed,
   * then without a subject; and again, with it, once it is known whose session the call is about.
   */
  readonly rateLimit?: (
    request: Request,
    operation: string,
    who: Sender & { readonly subject?: string | undefined },
  ) => boolean | Promise<boolean>;
  readonly log?: (event: LogEvent) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly crypto?: CryptoProvider;
}

/** Either the site says who may open a session, or it says by name that anybody may. */
export type VerifierOptions = Common &
  (
    | {
        /** Decides by the site's own login; undefined, or no subject, refuses; `'too many'` answers 429. */
        readonly authorize: (
          request: Request,
          opening: { readonly profile: string; readonly origin: string },
        ) => Promise<Authorization | 'too many' | undefined>;
        readonly anonymousUse?: never;
      }
    | { readonly anonymousUse: 'allowed'; readonly authorize?: never }
  );

/** The subject of every anonymous session. */
export const ANONYMOUS = 'anonymous';

/** Of a subject; without one, everybody who is not signed in would be the same member. */
export const memberName = v.pipe(v.string(), v.minLength(1));
