import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { type FakeCamera, fakeCamera, lens } from '../../../test/tools/fake-camera.ts';
import { type PhotoSetting, type PhotoStage, photoStage } from '../../../test/tools/photo-stage.ts';
import { equalBytes, fromBase64url } from '../../wire/bytes.ts';
import { IdVerifyError } from '../../wire/error.ts';
import { chainStart, type PhotoBody, shotHash } from './evidence.ts';
import { provideFaceAdapter } from './face/provide.ts';

/** Engines without a GPU are slow with video. */
const PATIENT = { timeout: 9_000 };

let camera: FakeCamera;
let photo: PhotoStage;

beforeEach(() => {
  camera = fakeCamera();
});
afterEach(() => {
  photo.end();
  camera.restore();
  provideFaceAdapter(undefined);
});

const show = async (setting: PhotoSetting = {}): Promise<void> => {
  photo = photoStage(setting);
  await fixture(html`${photo.stage}`);
  await heading('に送る情報');
};

const root = () => photo.stage.shadowRoot as ShadowRoot;
const text = (selector = 'h2') => root().querySelector<HTMLElement>(selector)?.innerText ?? '';
const heading = (part: string) =>
  waitUntil(() => text().includes(part), `${part}, not reached from ${text()}`, PATIENT);
const button = (label: string) =>
  [...root().querySelectorAll<HTMLButtonElement>('button')].find(
    (one) =>
      (one.innerText.trim() === label || one.getAttribute('aria-label')?.startsWith(label)) &&
      one.getAttribute('aria-disabled') !== 'true',
  );
const press = async (label: string): Promise<void> => {
  await waitUntil(() => button(label), `no button ${label} in ${text()}`, PATIENT);
  button(label)?.click();
  await photo.stage.updateComplete;
};
const openCamera = async (document = 'driving-licence'): Promise<void> => {
  await press('撮影をはじめる');
  await heading('どの書類');
  root().querySelector<HTMLInputElement>(`input[value=${document}]`)?.click();
  await press('カメラを開く');
};
/** Waits for the shot that is taken by itself, and uses it. */
const use = async (scene?: FakeCamera['scene']): Promise<void> => {
  if (scene) camera.scene = scene;
  await heading('この写真でよいですか');
  await press('この写真を使う');
};
/** Presses the shutter, then uses what came of it. */
const shutter = async (scene: FakeCamera['scene']): Promise<void> => {
  camera.scene = scene;
  await press('撮影する');
  await waitUntil(() => button('この写真を使う') ?? button('このまま使う'), 'no shot', PATIENT);
  (button('この写真を使う') ?? button('このまま使う'))?.click();
};
const sent = (count: number) =>
  waitUntil(() => photo.uploads.length === count, `${photo.uploads.length} sent`, PATIENT);
const manifest = () => photo.submitted[0] as unknown as PhotoBody;

/** A button's colour takes a moment to change. */
const settled = () => aTimeout(250);

const SHORT: PhotoSetting = { challenge: { gestures: [], spares: [] } };

it('is accessible on every screen of the way', async function () {
  this.timeout(30_000);
  await show(SHORT);
  await expect(photo.stage).to.be.accessible();
  await press('撮影をはじめる');
  await heading('どの書類');
  await expect(photo.stage).to.be.accessible();
  camera.scene = 'empty';
  await press('カメラを開く');
  await heading('おもて面');
  await waitUntil(() => button('撮影する'), 'the camera', PATIENT);
  await settled();
  await expect(photo.stage).to.be.accessible();
  camera.scene = 'card';
  await heading('この写真でよいですか');
  await expect(photo.stage).to.be.accessible();
});

