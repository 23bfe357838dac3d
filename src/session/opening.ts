/** The first step, all that the first screen waits for: a session left by a reload, or a new one. */
import type { Transport } from '../backend/call.ts';
import { open, pinEndpoint } from '../backend/client.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { OpenAnswer } from '../wire/opening.ts';
import type { OpeningOptions } from './api.ts';
import { load, type ResumeRecord, releaseSlot, takeSlot } from './resume-record.ts';

/** How a session begins. */
export interface StartedSession {
  readonly transport: Transport;
  /** Where a reload will look for it. */
  readonly slot: string;
  /** A reload left this. */
  readonly kept?: ResumeRecord;
  /** The site's server minted this. */
  readonly token?: string;
  /** Another page's session is to be carried on here. */
  readonly transfer?: string;
  /** Opened just now; absent with `kept`, `token` or `transfer`. */
  readonly opened?: OpenAnswer;
  /** Opens anew, where what was kept turns out to have ended. */
  readonly openAgain: () => Promise<OpenAnswer>;
}

/** @throws IdVerifyError, or the reason of an aborted signal */
export async function startSession(
  { endpoint, profile, methods, token, transfer }: OpeningOptions,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<StartedSession> {
  const transport = pinEndpoint(endpoint, location.href, fetch);
  const own = `${transport.endpoint} ${token?.split('.', 1)[0] ?? profile}`;
  const slot = takeSlot(hasTakenOver(own, transfer) ? `${own} phone` : own);
  const openAgain = async () => {
    if (!profile) throw new IdVerifyError('config/profile', 'neither a profile nor a session');
    return open(transport, { profile, ...(methods?.length && { methods: [...methods] }) }, signal);
  };
  try {
    const started = { transport, slot, openAgain };
    if (transfer) return { ...started, transfer };
    const kept = await load(slot);
    if (kept) return { ...started, kept, ...(token && { token }) };
    if (token) return { ...started, token };
    return { ...started, opened: await openAgain() };
  } catch (error) {
    releaseSlot(slot);
    throw error;
  }
}

/**
 * Whether this tab carries another page's session on. In one browser with that page, each keeps its
 * own: a reload of either goes on as what it was.
 */
function hasTakenOver(name: string, transfer: string | undefined): boolean {
  try {
    if (transfer) sessionStorage.setItem(name, 'phone');
    return sessionStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}
