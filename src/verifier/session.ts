/** Finding a session by its token, and changing it under the rules all methods share. */

import type { Exchange, Json, Rate, SessionFacts } from '../methods/method-verifier.ts';
import {
  type Change,
  ended,
  type HeldRecord,
  isLive,
  type KeyRecord,
  type SessionRecord,
} from '../store/store.ts';
import { toBase64url } from '../wire/bytes.ts';
import type { MethodId, SessionState } from '../wire/contract.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import type { Core } from './core.ts';
import { LIMITS } from './limits.ts';
import { lifetime } from './retention.ts';
import { type Call, requireRate } from './router.ts';
import { bearer, sameHash, sessionIdOf, tokenHash } from './tokens.ts';

/** What a method may know of a session. */
export const factsOf = (core: Core, session: SessionRecord): SessionFacts => {
  const { id, subject, origin, createdAt, expiresAt, declared } = session;
  const { audience } = core;
  const { occupation } = declared ?? {};
  return { id, subject, origin, audience, openedAt: createdAt, expiresAt, occupation };
};

/** A call by the holder of a session token. */
export interface Caller {
  readonly session: SessionRecord;
  /** Index in `session.keys`. */
  readonly key: number;
  readonly token: string;
}

/** The session as it is now: one whose time is over ends here if no sweep came first. */
export async function current(core: Core, id: string): Promise<SessionRecord> {
  const session = await core.store.get(id);
  if (session === undefined) throw new IdVerifyError('session/unknown', 'no such session');
  if (!isLive(session) || session.expiresAt > core.now()) return session;
  await core.store.transition(id, session.version, {
    session: ended(session, 'expired'),
    personal: [],
    images: 'erase',
  });
  return current(core, id);
}

/** @throws IdVerifyError `session/token` unless the bearer token names the session of the path */
export async function bearerOf(request: Request, id: string): Promise<string> {
  const token = bearer(request);
  if (sessionIdOf(token) !== id)
    throw new IdVerifyError('session/token', 'token of another session');
  return token;
}

/**
 * @throws IdVerifyError `session/token`, `session/unknown`, `session/origin`
 */
export async function authenticate(call: Call): Promise<Caller> {
  const { core, request, params } = call;
  const { id = '' } = params;
  const token = await bearerOf(request, id);
  const session = await current(core, id);
  const hash = await tokenHash(core.crypto, token);
  const key = session.keys.findIndex((record) => sameHash(record.tokenHash, hash));
  if (key < 0) throw new IdVerifyError('session/token', 'not a token of this session');
  requireOrigin(request, session);
  await requireRate(call, session.subject);
  const caller = { session, key, token };
  return session.keys[key]?.repeatable ? used(core, caller) : caller;
}

/** From the first call with its token on, the claim that gave it is not answered again. */
async function used(core: Core, { token, session: { id } }: Caller): Promise<Caller> {
  const hash = await tokenHash(core.crypto, token);
  const isOurs = (key: KeyRecord) => sameHash(key.tokenHash, hash);
  const session = await transact(core, id, (newest) => {
    if (!newest.keys.some(isOurs)) throw new IdVerifyError('session/token', 'the token is void');
    const keys = newest.keys.map((key) => (isOurs(key) ? { ...key, repeatable: undefined } : key));
    return { session: { ...newest, keys } };
  });
  return { session, key: session.keys.findIndex(isOurs), token };
}

/** Browsers name the origin of every call but same-origin GETs. */
export function requireOrigin(request: Request, session: SessionRecord): void {
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== session.origin) {
    throw new IdVerifyError('session/origin', 'the session belongs to another origin');
  }
}

export function keyOf(caller: Caller): KeyRecord {
  const key = caller.session.keys[caller.key];
  if (key === undefined) throw new IdVerifyError('session/token', 'no such key');
  return key;
}

/** @throws IdVerifyError `policy/role` for a page that only follows a phone */
export function requireSender(caller: Caller): void {
  if (!keyOf(caller).sends) {
    throw new IdVerifyError('policy/role', 'the session goes on at another device');
  }
}

/**
 * Where a reviewer asked for a photo again, only who sent the others may send it.
 * @throws IdVerifyError `session/key`
 */
