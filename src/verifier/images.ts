/** The pictures of a session, as its methods reach them. */
import type { ImageRecord, SessionImages } from '../methods/method-verifier.ts';
import type { KeyRecord, SessionRecord } from '../store/store.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Core } from './core.ts';
import { LIMITS } from './limits.ts';
import { current, requireState } from './session.ts';

/** How a key is named where what it sent is kept; it stays the same when its token is renewed. */
export const senderOf = ({ publicKey: { x, y } }: KeyRecord): string => `${x}.${y}`;

/** @param key index of the one whose pictures they are: what another sent is not there */
export function imagesOf(
  { store }: Core,
  { id, keys }: Pick<SessionRecord, 'id' | 'keys'>,
  key: number,
): SessionImages {
  const owner = keys[key];
  return {
    get: async (hash) => {
      const image = await store.getImage(id, hash);
      return owner && image?.sender === senderOf(owner) ? image : undefined;
    },
    usedElsewhere: async (print) => {
      const user = await store.imageUse(print);
      return user !== undefined && user !== id;
    },
  };
}

/** @throws IdVerifyError `limit/images`, `session/ended`, `session/expired`, `session/conflict` */
export async function putImage(
  core: Core,
  sessionId: string,
  image: Omit<ImageRecord, 'receivedAt'>,
): Promise<ImageRecord> {
  const record = { ...image, receivedAt: core.now() };
  const put = await core.store.putImage(sessionId, record, LIMITS.images);
  if (put === 'full') throw new IdVerifyError('limit/images', 'too many images in one session');
  // An earlier sending of the same bytes counts, with its time.
  const stored = put === 'stored' && (await core.store.getImage(sessionId, image.hash));
  if (stored) return stored;
  requireState(await current(core, sessionId), 'awaiting');
  throw new IdVerifyError('session/conflict', 'the session has moved on');
}
