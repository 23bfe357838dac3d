import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { lens } from '../../../../../test/tools/fake-camera.ts';
import type { PhotoSetting } from '../../../../../test/tools/photo-stage.ts';
import { PATIENT, SHORT, settled, Walk } from '../../../../../test/tools/photo-walk.ts';

let walk: Walk;
beforeEach(() => {
  walk = new Walk();
});
afterEach(() => walk.end());

describe('the camera', () => {
  const failing = async (name: string, setting: PhotoSetting = {}): Promise<void> => {
    walk.camera.failure = new DOMException('made up', name);
    await walk.show(setting);
    await walk.openCamera();
  };

  it('refused: says how to allow it, and opens once it is allowed', async () => {
    await failing('NotAllowedError');
    await walk.heading('許可');
    await settled();
    await expect(walk.photo.stage).to.be.accessible();
    walk.camera.failure = undefined;
    await walk.press('もう一度開く');
    await walk.heading('おもて面');
  });

  it('none: files and the phone where they are possible, and goes on when one is plugged in', async () => {
    let moved = 0;
    await failing('NotFoundError', { challenge: { files: true }, transfer: () => moved++ });
    await walk.heading('見つかりません');
    expect(walk.button('写真ファイルを選ぶ')).not.to.equal(undefined);
    await walk.press('スマホで撮る');
    expect(moved).to.equal(1);
    walk.camera.failure = undefined;
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await walk.heading('おもて面');
  });

  it('busy: says so; without files and phone another method is offered', async () => {
    await failing('NotReadableError');
    await walk.heading('別のアプリ');
    expect(walk.button('写真ファイルを選ぶ')).to.equal(undefined);
    expect(walk.button('スマホで撮る')).to.equal(undefined);
    await walk.press('ほかの方法にする');
    expect(walk.photo.stage.asked).to.deep.equal(['other']);
  });

  it('inside an app that has no clipboard either: says where the link is', async () => {
    for (const name of ['mediaDevices', 'clipboard']) {
      Object.defineProperty(navigator, name, { value: undefined, configurable: true });
    }
    try {
      await walk.show(SHORT);
      await walk.openCamera();
      await walk.heading('Safari');
      await walk.press('リンクをコピー');
      const told = () => walk.text('.panel').includes('アドレス欄のリンク');
      await waitUntil(told, 'said', PATIENT);
    } finally {
      Reflect.deleteProperty(navigator, 'clipboard');
    }
  });

  it('asks for nothing exact, and only for a picture', async () => {
    walk.camera.scene = 'empty';
    await walk.show(SHORT);
    await walk.openCamera();
    await waitUntil(() => walk.camera.live.length === 1, 'open', PATIENT);
    expect(JSON.stringify(walk.camera.asked)).not.to.contain('exact');
  });

  it('is switched by the person, one stream at a time', async () => {
    walk.camera.scene = 'empty';
    walk.camera.devices = [lens('one', 'Back Camera'), lens('two', 'Front Camera')];
    await walk.show(SHORT);
    await walk.openCamera();
    await walk.press('カメラを切り替える');
    await waitUntil(() => walk.camera.asked.length === 2, 'asked again', PATIENT);
    expect(walk.camera.asked[1]?.deviceId).to.deep.equal({ exact: 'two' });
    await waitUntil(() => walk.camera.live.length === 1, 'one', PATIENT);
  });

  it('with a better lens: found once, and opened at once from then on', async () => {
    walk.camera.scene = 'empty';
    walk.camera.devices = [
      lens('one', 'Back Ultra Wide Camera'),
      lens('two', 'Back Dual Wide Camera'),
    ];
    await walk.show(SHORT);
    await walk.openCamera();
    await waitUntil(() => walk.button('撮影する'), 'live', PATIENT);
    expect(walk.camera.asked.length, 'the browser’s choice, then the better one').to.equal(2);
    walk.camera.lose();
    await waitUntil(() => walk.camera.asked.length === 3, 'again', PATIENT);
    await waitUntil(() => walk.button('撮影する'), 'live again', PATIENT);
    expect(walk.camera.asked.length).to.equal(3);
    expect(walk.camera.asked[2]?.deviceId).to.deep.equal({ exact: 'two' });
  });

  it('says by itself whether its light is on', async () => {
    walk.camera.scene = 'empty';
    walk.camera.torch = false;
    await walk.show(SHORT);
    await walk.openCamera();
    await walk.press('ライトをつける');
    await waitUntil(() => walk.button('ライトを消す'), 'on', PATIENT);
    // It went out with the stream, and nobody told the page.
    walk.camera.torch = false;
    walk.camera.lose();
    await waitUntil(() => walk.button('ライトをつける'), 'off', PATIENT);
  });

  it('that ends by itself is opened again', async () => {
    walk.camera.scene = 'empty';
    await walk.show(SHORT);
    await walk.openCamera();
    await waitUntil(() => walk.button('撮影する'), 'live', PATIENT);
    walk.camera.lose();
    await waitUntil(() => walk.camera.asked.length === 2, 'again', PATIENT);
    expect(walk.camera.live.length).to.equal(1);
    expect(walk.text()).to.contain('おもて面');
  });

  it('that is taken away again and again is said', async function () {
    this.timeout(40_000);
    walk.camera.scene = 'empty';
    await walk.show(SHORT);
    await walk.openCamera();
    for (let time = 1; time <= 3; time++) {
      await waitUntil(() => walk.button('撮影する'), 'live', PATIENT);
      walk.camera.lose();
      await walk.photo.stage.updateComplete;
    }
    await walk.heading('映像が届いていません');
  });

  it('that stays black is opened again, and after some times said', async function () {
    this.timeout(30_000);
    walk.camera.scene = 'black';
    await walk.show(SHORT);
    await walk.openCamera();
    await waitUntil(() => walk.text().includes('映像が届いていません'), walk.text(), {
      timeout: 20_000,
    });
    expect(walk.camera.asked.length).to.equal(3);
    expect(walk.camera.live.length).to.equal(0);
  });

  it('is closed at once when the attempt ends, also while it opens', async () => {
    walk.camera.scene = 'empty';
    await walk.show(SHORT);
    await walk.openCamera();
    await waitUntil(() => walk.camera.live.length === 1, 'open', PATIENT);
    walk.photo.end();
    expect(walk.camera.live.length).to.equal(0);
    await walk.show(SHORT);
    await walk.openCamera();
    walk.photo.end();
    await aTimeout(500);
    expect(walk.camera.live.length).to.equal(0);
  });
});
