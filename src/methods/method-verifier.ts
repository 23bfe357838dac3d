/**
 * What a rung of the ladder is to the server. A method is one folder and one line in `verifiers.ts`.
 *
 * It knows nothing of tokens, sequence numbers or the store: the session rules hold for every rung
 * and live in `verifier/`. A method asks something (an exchange), judges the one answer to it, and
 * may have calls of its own.
 */
import type { CryptoProvider } from '../crypto/provider.ts';
import type { CborValue } from '../wire/cbor.ts';
import type {
  CheckOutcome,
  ClaimName,
  HandoffStatus,
  MethodId,
  MethodOffer,
  Text,
} from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';
import type * as v from '../wire/schema.ts';
import type { CallbackRoute, CallbackSessions } from './callbacks.ts';
import type { Claims } from './claims.ts';
import type { Confirmation } from './confirmation.ts';
import type { Exchange, Json, Rate, SessionFacts } from './exchange.ts';
import type { Profile } from './profile.ts';
import type { ReviewMaterial } from './review-material.ts';

export type { Exchange, Json, Rate, SessionFacts } from './exchange.ts';

/** `test` where an issuer or an operator pretends: its results are refused unless asked for by name. */
export type Environment = 'test' | 'production';

/** One thing that was checked. */
export interface Check {
  /** Stable, for example `mdoc.issuer_signature`. */
  readonly id: string;
  readonly outcome: CheckOutcome;
  /** Why it did not pass. */
  readonly code?: Code | undefined;
  /** For the operator: what, where, expected, found. Nothing about the person. */
  readonly detail?: string | undefined;
}

/** Something of a deployment that works today and is to be looked after. */
export interface Warning {
  readonly code: Code;
  /** For the operator, in English: what, and until when. Nothing about people. */
  readonly detail: string;
}

/** Who asks, as the person is told. */
export interface RelyingParty {
  readonly name: Text;
  /** The name in the reader certificate, where it is not one of `name`. */
  readonly legalName?: string;
  /** One or two characters shown as its mark. */
  readonly mark?: string;
  readonly privacyPolicy?: string;
}