describe('a whole way', () => {
  it('a card: shots by themselves, then the face, then a manifest whose chain holds', async function () {
    this.timeout(60_000);
    await show({ challenge: { gestures: ['smile'], spares: [] } });
    await openCamera();
    await use('card');
    await heading('厚み');
    await use('slanted');
    await heading('うら面');
    await use('card');
    await heading('顔を撮ります');
    await shutter('face');
    await heading('ほほえんで');
    await shutter('face');
    await heading('送ります');
    await sent(5);
    expect(camera.live.length, 'the camera is closed').to.equal(0);
    await press('この内容で送る');

    const { shots, count, skipped, photo: id } = manifest();
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
      const upload = photo.uploads[index];
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
    await show(SHORT);
    await openCamera('passport');
    camera.scene = 'card';
    await press('撮影する');
    await press('このまま使う').catch(() => press('この写真を使う'));
    await sent(1);
    const bytes = photo.uploads[0]?.bytes ?? new Uint8Array();
    expect([...bytes.slice(0, 3)]).to.deep.equal([0xff, 0xd8, 0xff]);
    const start = String.fromCharCode(...bytes.slice(0, 4096));
    expect(start).not.to.contain('Exif');
    const picture = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    expect(Math.max(picture.width, picture.height)).to.be.at.most(1920);
  });
});

describe('nothing accepted is lost', () => {
  it('by going back', async function () {
    this.timeout(30_000);
    await show(SHORT);
    await openCamera();
    await use();
    await heading('厚み');
    camera.scene = 'empty';
    await press('前にもどる');
    await heading('受け取り済み');
    await press('前にもどる');
    await heading('どの書類');
    await press('続ける');
    await heading('厚み');
    expect(photo.uploads.length).to.equal(1);
  });

  it('by a reload: only what is still open is taken', async function () {
    this.timeout(30_000);
    await show(SHORT);
    await openCamera();
    await use();
    await heading('厚み');
    await sent(1);
    camera.scene = 'empty';
    await waitUntil(() => photo.kept instanceof Uint8Array, 'kept', PATIENT);
    await waitUntil(() => (photo.kept as Uint8Array).length > 600, 'the shot is kept', PATIENT);
    photo.restart();
    await press('続きから撮影する');
    await heading('厚み');
    expect(photo.challenges, 'the challenge still holds').to.equal(1);
    expect(root().querySelectorAll('.station.accepted').length).to.equal(1);
  });

  it('what is kept holds no picture', async function () {
    this.timeout(30_000);
    await show(SHORT);
    await openCamera();
    await use();
    await sent(1);
    await waitUntil(() => (photo.kept as Uint8Array).length > 600, 'the shot is kept', PATIENT);
    expect((photo.kept as Uint8Array).length).to.be.below(4_000);
  });

  it('by a connection that breaks', async function () {
    this.timeout(40_000);
    let broken = true;
    await show(SHORT);
    photo.gate = async () => {
      if (broken) throw new IdVerifyError('unavailable/network', 'cut');
    };
    await openCamera();
    await use();
    await heading('厚み');
    await aTimeout(300);
    expect(photo.uploads.length).to.equal(0);
    broken = false;
    dispatchEvent(new Event('online'));
    await sent(1);
    expect(photo.failures).to.deep.equal([]);
  });

  it('a refusal of an upload ends the attempt with its reason', async function () {
    this.timeout(30_000);
    await show(SHORT);
    photo.gate = async () => {
      throw new IdVerifyError('limit/image', 'too large');
    };
    await openCamera();
    await use();
    await waitUntil(() => photo.failures.length > 0, 'no failure', PATIENT);
    expect(photo.failures[0]?.code).to.equal('limit/image');
  });
});

describe('the thickness shot', () => {
  it('from above says so, and goes on with a flag after some tries', async function () {
    this.timeout(60_000);
    await show(SHORT);
    await openCamera();
    await use();
    await heading('厚み');
    await waitUntil(() => text('.advice').includes('手前から'), text('.advice'), PATIENT);
    for (let attempt = 1; attempt <= 3; attempt++) {
      await press('撮影する');
      await heading('撮り直し');
      if (attempt < 3) {
        expect(button('このまま使う')).to.equal(undefined);
        await press('撮り直す');
        await heading('厚み');
      }
    }
    await press('このまま使う');
    await heading('うら面');
    await sent(2);
  });
});

