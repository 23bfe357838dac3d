/** What an operator of a JPKI app looks like to the verifier, whoever it is. */

import type { ToldStatus } from '../../../trust/revocation.ts';
import type { ClaimName, HandoffCode, HandoffPhase, Rung, Text } from '../../../wire/contract.ts';
import type { Claims } from '../../claims.ts';
import type { Check, Environment, Json } from '../../method-verifier.ts';

/** One transaction, as the operator is told about it. Nothing about the person. */
export interface Transaction {
  readonly rung: Rung;
  readonly relyingParty: Text;
  readonly purpose: Text;
  /** What is asked about the person. */
  readonly claims: readonly ClaimName[];
  /** What the person reads and the card signs, UTF-8. */
  readonly statement: string;
  /** SHA-256 of the statement. */
  readonly digest: Uint8Array;
  /** Where the app leads back to; `state` must come along. */
  readonly callback: string;
  /** Unguessable, names the transaction in the callback. */
  readonly state: string;
  /** When it is too late, milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A transaction that was started. */
export interface Pending extends Omit<Transaction, 'state'> {
  /** What `start` gave back. */
  readonly data: Json;
}

/** What an operator says came of a transaction, in one shape. Holds personal data. */
export interface HandoffResult {
  readonly rung: Rung;
  /** The operator's signed statement, a compact JWS; kept as proof. */
  readonly statement: string;
  /** The statement itself speaks about the person: only its hash is kept with the proof. */
  readonly statementIsPersonal?: boolean;
  readonly claims: Claims;
  /** What was checked on the way here: the operator's signature, `state`, `nonce`. */
  readonly checks: readonly Check[];
  /**
   * Whether the certificate is in force, as the operator has found out and says under its signature,
   * for `operatorsWord()`.
   */
  readonly certificateStatus?: ToldStatus;
  /**
   * The card's signature over the transaction's statement. Chip reading has none, and an operator that
   * keeps certificates to itself.
   */
  readonly signature?: {
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    readonly value: Uint8Array;
    /** 署名用電子証明書, DER. */
    readonly certificate: Uint8Array;
  };
}

/** What a callback came to. */
export type Outcome =
  | { readonly outcome: 'completed'; readonly result: HandoffResult }
  | { readonly outcome: 'ended'; readonly code: HandoffCode };

/** How far the person is, where the operator tells; or why it is over. */
export type Progress =
  | { readonly phase: Extract<HandoffPhase, 'in_app' | 'card_read'> }
  | { readonly code: HandoffCode };

/**
 * Every call gets a few seconds; what it throws without a code of `HANDOFF_CODES` is told to the
 * waiting page as `unavailable/provider`.
 */
export interface HandoffProvider {
  /** Part of the callback's path and of the proof. */
  readonly id: string;
  readonly rungs: readonly Rung[];
  /** The app's name as people know it. */
  readonly app: Text;
  readonly environment: Environment;
  /** What it can tell about the person. */
  readonly claims: readonly ClaimName[];
  /**
   * It checks the card's signature itself and hands out neither that nor the certificate: all that is
   * told of the person is then its word, and the result says so. Default false.
   */
  readonly keepsCertificate?: boolean;
  /**
   * Its page belongs to the browser that opened it first and gives the way back to no other, once.
   * Where that is not so, somebody can choose the right number on a phone of their own, send the
   * operator's page on, and take the way back when another person is done. Say it only of an operator
   * of whom it was tried out. Default false: the result then says `boundBrowser: undetermined`.
   */
  readonly bindsBrowser?: boolean;
  /** Whether the relying party may keep the signing certificate itself. Default false. */
  readonly mayRetainCertificate?: boolean;
  /** Its transactions want a QR code that changes each second. Default false. */
  readonly rotating?: boolean;
  /** Rejects if the provider cannot be used as configured. */
  ready?(signal: AbortSignal): Promise<void>;
  /** @returns where the person goes on, and what to remember */
  start(transaction: Transaction, signal: AbortSignal): Promise<{ url: string; data: Json }>;
  /** The person's browser came back. Browser, state and time were checked before. */
  callback(url: URL, pending: Pending, signal: AbortSignal): Promise<Outcome>;
  /** How far the person is; absent where the operator does not say. */
  status?(pending: Pending, signal: AbortSignal): Promise<Progress | undefined>;
  /** Nobody waits any more. */
  cancel?(data: Json, signal: AbortSignal): Promise<void>;
}