export function requireRetaker({ key, session: { retake } }: Caller): void {
  if (retake !== undefined && retake.key !== key) {
    throw new IdVerifyError('session/key', 'the case came from another device');
  }
}

/** @throws IdVerifyError `session/expired`, `session/ended`, `session/conflict` */
export function requireState(session: SessionRecord, state: SessionState): void {
  if (session.state === state) return;
  if (session.state === 'expired')
    throw new IdVerifyError('session/expired', 'the session expired');
  if (!isLive(session)) throw new IdVerifyError('session/ended', `the session is ${session.state}`);
  throw new IdVerifyError('session/conflict', `the session is in state ${session.state}`);
}

/**
 * Waits for its turn after another write came before: at random and longer each time, so that many
 * at once do not keep the process busy.
 * @throws IdVerifyError `unavailable/busy` for one that has lost too often
 */
export async function backOff(lost: number): Promise<void> {
  if (lost >= LIMITS.races) throw new IdVerifyError('unavailable/busy', 'too much at once');
  const ms = Math.random() * Math.min(2 ** lost, LIMITS.backOff);
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Applies `change` to the newest version until nobody came in between. */
export async function transact(
  core: Core,
  id: string,
  change: (session: SessionRecord) => Change | Promise<Change>,
): Promise<SessionRecord> {
  for (let lost = 1; ; lost++) {
    const session = await current(core, id);
    const written = await core.store.transition(id, session.version, await change(session));
    if (written !== undefined) return written;
    await backOff(lost);
  }
}

/** Adds a question of a method; older ones stay answerable for a while, a few at most. */
export function asking(session: SessionRecord, exchange: Exchange, now: number): SessionRecord {
  const older = session.exchanges
    .filter((asked) => asked.answerableUntil > now)
    .map((asked) =>
      asked.method === exchange.method
        ? { ...asked, answerableUntil: Math.min(asked.answerableUntil, now + LIMITS.answerable) }
        : asked,
    );
  const same = older.filter(({ method }) => method === exchange.method);
  const dropped = new Set(same.slice(0, Math.max(0, same.length - LIMITS.outstanding + 1)));
  return { ...session, exchanges: [...older.filter((asked) => !dropped.has(asked)), exchange] };
}

/**
 * When what may not be asked often was asked lately, this time included.
 * @throws IdVerifyError `limit/rate`
 */
export function counted(
  { asked = [] }: SessionRecord,
  { most, within }: Rate,
  now: number,
): readonly number[] {
  const lately = asked.filter((at) => at > now - within);
  if (lately.length >= most) throw new IdVerifyError('limit/rate', 'asked too often');
  return [...lately, now];
}

export const newExchange = (
  core: Core,
  method: MethodId,
  data: Json,
  answerableUntil: number,
): Exchange => ({
  id: toBase64url(core.crypto.randomBytes(16)),
  method,
  createdAt: core.now(),
  answerableUntil,
  data,
});

/** Name of the record in which a method keeps personal data with what it asked. */
export const keptName = ({ id }: Exchange): string => `exchange/${id}`;

/** One attempt fewer; the session goes on while some are left. */
export function attemptSpent(core: Core, session: SessionRecord, code: Code): SessionRecord {
  const attemptsLeft = session.attemptsLeft - 1;
  const next = { ...session, attemptsLeft, code, held: undefined };
  // A case that came back from review keeps its deadline.
  if (attemptsLeft > 0 && session.retake) return { ...next, state: 'awaiting' };
  const expiresAt = core.now() + LIMITS.session;
  return attemptsLeft > 0
    ? { ...next, ...lifetime(core, session, expiresAt), state: 'awaiting' }
    : ended(next, 'failed');
}

/**
 * The evidence this caller may see and confirm.
 * @throws IdVerifyError `session/conflict`, `session/expired`, `session/ended`, `session/key`
 */
export function heldBy({ session, key }: Caller, newest = session): HeldRecord {
  requireState(newest, 'review');
  const { held } = newest;
  if (held === undefined || held.key !== key) {
    throw new IdVerifyError('session/key', 'the evidence came from another device');
  }
  return held;
}
