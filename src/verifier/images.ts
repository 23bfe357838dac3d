/** The pictures of a session, as its methods reach them. */
import type { ImageRecord, SessionImages } from '../methods/method-verifier.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Core } from './core.ts';
import { LIMITS } from './limits.ts';
import { current, requireState } from './session.ts';

export const imagesOf = ({ store }: Core, sessionId: string): SessionImages => ({
  get: (hash) => store.getImage(sessionId, hash),
  usedElsewhere: async (hash) => {
    const user = await store.imageUse(hash);
    return user !== undefined && user !== sessionId;
  },
});

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
