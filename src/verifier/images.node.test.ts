import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coreOf, NOW, openSession } from '../../test/verifier/core.ts';
import type { KeyRecord } from '../store/store.ts';
import { imagesOf, putImage, senderOf } from './images.ts';
import { LIMITS } from './limits.ts';

const key = (name: string): KeyRecord => ({
  publicKey: { kty: 'EC', crv: 'P-256', x: name, y: 'y' },
  tokenHash: name,
  sends: true,
});
const keys = [key('first'), key('phone')];
const image = (hash: string, owner = 0) => ({
  hash,
  type: 'image/jpeg',
  bytes: Uint8Array.of(1),
  sender: senderOf(keys[owner] ?? key('nobody')),
  print: `print of ${hash}`,
});

async function opened(changes: Parameters<typeof openSession>[0] = {}) {
  const made = coreOf();
  const session = openSession({ keys, ...changes });
  await made.core.store.create(session);
  return { ...made, session };
}

describe('the pictures of a session', () => {
  it('are those of the key that sent them', async () => {
    const { core, session } = await opened();
    await putImage(core, session.id, image('a'));
    assert.equal((await imagesOf(core, session, 0).get('a'))?.hash, 'a');
    assert.equal(await imagesOf(core, session, 1).get('a'), undefined);
    assert.equal(await imagesOf(core, session, 7).get('a'), undefined);
    assert.equal(await imagesOf(core, session, 0).get('b'), undefined);
  });

  it('sent again keep the time of the first sending', async () => {
    let now = NOW;
    const { core } = coreOf({}, () => now);
    await core.store.create(openSession({ keys }));
    const first = await putImage(core, openSession().id, image('a'));
    now += 1_000;
    const again = await putImage(core, openSession().id, image('a'));
    assert.deepEqual([first.receivedAt, again.receivedAt], [NOW, NOW]);
  });

  it('have an end, and are not taken where nobody waits for them', async () => {
    const { core, session } = await opened();
    for (let each = 0; each < LIMITS.images; each++) {
      await putImage(core, session.id, image(`image ${each}`));
    }
    await assert.rejects(putImage(core, session.id, image('one more')), { code: 'limit/images' });
    const done = await opened({ state: 'done' });
    await assert.rejects(putImage(done.core, session.id, image('a')), { code: 'session/ended' });
    const none = coreOf().core;
    await assert.rejects(putImage(none, session.id, image('a')), { code: 'session/unknown' });
  });

  it('are used elsewhere where another session has them', async () => {
    const { core, session } = await opened();
    await putImage(core, session.id, image('a'));
    const images = imagesOf(core, session, 0);
    assert.equal(await images.usedElsewhere('print of a'), false);
    await core.store.transition(session.id, session.version, {
      session: { ...session, state: 'pending' },
      images: { keep: ['a'], eraseAt: NOW + 1_000, rememberUntil: NOW + 1_000 },
    });
    assert.equal(await images.usedElsewhere('print of a'), false);
    const other = imagesOf(core, { id: 'another', keys }, 0);
    assert.equal(await other.usedElsewhere('print of a'), true);
  });
});
