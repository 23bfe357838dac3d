/** What browsers lack that have a camera, one by one: the shot is taken all the same. */
import { expect, waitUntil } from '@open-wc/testing';

/** Workers of this page from now on: without the canvas that pixels are read from. */
let crippled = false;
const RealWorker = globalThis.Worker;
globalThis.Worker = class extends RealWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    const script = `delete globalThis.OffscreenCanvas; import(${JSON.stringify(String(url))})`;
    const relay = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    super(crippled ? relay : url, options);
  }
};
// Loaded behind it: the page's own class of worker is made of what it finds.
const { PATIENT, SHORT, Walk } = await import('../../../../../test/tools/photo-walk.ts');

let walk: InstanceType<typeof Walk>;
let restore: (() => void)[] = [];
beforeEach(() => {
  walk = new Walk();
});
afterEach(() => {
  for (const one of restore) one();
  restore = [];
  crippled = false;
  walk.end();
});

/** Takes a property of the page away for one test. */
function without(target: object, name: string): void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  if (!before) return;
  Reflect.deleteProperty(target, name);
  restore.push(() => Object.defineProperty(target, name, before));
}

async function takesOne(): Promise<string> {
  await walk.show(SHORT);
  await walk.openCamera();
  await walk.use();
  await walk.noted(1);
  const [shot] = walk.kept.log;
  return shot?.quality?.verdict ?? '';
}

describe('a shot is taken by itself', () => {
  const missing: readonly (readonly [string, object, string])[] = [
    ['ImageCapture', globalThis, 'ImageCapture'],
    ['OffscreenCanvas on the page', globalThis, 'OffscreenCanvas'],
    ['news of video frames', HTMLVideoElement.prototype, 'requestVideoFrameCallback'],
    ['a detector of faces', globalThis, 'FaceDetector'],
    ['questions to permissions', Navigator.prototype, 'permissions'],
  ];
  for (const [what, target, name] of missing) {
    it(`without ${what}`, async function () {
      this.timeout(30_000);
      without(target, name);
      expect(name in target, name).to.equal(false);
      expect(await takesOne()).to.equal('good');
    });
  }

  it('where the worker runs and cannot measure: the page does', async function () {
    this.timeout(30_000);
    crippled = true;
    await walk.show(SHORT);
    await walk.openCamera();
    await walk.use();
    await walk.heading('厚み');
    await walk.shutter('slanted');
    await walk.heading('うら面');
    await walk.use('card');
    await walk.shutter('face');
    await walk.heading('送ります');
    await waitUntil(() => walk.button('この内容で送る'), 'sent', PATIENT);
    await walk.press('この内容で送る');
    expect(walk.manifest.environment.analysis).to.equal('page');
    expect(walk.manifest.shots[0]?.quality?.verdict).to.equal('good');
  });
});

it('a camera that was refused is said to be, where permissions cannot be asked', async () => {
  without(Navigator.prototype, 'permissions');
  walk.camera.failure = new DOMException('made up', 'NotAllowedError');
  await walk.show(SHORT);
  await walk.openCamera();
  await walk.heading('許可されていません');
});

it('a document that stands upright is said to', async function () {
  this.timeout(30_000);
  walk.camera.scene = 'upright';
  await walk.show(SHORT);
  await walk.openCamera();
  await waitUntil(() => walk.text('.advice').includes('縦に'), walk.text('.advice'), PATIENT);
});
