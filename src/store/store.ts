/**
 * What the verifier needs from a database: a handful of atomic operations on plain records. One
 * conformance suite (`conformance.ts`) runs against every implementation.
 *
 * Personal data lives in records of its own, apart from session and proof, each with the time it
 * disappears. Times are milliseconds since 1970.
 */
import type { Assurance, LegalBasis } from '../law/law.ts';
import type {
  Check,
  Environment,
  Exchange,
  ImageRecord,
  Proof,
} from '../methods/method-verifier.ts';
import type { DeviceKind, MethodId, PublicKey, SessionState, Text } from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';

export type { ImageRecord } from '../methods/method-verifier.ts';

/** A browser that takes part in a session. Secrets are kept as their SHA-256, base64url. */
export interface KeyRecord {
  readonly publicKey: PublicKey;
  readonly tokenHash: string;
  /** Hash of the reference this key is given with the result; absent for one that gets none. */
  readonly refHash?: string | undefined;
  /** Whether evidence may come from it. */
  readonly sends: boolean;
  /** Until when the claim by this one-use token is answered again; gone with the first use of ours. */
  readonly repeatable?: { readonly openingHash: string; readonly until: number } | undefined;
}

/** What was answered to an envelope, so that the same bytes get the same answer. */
export interface AnswerRecord {
  readonly seq: number;
  /** SHA-256 of the envelope as sent, base64url. */
  readonly hash: string;
  readonly route: 'evidence' | 'confirm';
  /** The answer, JSON text, without the result reference. */
  readonly answer: string;
}

/** Accepted evidence that waits for the person, or for a reviewer. */
export interface HeldRecord {
  readonly seq: number;
  readonly method: MethodId;
  /** Index in `keys` of the key that sent it. */
  readonly key: number;
  readonly checks: readonly Check[];
  readonly crossDevice: boolean;
  /** What it answered, in state `pending`: what is asked anew goes by the same. */
  readonly exchange?: Exchange | undefined;
  /** Present in state `review`. */
  readonly review?: { readonly hideAt: number; readonly hash: string } | undefined;
}

/** A reviewer asked for one photo again; everything else that was sent stays. */
export interface RetakeRecord {
  readonly method: MethodId;
  /** Index in `keys` of the key that sent the case, the only one that may answer. */
  readonly key: number;
  /** Of the photo. */
  readonly step: string;
  readonly gesture?: string | undefined;
  /** In the words the person reads. */
  readonly reason: Text;
}

/** A move of the session to a phone. */
export interface TransferRecord {
  readonly phase: 'waiting' | 'refused' | 'moved';
  /** Hash of the one-use token. */
  readonly tokenHash: string;
  /** Shown on the first screen, to be entered on the phone. */
  readonly code: string;
  readonly expiresAt: number;
  readonly startedAt: number;
  readonly device: DeviceKind;
  /** The way the first page was going. */
  readonly method?: MethodId | undefined;
  /** How many were offered in this session, this one included. */
  readonly count: number;
}

export interface OutcomeRecord {
  readonly method: MethodId;
  readonly checks: readonly Check[];
  readonly crossDevice: boolean;
  readonly assurance: Assurance;
  readonly legalBasis?: LegalBasis | undefined;
  readonly evidenceSeq: number;
  readonly verifiedAt: number;
}

/** What the site itself declares of a person. */
export interface Declared {
  /** 職業, as it is to stand in what is signed. */
  readonly occupation?: string | undefined;
}

/** One session: what was opened, how far it is, what is outstanding. Nothing about the person. */
export interface SessionRecord {
  readonly id: string;
  /** Grows by one with every transition. */
  readonly version: number;
  readonly state: SessionState;
  readonly subject: string;
  readonly profile: string;
  readonly origin: string;
  /** The site's own name for it. */
  readonly externalId?: string | undefined;
  readonly environment: Environment;
  /** The rungs of this session, in order. */
  readonly methods: readonly MethodId[];
  /** 32 bytes, base64url. */
  readonly challenge: string;
  readonly createdAt: number;
  /** When a live session ends by itself. */
  readonly expiresAt: number;
  /** When nothing of it remains. */
  readonly eraseAt: number;
  /** Hash of the one-use token, spent once there is a key. */
  readonly openingHash?: string | undefined;
  /** What the site said of the person when it opened the session, until that ends. */
  readonly declared?: Declared | undefined;
  readonly keys: readonly KeyRecord[];
  readonly transfer?: TransferRecord | undefined;
  readonly seq: number;
  readonly prev: string;
  readonly attemptsLeft: number;
  readonly code?: Code | undefined;
  /** Why a reviewer refused, in the words the person reads. */
  readonly reason?: Text | undefined;
  readonly exchanges: readonly Exchange[];
  /** When what may not be asked often was asked lately; stays when the exchanges are gone. */
  readonly asked?: readonly number[] | undefined;
  readonly answers: readonly AnswerRecord[];
  readonly held?: HeldRecord | undefined;
  /** In state `awaiting`, once a case has come back from review. */
  readonly retake?: RetakeRecord | undefined;
  readonly outcome?: OutcomeRecord | undefined;
}

