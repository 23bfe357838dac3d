import { expect } from '@open-wc/testing';
import { Walk } from '../../../../../test/tools/photo-walk.ts';
import { provideFaceAdapter } from '../face-adapter.ts';

let walk: Walk;
const click = HTMLInputElement.prototype.click;
beforeEach(() => {
  walk = new Walk();
});
afterEach(() => {
  HTMLInputElement.prototype.click = click;
  walk.end();
});

/** Has the next file be this one, as if the person had chosen it. */
function choosing(file: Blob): void {
  HTMLInputElement.prototype.click = function choose(this: HTMLInputElement) {
    if (this.type !== 'file') return click.call(this);
    const list = new DataTransfer();
    list.items.add(new File([file], 'picture.png', { type: file.type }));
    Object.defineProperty(this, 'files', { value: list.files });
    this.dispatchEvent(new Event('change'));
  };
}

/** A picture with stripes, so that something in it is sharp. */
async function drawn(width = 1_200, height = 900): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  for (let x = 0; context && x < width; x += 8) {
    context.fillStyle = `hsl(${x % 360} 60% ${x % 16 === 0 ? 80 : 40}%)`;
    context.fillRect(x, 0, 8, height);
  }
  return canvas.convertToBlob();
}

const FILES = {
  challenge: {
    files: true,
    gestures: ['smile' as const],
    spares: [],
    documents: [{ id: 'passport', steps: ['face' as const] }],
  },
};

describe('a file', () => {
  it('shows a face only with a flag where nothing looked for one, and never a movement', async function () {
    this.timeout(30_000);
    await walk.show(FILES);
    walk.camera.scene = 'face';
    await walk.openCamera('passport');
    await walk.heading('顔を撮ります');
    choosing(await drawn());
    await walk.press('写真ファイルを選ぶ');
    await walk.heading('よいですか').catch(() => walk.heading('おすすめ'));
    await walk.press('この写真を使う').catch(() => walk.press('このまま使う'));
    await walk.heading('ほほえんで');
    expect(walk.button('写真ファイルを選ぶ')).to.equal(undefined);
    await walk.noted(1);
    const [shot] = walk.kept.log;
    expect(shot?.origin).to.equal('file');
    expect(shot?.flags).to.contain('face_unchecked');
  });

  it('is looked through for a face as a frame is', async function () {
    this.timeout(30_000);
    provideFaceAdapter(async () => ({ detect: async () => [] }));
    await walk.show(FILES);
    walk.camera.scene = 'face';
    await walk.openCamera('passport');
    await walk.heading('顔を撮ります');
    choosing(await drawn());
    await walk.press('写真ファイルを選ぶ');
    await walk.heading('おすすめ');
    expect(walk.text('.warning')).to.contain('顔をだ円に');
    await walk.press('このまま使う');
    await walk.noted(1);
    expect(walk.kept.log[0]?.flags).to.deep.equal(['overridden']);
  });

  it('that is no picture, or too small a one, is said to be', async () => {
    await walk.show(FILES);
    await walk.openCamera('passport');
    await walk.heading('顔を撮ります');
    choosing(new Blob(['no picture'], { type: 'image/png' }));
    await walk.press('写真ファイルを選ぶ');
    const told = async (part: string) => {
      for (let wait = 0; wait < 100 && !walk.text('[role=alert]').includes(part); wait++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(walk.text('[role=alert]')).to.contain(part);
    };
    await told('読み取れません');
    choosing(await drawn(300, 150));
    await walk.press('写真ファイルを選ぶ');
    await told('小さすぎます');
  });
});
