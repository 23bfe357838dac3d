/** A session's question that waits for its one answer, and what a method may know and keep of it. */
import type { MethodId } from '../wire/contract.ts';

/** Anything JSON can hold: what a method may keep between its question and the answer. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** The fixed facts of a session: what a transcript may be computed from. */
export interface SessionFacts {
  readonly id: string;
  readonly subject: string;
  readonly origin: string;
  readonly audience: string;
  readonly openedAt: number;
  readonly expiresAt: number;
  /** 職業, where the site has declared it. */
  readonly occupation?: string | undefined;
}

/** How often something may be asked within one session. */
export interface Rate {
  readonly most: number;
  /** Milliseconds. */
  readonly within: number;
}

/**
 * Something the server asked and waits for one answer to: a wallet request, a handoff, a photo
 * challenge. The first evidence that names it uses it up, and `data`, where private keys live, is
 * erased with it.
 */
export interface Exchange {
  readonly id: string;
  readonly method: MethodId;
  readonly createdAt: number;
  /** Evidence naming it is refused from then on. */
  readonly answerableUntil: number;
  readonly data: Json;
}