/** The parts of a deployment a method may rely on, already checked. */
export interface Deployment {
  readonly relyingParty: RelyingParty;
  readonly origins: readonly string[];
  /** Every origin is of this machine: the only place for test issuers. */
  readonly loopbackOnly: boolean;
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Pages of the site that hold the element, at most one for each origin. */
  readonly pages: readonly string[];
  readonly confirmation: Confirmation;
  readonly crypto: CryptoProvider;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A picture the page has sent. */
export interface ImageRecord {
  /** SHA-256, base64url. */
  readonly hash: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly receivedAt: number;
  /** The key whose page sent it. */
  readonly sender: string;
  /** What it shows, hashed: the same for another file with the same picture in it. */
  readonly print: string;
}

/** The pictures that one key sent in a session. */
export interface SessionImages {
  get(hash: string): Promise<ImageRecord | undefined>;
  /** Whether evidence of another session holds this very picture. */
  usedElsewhere(print: string): Promise<boolean>;
}

export interface MethodContext {
  readonly session: SessionFacts;
  readonly profileId: string;
  readonly profile: Profile;
  readonly signal: AbortSignal;
}

export interface EvidenceContext extends MethodContext {
  readonly method: MethodId;
  /** Whether a phone that took the session over has sealed it. */
  readonly handedOver: boolean;
  readonly exchange: Exchange;
  readonly body: CborValue;
  readonly images: SessionImages;
  /** What the method kept about the person with this exchange; undefined once it is erased. */
  kept(): Promise<Uint8Array | undefined>;
}

/** What stays as proof when personal data is erased. */
export type Proof = { readonly [key: string]: Json };

export type Verdict =
  | {
      readonly outcome: 'accepted';
      readonly claims: Claims;
      readonly checks: readonly Check[];
      /** Whether the evidence came from another device than the page's, as far as we can know. */
      readonly crossDevice: boolean;
      readonly proof: Proof;
      /** The decrypted document: kept apart, with the personal data, and only if the profile says so. */
      readonly document: Uint8Array;
      /** Claims that may be right in another spelling: a difference from the account is none for certain. */
      readonly uncertain?: readonly ClaimName[];
    }
  | {
      /** A person decides later, through the verifier's `reviews`. */
      readonly outcome: 'pending';
      readonly checks: readonly Check[];
      readonly crossDevice: boolean;
      readonly proof: Proof;
      /** When it ends undecided, and everything is erased. */
      readonly decideBy: number;
      /** Hashes of the pictures that belong to it; the session's others are erased. */
      readonly images: readonly string[];
      /** How long they are recognized in other sessions; absent for not at all. */
      readonly rememberUntil?: number;
    }
  | {
      readonly outcome: 'refused';
      readonly code: Code;
      readonly checks: readonly Check[];
      readonly proof: Proof;
    };

/** What a method's own calls may do to the session they belong to. */
export interface RouteContext extends MethodContext {
  /** The rungs of this session. */
  readonly methods: readonly MethodId[];
  readonly request: Request;
  /** The parsed JSON body, by the route's schema; undefined where it has none. */
  readonly body: unknown;
  /** Path parameters after the method's own part of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** What is outstanding for this method, newest last. */
  readonly exchanges: readonly Exchange[];
  readonly images: SessionImages & {
    /**
     * Stores one durably; safe to repeat.
     * @returns the picture as stored, with the time it came first
     * @throws IdVerifyError `limit/images`, `session/ended`, `session/conflict`
     */
    put(image: Omit<ImageRecord, 'receivedAt' | 'sender'>): Promise<ImageRecord>;
  };
  /**
   * A body that is not JSON, of one of the route's content types.
   * @throws IdVerifyError `unsupported/content_type`, `limit/body`, `incomplete/body`
   */
  bytes(limit: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Asks something new. The older ones stay answerable for five minutes, four at most.
   * @param session `prolong` keeps the session alive for as long as the answer is awaited
   * @param rate counts with the session, wherever that goes on and whatever became of the others
   * @throws IdVerifyError `policy/method`, `policy/law`, `limit/rate`, `session/*`
   */
  open(
    method: MethodId,
    data: Json,
    answerableFor: number,
    session?: 'prolong',
    rate?: Rate,
  ): Promise<Exchange>;
  /** Notes progress on an exchange, atomically; whoever follows the session is told. */
  update(exchangeId: string, change: (exchange: Exchange) => Json): Promise<void>;
}

/** A call of a method, below `sessions/{id}/`, for the holder of the session token. */
export interface MethodRoute {
  /** Its name in the OpenAPI description. */
  readonly operation: string;
  readonly verb: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** For example `wallet`, or `images/{sha256}`. */
  readonly path: string;
  readonly summary: string;
  /** Schema of a JSON body; without one the body must be empty unless `bodyType` says otherwise. */
  readonly body?: v.Schema;
  /** Content types of a body that is not JSON; the handler reads `request` itself. */
  readonly bodyType?: readonly string[];
  readonly answer: v.Schema;
  handle(context: RouteContext): Promise<unknown>;
}

/** How a waiting page hears of changes. */
export type Channel = 'stream' | 'poll';

export interface MethodVerifier {
  /** The rungs it answers for. */
  readonly methods: readonly MethodId[];
  readonly environment: Environment;
  readonly routes: readonly MethodRoute[];
  readonly callbacks?: readonly CallbackRoute[];
  /** What the page is told; undefined where this profile does not use the rung. */
  offer(method: MethodId, profile: Profile): MethodOffer | undefined;
  /** Which exchange a body answers. @throws IdVerifyError `malformed/*` */
  exchangeOf(body: CborValue): string;
  /** Judges evidence. Whatever it throws is a refusal with that code. */
  verify(context: EvidenceContext): Promise<Verdict>;
  /** Of evidence whose verdict was `pending`. */
  material?(body: CborValue, proof: Proof): ReviewMaterial;
  /** What a waiting page may know of the newest exchange. */
  status?(exchanges: readonly Exchange[]): HandoffStatus | undefined;
  /** A link that is good for this moment only. */
  payload?(exchanges: readonly Exchange[], channel: Channel): Promise<string | undefined>;
  /** When what a page is told changes although nothing happens, milliseconds since 1970. */
  changesAt?(exchanges: readonly Exchange[]): number | undefined;
  /** Somebody waits: asks elsewhere how far things are, if need be. Returns at once. */
  attend?(sessionId: string, exchanges: readonly Exchange[], sessions: CallbackSessions): void;
  /** Nobody waits any more. Returns at once. */
  abandon?(exchanges: readonly Exchange[]): void;
  /** Rejects with `config/*` if keys cannot be used; awaited before the first answer. */
  ready?(): Promise<void>;
  /** What the operator should know at this time. */
  warnings?(): readonly Warning[];
}