/** One envelope, or a reviewer's decision, and what came of it. Never personal data. */
export interface EvidenceRecord {
  readonly seq: number;
  readonly method: MethodId;
  readonly receivedAt: number;
  readonly hash: string;
  /** The COSE_Sign1 as received; absent for a refusal, whose content nobody vouches for, and for a decision. */
  readonly envelope?: Uint8Array | undefined;
  readonly code?: Code | undefined;
  readonly checks: readonly Check[];
  readonly proof: Proof;
}

/** One piece of personal data. */
export interface PersonalRecord {
  /** `claim/<name>`, `review`, `document`, or `exchange/<id>` until that is over. */
  readonly name: string;
  readonly value: Uint8Array;
  readonly eraseAt: number;
}

/** What of a session's images stays. */
export interface KeptImages {
  /** Their hashes; every other image is erased. */
  readonly keep: readonly string[];
  readonly eraseAt: number;
  /** How long it is noticed that another session uses one of them; only their prints are kept for it. */
  readonly rememberUntil?: number;
}

/** One durable write. */
export interface Change {
  readonly session: SessionRecord;
  readonly evidence?: EvidenceRecord | undefined;
  /** Replaces all personal data of the session; absent leaves it as it is. */
  readonly personal?: readonly PersonalRecord[] | undefined;
  /** `only` keeps those of one sender. */
  readonly images?: 'erase' | KeptImages | { readonly only: string } | undefined;
}

/** How many a part of a sweep ended and erased. */
export interface Swept {
  /** Live sessions that ended. */
  readonly expired: number;
  /** Sessions of which nothing remains. */
  readonly erased: number;
  /** There is more to do than one part, which is short, so that nobody waits for a long sweep. */
  readonly more?: true;
}

/** Where sessions, proofs, pictures and personal data are; each operation is atomic and durable. */
export interface Store {
  /** Several processes may use its data at once, and each is told of what the others change. */
  readonly shared?: true;
  /** @throws IdVerifyError `config/store` if the id exists */
  create(session: SessionRecord): Promise<void>;
  get(id: string): Promise<SessionRecord | undefined>;
  /**
   * Compare and set: state, sequence, evidence and personal data in one durable write, or nothing.
   * @returns the session with its new version; undefined if the stored version is another or the
   *   session is gone
   */
  transition(
    id: string,
    expectedVersion: number,
    change: Change,
  ): Promise<SessionRecord | undefined>;
  /** In the order received. */
  evidence(id: string): Promise<readonly EvidenceRecord[]>;
  personal(id: string): Promise<readonly PersonalRecord[]>;
  /**
   * Safe to repeat: the first one of a sender stays, another sender's takes its place. Only a session
   * that still waits for evidence takes images.
   * @param most how many it may hold
   */
  putImage(id: string, image: ImageRecord, most: number): Promise<'stored' | 'full' | 'closed'>;
  getImage(id: string, hash: string): Promise<ImageRecord | undefined>;
  /** The session that is remembered as the first to use an image, by its print. */
  imageUse(print: string): Promise<string | undefined>;
  /** Sessions that wait for a reviewer, the oldest first. */
  pending(): Promise<readonly SessionRecord[]>;
  /** All sessions of a member, the oldest first. */
  ofSubject(subject: string): Promise<readonly SessionRecord[]>;
  /** The session as it is and after every change, until it is gone or the signal aborts. Never throws on abort. */
  watch(id: string, signal: AbortSignal): AsyncIterable<SessionRecord>;
  /** Removes every trace of the session, what is remembered of its images included. */
  erase(id: string): Promise<void>;
  /**
   * Ends what has expired, requests included, and erases what is due: a part of it that takes some
   * 20 ms, to be called again while there is more.
   */
  sweep(now: number): Promise<Swept>;
  close(): Promise<void>;
}

const LIVE: readonly SessionState[] = ['awaiting', 'review', 'pending'];

export const isLive = (session: SessionRecord): boolean => LIVE.includes(session.state);

/** A live session's end: what it asked is withdrawn, and its private keys with it. */
export const ended = (
  session: SessionRecord,
  state: Exclude<SessionState, 'awaiting' | 'review' | 'pending'>,
): SessionRecord => ({
  ...session,
  state,
  exchanges: [],
  openingHash: undefined,
  declared: undefined,
  transfer: undefined,
  held: undefined,
});

/** When `swept` has something to do; never for a session that has ended. */
export const dueAt = (session: SessionRecord): number =>
  isLive(session)
    ? Math.min(session.expiresAt, ...session.exchanges.map((asked) => asked.answerableUntil))
    : Number.POSITIVE_INFINITY;

/** What a store writes when a session is due: its end, or the end of some of what it asked. */
export const swept = (session: SessionRecord, now: number): SessionRecord =>
  session.expiresAt <= now
    ? ended(session, 'expired')
    : { ...session, exchanges: session.exchanges.filter((asked) => asked.answerableUntil > now) };
