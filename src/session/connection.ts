/**
 * From an opening to a session in hand: the one a reload left behind, the one a minted token names,
 * or a new one. The key is registered in the background; calls that need it wait for that.
 */
import { createClient, type SessionClient } from '../backend/client.ts';
import { createKey, proveKey, type SessionKey } from '../evidence/key.ts';
import { drop, load, releaseSlot, retakeSlot, save, takeSlot } from '../evidence/resume.ts';
import type { SessionStatus, SessionView } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Opening } from './api.ts';

export interface Connection {
  readonly view: SessionView;
  readonly status: SessionStatus;
  readonly key: SessionKey;
  readonly client: SessionClient;
  /** Resolves once the key is registered: whether a reload can go on from here. */
  readonly claimed: Promise<boolean>;
  /** The element left the page: another one may continue this session. */
  park(): void;
  unpark(): void;
  /** The session has ended: nothing is kept. */
  forget(): void;
}

/** @throws IdVerifyError, or the reason of an aborted signal */
export async function connect(
  opening: Opening,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Connection> {
  const { endpoint, profile, methods, token } = opening;
  const client = createClient({ endpoint, page: location.href, fetch });
  const minted = token?.split('.', 1)[0];
  const slot = takeSlot(`${endpoint} ${minted ?? profile}`);
  const use = (
    view: SessionView,
    key: SessionKey,
    bearer: Promise<string>,
    claimed: Promise<boolean>,
  ): Connection => ({
    view,
    status: view.status,
    key,
    client: client.session(view.id, () => bearer),
    claimed,
    park: () => releaseSlot(slot),
    unpark: () => retakeSlot(slot),
    forget: () => {
      releaseSlot(slot);
      void drop(slot);
    },
  });

  /** Exchanges the token for one that only this key's page has, and notes it for a reload. */
  const claim = async (id: string, opened: string, key: SessionKey) => {
    const body = await proveKey(key, id, opened, location.origin);
    return client.claim(id, opened, body, signal);
  };

  try {
    const kept = await load(slot);
    if (kept) {
      const bearer = Promise.resolve(kept.token);
      const before = use(kept.view, kept.key, bearer, Promise.resolve(true));
      const status = await before.client.status(signal).catch(ended);
      if (status) return { ...before, status };
      await drop(slot);
    }

    if (token && minted) {
      const key = await createKey();
      const answer = await claim(minted, token, key);
      const record = { key, token: answer.token, view: answer.session };
      return use(answer.session, key, Promise.resolve(answer.token), save(slot, record));
    }
    if (!profile)
      throw new IdVerifyError('config/profile', 'neither a profile nor a session given');

    const [key, opened] = await Promise.all([
      createKey(),
      client.open({ profile, ...(methods?.length && { methods: [...methods] }) }, signal),
    ]);
    const claiming = claim(opened.session.id, opened.token, key);
    const saving = claiming.then((answer) =>
      save(slot, { key, token: answer.token, view: answer.session }),
    );
    const bearer = claiming.then((answer) => answer.token);
    // Whoever waits for `claimed` is told; a bearer nobody asked for yet must not be an unhandled one.
    bearer.catch(() => undefined);
    return use(opened.session, key, bearer, saving);
  } catch (error) {
    releaseSlot(slot);
    throw error;
  }
}

/** A session that is over or unknown gives way to a new one; a silent server does not. */
function ended(error: unknown): undefined {
  if (error instanceof IdVerifyError && error.category === 'session') return undefined;
  throw error;
}
