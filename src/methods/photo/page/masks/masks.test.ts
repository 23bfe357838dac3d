import { expect, waitUntil } from '@open-wc/testing';
import type { PhotoSetting } from '../../../../../test/tools/photo-stage.ts';
import { PATIENT, SHORT, settled, Walk } from '../../../../../test/tools/photo-walk.ts';

let walk: Walk;
beforeEach(() => {
  walk = new Walk();
});
afterEach(() => walk.end());

describe('numbers to be covered', () => {
  const insurance: PhotoSetting = {
    challenge: {
      gestures: [],
      documents: [{ id: 'health-insurance-eligibility', steps: ['front'] }],
    },
  };

  it('are painted over before anything is sent, moved by keys', async function () {
    this.timeout(40_000);
    await walk.show(insurance);
    await walk.openCamera('health-insurance-eligibility');
    await walk.heading('番号を隠して');
    await waitUntil(() => walk.root.querySelector('.mask'), 'the boxes', PATIENT);
    const box = walk.root.querySelector<SVGGElement>('.mask');
    const place = () => Number(walk.root.querySelector('.mask rect')?.getAttribute('x'));
    const before = place();
    box?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await walk.photo.stage.updateComplete;
    expect(place()).to.be.below(before);
    await settled();
    await expect(walk.photo.stage).to.be.accessible();
    const rect = walk.root.querySelector('.mask rect');
    const size = (name: string) => Number(rect?.getAttribute(name));
    const middle = [size('x') + size('width') / 2, size('y') + size('height') / 2] as const;
    await walk.press('隠して使う');
    await walk.sent(1);
    const bytes = walk.photo.uploads[0]?.bytes as Uint8Array<ArrayBuffer>;
    const picture = await createImageBitmap(new Blob([bytes]));
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    const context = canvas.getContext('2d');
    context?.drawImage(picture, 0, 0);
    const pixel = context?.getImageData(...middle, 1, 1).data;
    expect(Math.max(...[...(pixel ?? [255])].slice(0, 3))).to.be.below(12);
    await walk.heading('送ります');
    await waitUntil(() => walk.button('この内容で送る'), 'sent', PATIENT);
    await walk.press('この内容で送る');
    expect(walk.manifest.shots[0]?.masks).to.have.lengthOf(4);
  });
});

describe('memory', () => {
  const RETAKES = 8;

  // What it weighs over many more is measured end to end.
  it('retakes free their canvases, and one stream serves them all', async function () {
    this.timeout(60_000);
    await walk.show(SHORT);
    await walk.openCamera();
    const canvases = new Set<HTMLCanvasElement>();
    for (let retake = 0; retake < RETAKES; retake++) {
      await walk.press('撮影する');
      await waitUntil(() => walk.root.querySelector('.picture canvas'), 'shot', PATIENT);
      const canvas = walk.root.querySelector<HTMLCanvasElement>('.picture canvas');
      if (canvas) canvases.add(canvas);
      await walk.press('撮り直す');
    }
    expect(canvases.size).to.equal(RETAKES);
    expect(
      [...canvases].every(({ width }) => width === 0),
      'canvases are freed',
    ).to.equal(true);
    expect(walk.camera.asked.length, 'one stream for all').to.equal(1);
  });
});
