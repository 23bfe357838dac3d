/** The first step, all that the first screen waits for: a session left by a reload, or a new one. */
import type { Transport } from '../backend/call.ts';
import { open, pin } from '../backend/client.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { OpenAnswer } from '../wire/opening.ts';
import type { Opening } from './api.ts';
import { load, type ResumeRecord, releaseSlot, takeSlot } from './resume.ts';

/** How a session begins. */
export interface Begun {
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
export async function begin(
  { endpoint, profile, methods, token, transfer }: Opening,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Begun> {
  const transport = pin(endpoint, location.href, fetch);
  const own = `${transport.endpoint} ${token?.split('.', 1)[0] ?? profile}`;
  const slot = takeSlot(hasTakenOver(own, transfer) ? `${own} phone` : own);
  const openAgain = async () => {
    if (!profile) throw new IdVerifyError('config/profile', 'neither a profile nor a session');
    return open(transport, { profile, ...(methods?.length && { methods: [...methods] }) }, signal);
  };
  try {
    const begun = { transport, slot, openAgain };
    if (transfer) return { ...begun, transfer };
    const kept = await load(slot);
    if (kept) return { ...begun, kept, ...(token && { token }) };
    if (token) return { ...begun, token };
    return { ...begun, opened: await openAgain() };
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
