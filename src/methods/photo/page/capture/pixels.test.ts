/** Enough pixels of the document: the best the camera gives, or another one. */
import { expect, waitUntil } from '@open-wc/testing';
import { lens } from '../../../../../test/tools/fake-camera.ts';
import { PATIENT, SHORT, Walk } from '../../../../../test/tools/photo-walk.ts';

let walk: Walk | undefined;
const globals = globalThis as { ImageCapture?: unknown };
const before = globals.ImageCapture;
afterEach(() => {
  globals.ImageCapture = before;
  walk?.end();
});

/** Has the camera take photos of its own. */
function photographs(walk: Walk, width: number, height: number, takes = [width, height]): void {
  globals.ImageCapture = class {
    getPhotoCapabilities = async () => ({
      imageWidth: { max: width },
      imageHeight: { max: height },
    });
    takePhoto = () => walk.camera.still(takes[0] ?? 0, takes[1] ?? 0);
  };
}

async function firstShot(walk: Walk) {
  await walk.show(SHORT);
  await walk.openCamera();
  await walk.use();
  await walk.noted(1);
  return walk.kept.log[0];
}

describe('the camera’s own photo', () => {
  it('takes the place of the frame where it has more pixels', async function () {
    this.timeout(30_000);
    walk = new Walk();
    photographs(walk, 2_400, 1_350);
    const shot = await firstShot(walk);
    expect(shot?.image.width, 'cut to the limit, from more').to.equal(1_920);
    expect(shot?.capture).to.equal('auto');
    expect((shot?.quad?.[2] ?? 0) - (shot?.quad?.[0] ?? 0)).to.be.above(1_200);
  });

  it('is left where it has not, or shows something else by now', async function () {
    this.timeout(60_000);
    for (const takes of [
      [1_600, 900],
      [0, 0],
    ]) {
      walk?.end();
      walk = new Walk();
      photographs(walk, takes[0] ? 1_600 : 2_400, 1_350, takes);
      expect((await firstShot(walk))?.image.width).to.equal(1_600);
    }
  });
});

for (const [width, height] of [
  [320, 240],
  [640, 480],
  [480, 640],
] as const) {
  it(`a camera of ${width} × ${height} is said to be too coarse at once, and what to do`, async function () {
    this.timeout(30_000);
    walk = new Walk(width, height);
    let moved = 0;
    walk.camera.devices = [lens('one', 'Webcam')];
    await walk.show({ ...SHORT, transfer: () => moved++ });
    await walk.openCamera();
    const said = () => walk?.text('.advice').includes('別のカメラかスマホ');
    await waitUntil(said, walk.text('.advice'), PATIENT);
    const phone = () => walk?.root.querySelector<HTMLButtonElement>('[part=secondary]');
    await waitUntil(() => phone()?.innerText.includes('スマホで撮る'), 'the phone', PATIENT);
    expect(walk.text()).to.contain('おもて面');
    phone()?.click();
    expect(moved).to.equal(1);
  });
}
