import { expect, waitUntil } from '@open-wc/testing';
import { PATIENT, settled, Walk } from '../../../../../test/tools/photo-walk.ts';
import type { PhotoBody } from '../../evidence.ts';

let walk: Walk;
beforeEach(() => {
  walk = new Walk();
});
afterEach(() => walk.end());

const asked = {
  method: 'photo',
  step: 'data-page',
  reason: { ja: '反射で番号が読めません。', en: 'A reflection hides the number.' },
} as const;

/** Data page and face, sent. */
async function sent(): Promise<void> {
  await walk.show({ challenge: { gestures: [], spares: [] } });
  walk.camera.scene = 'page';
  await walk.openCamera('passport');
  await walk.use();
  await walk.shutter('face');
  await walk.sent(2);
  await walk.press('この内容で送る');
}

describe('one photo again', () => {
  it('says which and why, keeps the rest, and is sent again with one shot more', async function () {
    this.timeout(60_000);
    await sent();
    walk.camera.scene = 'page';
    walk.photo.askAgain(asked);
    await walk.photo.stage.updateComplete;
    await walk.heading('撮り直してください');
    await settled();
    await expect(walk.photo.stage).to.be.accessible();
    expect(walk.text('.panel')).to.contain('反射で番号が読めません。');
    expect(walk.text('.panel')).to.contain('顔写真のページ');
    expect(walk.camera.live.length, 'the camera waits').to.equal(0);
    await walk.press('撮り直す');
    await walk.use();
    await walk.sent(3);
    await walk.heading('送ります');
    await waitUntil(() => walk.button('この内容で送る'), 'sent', PATIENT);
    await walk.press('この内容で送る');
    const { shots } = walk.photo.submitted[1] as unknown as PhotoBody;
    expect(shots.map(({ step }) => step)).to.deep.equal(['data-page', 'face', 'data-page']);
  });

  it('is still open after a reload, and back leads to the wish and nowhere else', async function () {
    this.timeout(60_000);
    await sent();
    walk.photo.askAgain(asked);
    await walk.photo.stage.updateComplete;
    walk.camera.scene = 'empty';
    await walk.press('撮り直す');
    await walk.heading('顔写真のページを撮ります');
    await walk.press('前にもどる');
    await walk.heading('撮り直してください');
    walk.photo.askAgain(asked);
    await walk.photo.stage.updateComplete;
    await walk.press('撮り直す');
    await walk.heading('顔写真のページを撮ります');
    expect(walk.photo.challenges).to.equal(2);
  });
});
