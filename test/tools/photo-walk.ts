/** Goes through the photo rung by its buttons, as a person would. */
import { aTimeout, fixture, html, waitUntil } from '@open-wc/testing';
import type { PhotoBody } from '../../src/methods/photo/evidence.ts';
import { provideFaceAdapter } from '../../src/methods/photo/page/face-adapter.ts';
import type { Progress } from '../../src/methods/photo/page/progress.ts';
import { type FakeCamera, fakeCamera } from './fake-camera.ts';
import { type PhotoSetting, type PhotoStage, photoStage } from './photo-stage.ts';

/** Engines without a GPU are slow with video. */
export const PATIENT = { timeout: 12_000 };

/** A document and the face, no gestures. */
export const SHORT: PhotoSetting = { challenge: { gestures: [], spares: [] } };

export class Walk {
  readonly camera: FakeCamera;
  photo: PhotoStage = photoStage();

  /** @param size of the camera */
  constructor(...size: Parameters<typeof fakeCamera>) {
    this.camera = fakeCamera(...size);
  }

  async show(setting: PhotoSetting = {}): Promise<void> {
    this.photo.end();
    this.photo = photoStage(setting);
    await fixture(html`${this.photo.stage}`);
    await this.heading('に送る情報');
  }

  end(): void {
    this.photo.end();
    this.camera.restore();
    provideFaceAdapter(undefined);
  }

  get root(): ShadowRoot {
    return this.photo.stage.shadowRoot as ShadowRoot;
  }

  text(selector = 'h2'): string {
    return this.root.querySelector<HTMLElement>(selector)?.innerText ?? '';
  }

  heading(part: string): Promise<void> {
    return waitUntil(() => this.text().includes(part), `${part}, not ${this.text()}`, PATIENT);
  }

  /** A button that can be pressed, by its words. */
  button(label: string): HTMLButtonElement | undefined {
    return [...this.root.querySelectorAll<HTMLButtonElement>('button')].find(
      (one) =>
        (one.innerText.trim() === label || one.getAttribute('aria-label')?.startsWith(label)) &&
        one.getAttribute('aria-disabled') !== 'true',
    );
  }

  async press(label: string): Promise<void> {
    await waitUntil(() => this.button(label), `no ${label} in ${this.text()}`, PATIENT);
    this.button(label)?.click();
    await this.photo.stage.updateComplete;
  }

  async openCamera(document = 'driving-licence'): Promise<void> {
    await this.press('撮影をはじめる');
    await this.heading('どの書類');
    this.root.querySelector<HTMLInputElement>(`input[value=${document}]`)?.click();
    await this.press('カメラを開く');
  }

  /** Waits for the shot that is taken by itself, and uses it. */
  async use(scene?: FakeCamera['scene']): Promise<void> {
    if (scene) this.camera.scene = scene;
    await this.heading('この写真でよいですか');
    await this.press('この写真を使う');
  }

  /** Presses the shutter, then uses what came of it. */
  async shutter(scene: FakeCamera['scene']): Promise<void> {
    this.camera.scene = scene;
    await this.press('撮影する');
    const use = () => this.button('この写真を使う') ?? this.button('このまま使う');
    await waitUntil(use, 'no shot', PATIENT);
    use()?.click();
  }

  sent(count: number): Promise<void> {
    return waitUntil(() => this.photo.uploads.length === count, 'uploads', PATIENT);
  }

  /** The server's receipt of so many shots is in what a reload would find. */
  noted(count: number): Promise<void> {
    return waitUntil(() => this.kept.log.length === count, 'kept', PATIENT);
  }

  get kept(): Progress {
    return this.photo.kept as Progress;
  }

  get manifest(): PhotoBody {
    return this.photo.submitted[0] as unknown as PhotoBody;
  }
}

/** A button's colour takes a moment to change. */
export const settled = (): Promise<void> => aTimeout(250);
