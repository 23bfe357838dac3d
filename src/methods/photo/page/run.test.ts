import { expect, waitUntil } from '@open-wc/testing';
import { PATIENT, SHORT, settled, Walk } from '../../../../test/tools/photo-walk.ts';
import { equalBytes, fromBase64url } from '../../../wire/bytes.ts';
import { chainStart, shotHash } from '../evidence.ts';

let walk: Walk;
beforeEach(() => {
  walk = new Walk();
});
afterEach(() => walk.end());

it('is accessible on every screen of the way', async function () {
  this.timeout(30_000);
  await walk.show(SHORT);
  await expect(walk.photo.stage).to.be.accessible();
  await walk.press('撮影をはじめる');
  await walk.heading('どの書類');
  await expect(walk.photo.stage).to.be.accessible();
  walk.camera.scene = 'empty';
  await walk.press('カメラを開く');
  await walk.heading('おもて面');
  await waitUntil(() => walk.button('撮影する'), 'the camera', PATIENT);
  await settled();
  await expect(walk.photo.stage).to.be.accessible();
  walk.camera.scene = 'card';
  await walk.heading('この写真でよいですか');
  await expect(walk.photo.stage).to.be.accessible();
});

it('shows before the camera opens how a photo of this document should look', async () => {
  await walk.show(SHORT);
  await walk.press('撮影をはじめる');
  await walk.heading('どの書類');
  const drawn = () => [...walk.root.querySelectorAll('.examples li')];
  await waitUntil(() => drawn().length === 4, 'examples', PATIENT);
  expect(drawn().map(({ className }) => className)).to.deep.equal(['good', 'poor', 'poor', 'poor']);
  const shape = () => {
    const paper = walk.root.querySelector('.examples rect');
    return Number(paper?.getAttribute('width')) / Number(paper?.getAttribute('height'));
  };
  expect(shape()).to.be.closeTo(1.586, 0.01);
  walk.root.querySelector<HTMLInputElement>('input[value=passport]')?.click();
  await walk.photo.stage.updateComplete;
  expect(shape(), 'a passport’s page').to.be.closeTo(1.42, 0.01);
  await walk.press('カメラを開く');
  await walk.heading('顔写真のページ');
});

describe('what is said of a shot', () => {
  it('holds no number that nobody can act on', async function () {
    this.timeout(30_000);
    await walk.show(SHORT);
    await walk.openCamera();
    await walk.heading('この写真でよいですか');
    expect(walk.text('.findings')).not.to.match(/\d/);
  });
});

describe('a whole way', () => {
  it('a card: shots by themselves, then the face, then a manifest whose chain holds', async function () {
    this.timeout(60_000);
    await walk.show({ challenge: { gestures: ['smile'], spares: [] } });
    await walk.openCamera();
    await walk.use('card');
    await walk.heading('厚み');
    await walk.use('slanted');
    await walk.heading('うら面');
    await walk.use('card');
    await walk.heading('顔を撮ります');
    await walk.shutter('face');
    await walk.heading('ほほえんで');
    await walk.shutter('face');
    await walk.heading('送ります');
    await walk.sent(5);
    expect(walk.camera.live.length, 'the camera is closed').to.equal(0);
    await walk.press('この内容で送る');

    const { shots, count, skipped, photo: id } = walk.manifest;
    expect(shots.map(({ step }) => step)).to.deep.equal([
      'front',
      'thickness',
      'back',
      'face',
      'gesture',
    ]);
    expect(count).to.equal(5);
    expect(skipped).to.deep.equal([]);
    let prev = await chainStart(id);
    for (const [index, shot] of shots.entries()) {
      expect(equalBytes(shot.prev, prev), `shot ${index}`).to.equal(true);
      prev = await shotHash(shot);
      const upload = walk.photo.uploads[index];
      const digest = await crypto.subtle.digest(
        'SHA-256',
        upload?.bytes as Uint8Array<ArrayBuffer>,
      );
      expect(equalBytes(new Uint8Array(digest), shot.image.sha256)).to.equal(true);
      expect(equalBytes(fromBase64url(upload?.hash ?? ''), shot.image.sha256)).to.equal(true);
    }
    expect(shots.slice(0, 3).map(({ capture }) => capture)).to.deep.equal(['auto', 'auto', 'auto']);
    expect(
      shots.slice(0, 3).map(({ flags }) => flags.filter((flag) => flag !== 'small')),
    ).to.deep.equal([[], [], []]);
    expect(shots[1]?.quality?.tilt).to.be.within(380, 520);
    expect(shots[0]?.quad).to.have.lengthOf(8);
  });

  it('pictures are JPEG without EXIF, of the size the manifest says', async function () {
    this.timeout(30_000);
    await walk.show(SHORT);
    await walk.openCamera();
    await walk.use('card');
    await walk.sent(1);
    const bytes = walk.photo.uploads[0]?.bytes ?? new Uint8Array();
    expect([...bytes.slice(0, 3)]).to.deep.equal([0xff, 0xd8, 0xff]);
    const start = String.fromCharCode(...bytes.slice(0, 4096));
    expect(start).not.to.contain('Exif');
    const picture = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    expect(Math.max(picture.width, picture.height)).to.be.at.most(1920);
  });
});

describe('the thickness shot', () => {
  it('from above says so, and goes on with a flag after some tries', async function () {
    this.timeout(60_000);
    await walk.show(SHORT);
    await walk.openCamera();
    await walk.use();
    await walk.heading('厚み');
    await waitUntil(() => walk.text('.advice').includes('手前から'), walk.text('.advice'), PATIENT);
    for (let attempt = 1; attempt <= 3; attempt++) {
      await walk.press('撮影する');
      await walk.heading(attempt < 3 ? '撮り直してください' : '撮り直しをおすすめ');
      if (attempt < 3) {
        expect(walk.button('このまま使う')).to.equal(undefined);
        await walk.press('撮り直す');
        await walk.heading('厚み');
      }
    }
    await walk.press('このまま使う');
    await walk.heading('うら面');
    await walk.sent(2);
  });
});
