/**
 * From a beginning to a session in hand. The key is registered in the background; calls that need it
 * wait for that.
 */
import { claim, type SessionClient, sessionClient } from '../backend/session-client.ts';
import type { ClaimAnswer, SessionStatus, SessionView } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { createKey, proveKey, type SessionKey } from '../wire/session-key.ts';
import type { StartedSession } from './opening.ts';
import { drop, type ResumeRecord, releaseSlot, retakeSlot, save } from './resume-record.ts';

type Note = ResumeRecord['note'];

export interface Connection {
  readonly view: SessionView;
  readonly status: SessionStatus;
  readonly key: SessionKey;
  readonly client: SessionClient;
  /** The session token. */
  readonly bearer: Promise<string>;
  /** Resolves once the key is registered: whether a reload can go on from here. */
  readonly claimed: Promise<boolean>;
  /** What a method asked to keep, before a reload or since. */
  kept(): Note;
  keep(note: Note): void;
  /** The element left the page: another one may continue this session. */
  park(): void;
  unpark(): void;
  /** The session has ended: nothing is kept. */
  forget(): void;
}

/**
 * @param join asks the person on a phone that takes over, given how to claim with the code they say
 * @param signal ends the connection: what is under way is given up
 * @throws IdVerifyError, or the reason of an aborted signal
 */
export async function connect(
  started: StartedSession,
  join: (claim: (code: string) => Promise<ClaimAnswer>) => Promise<ClaimAnswer>,
  signal: AbortSignal,
): Promise<Connection> {
  const { transport, slot, kept, token, transfer } = started;
  let forgotten = false;
  const use = (
    view: SessionView,
    key: SessionKey,
    claiming: Promise<{ token: string }>,
    note?: Note,
  ) => {
    const bearer = claiming.then((answer) => answer.token);
    const store = (token: string) =>
      !forgotten && save(slot, { key, token, view, ...(note && { note }) });
    const claimed = bearer.then(store);
    return {
      bearer,
      kept: () => note,
      keep: (newer: Note) => {
        note = newer;
        bearer.then(store, () => undefined);
      },
      view,
      status: view.status,
      key,
      client: sessionClient(transport, view.id, () => bearer),
      claimed,
      park: () => releaseSlot(slot),
      unpark: () => retakeSlot(slot),
      forget: () => {
        forgotten = true;
        releaseSlot(slot);
        void drop(slot);
      },
    };
  };
  /** Exchanges a token for one that only this key's page has. */
  const claimWith = async (key: SessionKey, from: string, code?: string): Promise<ClaimAnswer> => {
    const [id = ''] = from.split('.', 1);
    const proof = await proveKey(key, id, from, location.origin);
    return claim(transport, id, from, { ...proof, ...(code && { code }) }, signal);
  };

  if (kept) {
    const before = use(kept.view, kept.key, Promise.resolve(kept), kept.note);
    const status = await before.client.status(signal).catch(ended);
    if (status) return { ...before, status };
    await drop(slot);
  }
  const key = await createKey();
  if (transfer) {
    const answer = await join((code) => claimWith(key, transfer, code));
    return use(answer.session, key, Promise.resolve(answer));
  }
  if (token) {
    const claiming = claimWith(key, token);
    return use((await claiming).session, key, claiming);
  }
  const opened = started.opened ?? (await started.openAgain());
  return use(opened.session, key, claimWith(key, opened.token));
}

/** A session that is over or unknown gives way to a new one; a silent server does not. */
function ended(error: unknown): undefined {
  if (error instanceof IdVerifyError && error.category === 'session') return undefined;
  throw error;
}
