import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { PATIENT, Walk } from '../../../../../test/tools/photo-walk.ts';
import { provideFaceAdapter } from '../face-adapter.ts';

let walk: Walk;
beforeEach(() => {
  walk = new Walk();
});
afterEach(() => walk.end());

describe('the face', () => {
  it('is taken by itself where a detector finds it, and says what is wrong with its place', async function () {
    this.timeout(40_000);
    let box = { x: 0, y: 0, width: 75, height: 75 };
    provideFaceAdapter(async () => ({ detect: async () => [box] }));
    await walk.show({
      challenge: { gestures: [], documents: [{ id: 'passport', steps: ['face'] }] },
    });
    walk.camera.scene = 'face';
    await walk.openCamera('passport');
    await waitUntil(() => walk.text('.advice').includes('近づけて'), walk.text('.advice'), PATIENT);
    box = { x: 800 - 190, y: 450 - 190, width: 380, height: 380 };
    await walk.heading('この写真でよいですか');
  });

  it('without one waits for the shutter', async function () {
    this.timeout(40_000);
    await walk.show({
      challenge: { gestures: [], documents: [{ id: 'passport', steps: ['face'] }] },
    });
    walk.camera.scene = 'face';
    await walk.openCamera('passport');
    await waitUntil(() => walk.text('.advice').includes('撮影する'), walk.text('.advice'), PATIENT);
    await aTimeout(1_500);
    expect(walk.text()).to.contain('顔を撮ります');
  });

  it('a gesture that cannot be done is replaced, then left out', async function () {
    this.timeout(40_000);
    await walk.show({
      challenge: {
        gestures: ['turn_left'],
        spares: ['smile'],
        documents: [{ id: 'passport', steps: ['face'] }],
      },
    });
    await walk.openCamera('passport');
    await walk.heading('顔を撮ります');
    await walk.shutter('face');
    await walk.heading('左を向いて');
    await walk.press('この動きができないとき');
    await walk.heading('ほほえんで');
    await walk.press('この動きができないとき');
    await walk.heading('送ります');
    await walk.sent(1);
    await walk.press('この内容で送る');
    expect(walk.manifest.skipped).to.deep.equal([{ gesture: 'turn_left', reason: 'cannot' }]);
  });
});
