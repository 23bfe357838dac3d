import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { type FakeCamera, fakeCamera } from '../../../test/tools/fake-camera.ts';
import { type PhotoSetting, type PhotoStage, photoStage } from '../../../test/tools/photo-stage.ts';

let camera: FakeCamera;
let photo: PhotoStage;

beforeEach(() => {
  camera = fakeCamera();
});
afterEach(() => {
  photo.end();
  camera.restore();
});

const show = async (setting: PhotoSetting = {}): Promise<ShadowRoot> => {
  photo = photoStage(setting);
  await fixture(html`${photo.stage}`);
  const root = photo.stage.shadowRoot;
  if (!root) throw new Error('no shadow root');
  await heading('に送る情報');
  return root;
};

const root = () => photo.stage.shadowRoot as ShadowRoot;
const text = (selector = 'h2') => root().querySelector<HTMLElement>(selector)?.innerText ?? '';
const heading = (part: string) =>
  waitUntil(() => text().includes(part), `${part}, not reached`, { timeout: 8000 });
const buttons = () => [...root().querySelectorAll<HTMLButtonElement>('button')];
const press = async (label: string): Promise<void> => {
  const find = () =>
    buttons().find(
      (button) =>
        (button.innerText.trim() === label || button.getAttribute('aria-label') === label) &&
        button.getAttribute('aria-disabled') !== 'true',
    );
  await waitUntil(find, `no button ${label}`, { timeout: 8000 });
  find()?.click();
  await photo.stage.updateComplete;
};
const openCamera = async (document = 'driving-licence'): Promise<void> => {
  await press('撮影をはじめる');
  await heading('どの書類');
  root().querySelector<HTMLInputElement>(`input[value=${document}]`)?.click();
  await press('カメラを開く');
};

it('is accessible on every screen of the way', async () => {
  await show();
  await expect(photo.stage).to.be.accessible();
  await openCamera();
  await heading('おもて面');
  await expect(photo.stage).to.be.accessible();
  await heading('この写真でよいですか');
  await expect(photo.stage).to.be.accessible();
});

it('takes a document that is shown well by itself', async () => {
  await show();
  await openCamera();
  await heading('この写真でよいですか');
  expect(text('.findings')).to.contain('ピント');
  await press('この写真を使う');
  await heading('厚み');
  await waitUntil(() => photo.uploads.length === 1, 'not sent', { timeout: 4000 });
});