describe('the face', () => {
  it('is taken by itself where a detector finds it, and says what is wrong with its place', async function () {
    this.timeout(40_000);
    let box = { x: 0, y: 0, width: 60, height: 60 };
    provideFaceAdapter(async () => ({ detect: async () => [box] }));
    await show({ challenge: { gestures: [], documents: [{ id: 'passport', steps: ['face'] }] } });
    camera.scene = 'face';
    await openCamera('passport');
    await waitUntil(() => text('.advice').includes('近づけて'), text('.advice'), PATIENT);
    box = { x: 640 - 150, y: 360 - 150, width: 300, height: 300 };
    await heading('この写真でよいですか');
  });

  it('without one waits for the shutter', async function () {
    this.timeout(40_000);
    await show({ challenge: { gestures: [], documents: [{ id: 'passport', steps: ['face'] }] } });
    camera.scene = 'face';
    await openCamera('passport');
    await waitUntil(() => text('.advice').includes('撮影する'), text('.advice'), PATIENT);
    await aTimeout(1_500);
    expect(text()).to.contain('顔を撮ります');
  });

  it('a gesture that cannot be done is replaced, then left out', async function () {
    this.timeout(40_000);
    await show({
      challenge: {
        gestures: ['turn_left'],
        spares: ['smile'],
        documents: [{ id: 'passport', steps: ['face'] }],
      },
    });
    await openCamera('passport');
    await heading('顔を撮ります');
    await shutter('face');
    await heading('左を向いて');
    await press('この動きができないとき');
    await heading('ほほえんで');
    await press('この動きができないとき');
    await heading('送ります');
    await sent(1);
    await press('この内容で送る');
    expect(manifest().skipped).to.deep.equal([{ gesture: 'turn_left', reason: 'cannot' }]);
  });
});

describe('numbers to be covered', () => {
  const insurance: PhotoSetting = {
    challenge: {
      gestures: [],
      documents: [{ id: 'health-insurance-eligibility', steps: ['front'] }],
    },
  };

  it('are painted over before anything is sent, moved by keys', async function () {
    this.timeout(40_000);
    await show(insurance);
    await openCamera('health-insurance-eligibility');
    await heading('番号を隠して');
    const box = root().querySelector<SVGGElement>('.mask');
    const place = () => Number(root().querySelector('.mask rect')?.getAttribute('x'));
    const before = place();
    box?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await photo.stage.updateComplete;
    expect(place()).to.be.below(before);
    await expect(photo.stage).to.be.accessible();
    const rect = root().querySelector('.mask rect');
    const size = (name: string) => Number(rect?.getAttribute(name));
    const middle = [size('x') + size('width') / 2, size('y') + size('height') / 2] as const;
    await press('隠して使う');
    await sent(1);
    const bytes = photo.uploads[0]?.bytes as Uint8Array<ArrayBuffer>;
    const picture = await createImageBitmap(new Blob([bytes]));
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    const context = canvas.getContext('2d');
    context?.drawImage(picture, 0, 0);
    const pixel = context?.getImageData(...middle, 1, 1).data;
    expect(Math.max(...[...(pixel ?? [255])].slice(0, 3))).to.be.below(12);
    await heading('送ります');
    await waitUntil(() => button('この内容で送る'), 'sent', PATIENT);
    await press('この内容で送る');
    expect(manifest().shots[0]?.masks).to.have.lengthOf(4);
  });
});

