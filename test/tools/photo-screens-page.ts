/** Walks the photo rung to one screen after the other, on drawn scenes, for pictures to be taken. */
import { TROUBLES } from '../../src/methods/photo/page/camera-obstacle.ts';
import { type FakeCamera, fakeCamera, lens } from './fake-camera.ts';
import { type PhotoSetting, photoStage } from './photo-stage.ts';

interface Walk {
  readonly setting?: PhotoSetting;
  prepare?(camera: FakeCamera): void;
  readonly steps: readonly (string | ((camera: FakeCamera) => void))[];
}

/** A step that is text presses the button of that part, or the tool of that place. */
const START = ['primary', 'primary'];
const NEXT = ['wait-look', 'primary'];
const card = (scene: FakeCamera['scene']) => (camera: FakeCamera) => {
  camera.scene = scene;
};
const toFace = [...START, ...NEXT, card('slanted'), ...NEXT, card('card'), ...NEXT, card('face')];

const failing = (name: string) => (camera: FakeCamera) => {
  camera.failure = new DOMException('made up', name);
};

const WALKS: Record<string, Walk> = {
  consent: { steps: [] },
  documents: { steps: ['primary'] },
  front: { prepare: card('empty'), steps: START },
  'front-glare': { prepare: card('glare'), steps: START },
  'front-tools': {
    prepare: (camera) => {
      camera.scene = 'blurred';
      camera.devices = [lens('one', 'Back Camera'), lens('two', 'Front Camera')];
    },
    setting: { challenge: { files: true }, transfer: () => undefined },
    steps: START,
  },
  'look-good': { steps: [...START, 'wait-look'] },
  'look-poor': { prepare: card('blurred'), steps: [...START, 'primary', 'wait-look'] },
  'thickness-flat': { steps: [...START, ...NEXT] },
  'look-thickness': { steps: [...START, ...NEXT, card('slanted'), 'wait-look'] },
  'look-thickness-poor': {
    steps: [...START, ...NEXT, card('card'), 'primary', 'wait-look'],
  },
  face: { steps: toFace },
  gesture: { steps: [...toFace, 'primary', ...NEXT] },
  'gesture-countdown': { steps: [...toFace, 'primary', ...NEXT, 'primary'] },
  kept: { steps: [...START, ...NEXT, 'station-0'] },
  masks: {
    setting: {
      challenge: { documents: [{ id: 'health-insurance-eligibility', steps: ['front', 'face'] }] },
    },
    steps: [...START, 'wait-look'],
  },
  summary: {
    setting: { challenge: { gestures: ['smile'], spares: [] } },
    steps: [...toFace, 'primary', ...NEXT, 'cannot'],
  },
  'trouble-denied': { prepare: failing('NotAllowedError'), steps: START },
  'trouble-none': {
    prepare: failing('NotFoundError'),
    setting: { challenge: { files: true }, transfer: () => undefined },
    steps: START,
  },
  'trouble-busy': { prepare: failing('NotReadableError'), steps: START },
  'trouble-in-app': { prepare: failing('TypeError'), steps: START },
};

let camera: FakeCamera | undefined;
let end: (() => void) | undefined;

async function show(name: string, language: 'ja' | 'en', theme: string): Promise<void> {
  end?.();
  camera?.restore();
  const walk = WALKS[name];
  if (!walk) throw new Error(`no walk ${name}`);
  const tall = innerHeight > innerWidth;
  camera = tall ? fakeCamera(1080, 1920) : fakeCamera();
  walk.prepare?.(camera);
  const photo = photoStage(walk.setting);
  end = photo.end;
  photo.stage.speak = language;
  photo.stage.theme = theme;
  document.body.replaceChildren(photo.stage);
  document.body.className = theme;
  await document.fonts.ready;
  const root = () => photo.stage.shadowRoot as ShadowRoot;
  for (const step of walk.steps) {
    if (typeof step !== 'string') step(camera);
    else if (step === 'wait-look') await until(() => root().querySelector('.picture canvas'));
    else await press(root, step);
    await pause(250);
  }
  await pause(900);
}

async function press(root: () => ShadowRoot, step: string): Promise<void> {
  const selector =
    step === 'cannot'
      ? '.links button'
      : step.startsWith('station-')
        ? '.stations button'
        : `[part=${step}]:not([aria-disabled=true])`;
  const find = () => root().querySelector<HTMLElement>(selector);
  await until(find);
  find()?.click();
}

async function until(true_: () => unknown): Promise<void> {
  for (const end = Date.now() + 12_000; !true_(); await pause(50)) {
    if (Date.now() > end) throw new Error('waited too long');
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Object.assign(globalThis, { sceneNames: Object.keys(WALKS), show, troubles: TROUBLES });