describe('the camera', () => {
  const failing = async (name: string, setting: PhotoSetting = {}): Promise<void> => {
    camera.failure = new DOMException('made up', name);
    await show(setting);
    await openCamera();
  };

  it('refused: says how to allow it, and opens once it is allowed', async () => {
    await failing('NotAllowedError');
    await heading('許可');
    await settled();
    await expect(photo.stage).to.be.accessible();
    camera.failure = undefined;
    await press('もう一度開く');
    await heading('おもて面');
  });

  it('none: files and the phone where they are possible, and goes on when one is plugged in', async () => {
    let moved = 0;
    await failing('NotFoundError', { challenge: { files: true }, transfer: () => moved++ });
    await heading('見つかりません');
    expect(button('写真ファイルを選ぶ')).not.to.equal(undefined);
    await press('スマホで撮る');
    expect(moved).to.equal(1);
    camera.failure = undefined;
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await heading('おもて面');
  });

  it('busy: says so; without files and phone another method is offered', async () => {
    await failing('NotReadableError');
    await heading('別のアプリ');
    expect(button('写真ファイルを選ぶ')).to.equal(undefined);
    expect(button('スマホで撮る')).to.equal(undefined);
    await press('ほかの方法にする');
    expect(photo.stage.asked).to.deep.equal(['other']);
  });

  it('asks for nothing exact, and only for a picture', async () => {
    camera.scene = 'empty';
    await show(SHORT);
    await openCamera();
    await waitUntil(() => camera.live.length === 1, 'open', PATIENT);
    expect(JSON.stringify(camera.asked)).not.to.contain('exact');
  });

  it('is switched by the person, one stream at a time', async () => {
    camera.scene = 'empty';
    camera.devices = [lens('one', 'Back Camera'), lens('two', 'Front Camera')];
    await show(SHORT);
    await openCamera();
    await press('カメラを切り替える');
    await waitUntil(() => camera.asked.length === 2, 'asked again', PATIENT);
    expect(camera.asked[1]?.deviceId).to.deep.equal({ ideal: 'two' });
    await waitUntil(() => camera.live.length === 1, 'one', PATIENT);
  });

  it('that ends by itself is opened again', async () => {
    camera.scene = 'empty';
    await show(SHORT);
    await openCamera();
    await waitUntil(() => button('撮影する'), 'live', PATIENT);
    const [track] = camera.live[0]?.getVideoTracks() ?? [];
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
    await waitUntil(() => camera.live.length === 1, 'again', PATIENT);
  });

  it('that stays black is opened again, and after some times said', async function () {
    this.timeout(30_000);
    camera.scene = 'black';
    await show(SHORT);
    await openCamera();
    await waitUntil(() => text().includes('映像が届いていません'), text(), { timeout: 20_000 });
    expect(camera.asked.length).to.equal(3);
    expect(camera.live.length).to.equal(0);
  });

  it('is closed at once when the attempt ends, also while it opens', async () => {
    camera.scene = 'empty';
    await show(SHORT);
    await openCamera();
    await waitUntil(() => camera.live.length === 1, 'open', PATIENT);
    photo.end();
    expect(camera.live.length).to.equal(0);
    await show(SHORT);
    await openCamera();
    photo.end();
    await aTimeout(500);
    expect(camera.live.length).to.equal(0);
  });
});

describe('memory', () => {
  it('stays flat over 50 retakes: every frame is given back', async function () {
    this.timeout(120_000);
    const original = globalThis.createImageBitmap;
    let made = 0;
    globalThis.createImageBitmap = ((...parameters: Parameters<typeof original>) => {
      made++;
      return original(...parameters);
    }) as typeof original;
    try {
      await show(SHORT);
      await openCamera();
      const canvases = new Set<HTMLCanvasElement>();
      for (let retake = 0; retake < 50; retake++) {
        await press('撮影する');
        await waitUntil(() => root().querySelector('.picture canvas'), 'shot', PATIENT);
        const canvas = root().querySelector<HTMLCanvasElement>('.picture canvas');
        if (canvas) canvases.add(canvas);
        await press('撮り直す');
      }
      expect(canvases.size).to.equal(50);
      expect(
        [...canvases].every(({ width }) => width === 0),
        'canvases are freed',
      ).to.equal(true);
      expect(camera.asked.length, 'one stream for all').to.equal(1);
      expect(made).to.be.above(50);
    } finally {
      globalThis.createImageBitmap = original;
    }
  });
});
