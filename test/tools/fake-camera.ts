/** A camera for every runner: drawn scenes in place of what a lens would see. */

export type ScenePicture =
  | 'card'
  | 'slanted'
  /** The card, a quarter turned. */
  | 'upright'
  /** A passport's data page. */
  | 'page'
  | 'empty'
  | 'black'
  | 'face'
  | 'blurred'
  | 'glare';

export interface FakeCamera {
  /** What it sees from now on. */
  scene: ScenePicture;
  /** Streams handed out whose track still runs. */
  readonly live: readonly MediaStream[];
  /** Constraints of every call, in order. */
  readonly asked: MediaTrackConstraints[];
  /** In the place of a stream. */
  failure?: DOMException | undefined;
  devices: MediaDeviceInfo[];
  /** Whether its light is on; undefined where it has none. */
  torch: boolean | undefined;
  /** Takes the running camera away, as a browser says it. */
  lose(): void;
  /** A photo of what it sees, of another size than its stream. */
  still(width: number, height: number): Promise<Blob | null>;
  restore(): void;
}

const ASPECT = 85.6 / 53.98;
const PAGE_ASPECT = 125 / 88;
const MACHINE_LINES = [
  'P<UTOSAMPLE<<HANAKO<<<<<<<<<<<<<<<<<<<<<<<<<',
  'X000000000UTO8001014F3501017<<<<<<<<<<<<<<00',
] as const;

interface Pictures {
  readonly card: HTMLCanvasElement;
  readonly page: HTMLCanvasElement;
}

const device = (deviceId: string, label: string): MediaDeviceInfo =>
  ({ deviceId, label, kind: 'videoinput', groupId: '', toJSON: () => ({}) }) as MediaDeviceInfo;

/** Takes the place of the page's cameras until restored; by itself it shows 200 dpi of a passport. */
export function fakeCamera(width = 1600, height = 900): FakeCamera {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const pictures = { card: drawCard(), page: drawPage() };
  const streams: MediaStream[] = [];
  /** Not every runner delivers an `ended` that a script dispatches. */
  let told: { readonly signal?: AbortSignal | undefined; call(): void }[] = [];
  const listenIn = (track: MediaStreamTrack) => {
    track.addEventListener = (type: string, listener: unknown, options?: unknown) => {
      if (type !== 'ended' || typeof listener !== 'function') return;
      const { signal } = (options ?? {}) as AddEventListenerOptions;
      told.push({ signal, call: () => listener(new Event('ended')) });
    };
  };
  const light = (track: MediaStreamTrack) => {
    const settings = track.getSettings.bind(track);
    Object.assign(track, {
      getCapabilities: () => ({ torch: true }),
      getSettings: () => ({ ...settings(), torch: camera.torch }),
      applyConstraints: async ({ advanced: [wish] }: { advanced: [{ torch: boolean }] }) => {
        camera.torch = wish.torch;
      },
    });
  };
  const camera: FakeCamera = {
    scene: 'card',
    asked: [],
    devices: [device('one', 'Back Camera')],
    torch: undefined,
    get live() {
      return streams.filter((stream) => stream.getTracks().some((t) => t.readyState === 'live'));
    },
    lose() {
      const listeners = told.filter(({ signal }) => !signal?.aborted);
      told = [];
      for (const stream of camera.live) for (const track of stream.getTracks()) track.stop();
      for (const listener of listeners) listener.call();
    },
    still(across, down) {
      const photo = document.createElement('canvas');
      photo.width = across;
      photo.height = down;
      const drawing = photo.getContext('2d');
      if (drawing) paintScene(drawing, pictures, camera.scene);
      return new Promise((resolve) => photo.toBlob(resolve, 'image/jpeg', 0.95));
    },
    restore() {
      clearInterval(timer);
      for (const stream of streams) for (const track of stream.getTracks()) track.stop();
      Reflect.deleteProperty(navigator, 'mediaDevices');
    },
  };
  let frames = 0;
  // Nor are those of two sensors.
  const tones = [...crypto.getRandomValues(new Uint8Array(24))];
  const paint = () => {
    paintScene(context, pictures, camera.scene);
    if (camera.scene === 'black') return;
    // No two frames of a sensor are the same, nor the parts of them that a tall frame is cut to.
    context.filter = 'none';
    const bottom = (canvas.height + Math.min(canvas.height, 0.84 * canvas.width)) / 2;
    tones.forEach((tone, index) => {
      context.fillStyle = `hsl(${(frames * 37 + tone) % 360} 50% 30%)`;
      context.fillRect(index * 16, bottom - 16, 16, 16);
    });
    frames++;
  };
  paint();
  const timer = setInterval(paint, 40);
  const events = new EventTarget();
  const mediaDevices = {
    async getUserMedia({ video }: MediaStreamConstraints) {
      camera.asked.push(typeof video === 'object' ? video : {});
      if (camera.failure) throw camera.failure;
      const stream = canvas.captureStream(30);
      stream.getTracks().forEach(listenIn);
      if (camera.torch !== undefined) stream.getTracks().forEach(light);
      streams.push(stream);
      return stream;
    },
    enumerateDevices: async () => camera.devices,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    dispatchEvent: events.dispatchEvent.bind(events),
  };
  Object.defineProperty(navigator, 'mediaDevices', { value: mediaDevices, configurable: true });
  return camera;
}

export const lens = device;

function paper(aspect: number): CanvasRenderingContext2D {
  const card = document.createElement('canvas');
  card.width = 1000;
  card.height = Math.round(1000 / aspect);
  const context = card.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#dfe9e4';
  context.fillRect(0, 0, card.width, card.height);
  return context;
}

/** A made-up licence with print fine enough to judge focus by. */
function drawCard(): HTMLCanvasElement {
  const context = paper(ASPECT);
  context.fillStyle = '#1b2733';
  for (let line = 0; line < 13; line++) {
    context.font = `${line === 0 ? 40 : 26}px sans-serif`;
    context.fillText('氏名 見本 花子 SAMPLE 0123456789 令和', 36, 66 + line * 42);
  }
  paintPortrait(context);
  return context.canvas;
}

/** A made-up data page with the two lines for machines that ICAO Doc 9303-4 puts at its bottom. */
function drawPage(): HTMLCanvasElement {
  const context = paper(PAGE_ASPECT);
  context.fillStyle = '#1b2733';
  context.font = '26px sans-serif';
  for (let line = 0; line < 10; line++) {
    context.fillText('旅券 PASSPORT SAMPLE HANAKO 0123456789', 36, 66 + line * 42);
  }
  paintPortrait(context);
  context.fillStyle = '#1b2733';
  context.font = 'bold 30px monospace';
  MACHINE_LINES.forEach((letters, line) => {
    const step = (context.canvas.width - 60) / letters.length;
    [...letters].forEach((letter, at) => {
      context.fillText(letter, 30 + at * step, (0.84 + line * 0.09) * context.canvas.height);
    });
  });
  return context.canvas;
}

function paintPortrait(context: CanvasRenderingContext2D): void {
  context.fillStyle = '#b6c6dc';
  context.fillRect(720, 170, 240, 300);
  context.fillStyle = '#6b4f3c';
  context.beginPath();
  context.ellipse(840, 300, 62, 80, 0, 0, 7);
  context.fill();
  context.fillStyle = '#24344e';
  context.fillRect(750, 400, 180, 70);
}

function paintScene(
  context: CanvasRenderingContext2D,
  pictures: Pictures,
  scene: ScenePicture,
): void {
  const { width, height } = context.canvas;
  context.filter = 'none';
  context.fillStyle = scene === 'black' ? '#000' : '#5b4636';
  context.fillRect(0, 0, width, height);
  if (scene === 'black' || scene === 'empty') return;
  if (scene === 'face') {
    paintFace(context);
    return;
  }
  const card = scene === 'page' ? pictures.page : pictures.card;
  const aspect = scene === 'page' ? PAGE_ASPECT : ASPECT;
  const across = Math.min(width * 0.8, height * 0.8 * aspect);
  const down = across / aspect;
  const [x, y] = [(width - across) / 2, (height - down) / 2];
  if (scene === 'slanted') {
    paintSlanted(context, card, across);
  } else if (scene === 'upright') {
    context.save();
    context.translate(width / 2, height / 2);
    context.rotate(Math.PI / 2);
    const tall = height * 0.85;
    context.drawImage(card, -tall / 2, -tall / aspect / 2, tall, tall / aspect);
    context.restore();
  } else {
    context.filter = scene === 'blurred' ? 'blur(7px)' : 'none';
    context.drawImage(card, x, y, across, down);
  }
  if (scene === 'glare') {
    context.fillStyle = '#fff';
    context.beginPath();
    context.ellipse(x + across * 0.8, y + down * 0.2, across * 0.1, down * 0.08, 0, 0, 7);
    context.fill();
  }
}

/** The card at 45°, row by row, as a pinhole camera sees it. */
function paintSlanted(
  context: CanvasRenderingContext2D,
  card: HTMLCanvasElement,
  near: number,
): void {
  const { width, height } = context.canvas;
  const focal = 0.8 * Math.max(width, height);
  const tilt = Math.PI / 4;
  const half = 0.5 / ASPECT;
  const middle = focal / near + half * Math.sin(tilt);
  const project = (row: number) => {
    const up = half - (row / card.height) * 2 * half;
    const depth = middle + up * Math.sin(tilt);
    return { y: height / 2 - (focal * up * Math.cos(tilt)) / depth, across: focal / depth };
  };
  for (let row = 0; row < card.height; row++) {
    const [at, next] = [project(row), project(row + 1)];
    context.drawImage(
      card,
      0,
      row,
      card.width,
      1,
      (width - at.across) / 2,
      at.y,
      at.across,
      next.y - at.y + 0.6,
    );
  }
}

function paintFace(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas;
  const side = Math.min(width, height);
  context.fillStyle = '#9fb2c4';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#d8ae90';
  context.beginPath();
  context.ellipse(width / 2, height / 2, side * 0.2, side * 0.28, 0, 0, 7);
  context.fill();
  context.fillStyle = '#22303d';
  for (const eye of [-0.08, 0.08]) {
    context.fillRect(width / 2 + eye * side - 26, height / 2 - side * 0.06, 52, 16);
    for (let lash = 0; lash < 8; lash++) {
      context.fillRect(width / 2 + eye * side - 26 + lash * 7, height / 2 - side * 0.1, 3, 16);
    }
  }
  context.fillRect(width / 2 - 44, height / 2 + side * 0.12, 88, 10);
  for (let hair = 0; hair < 40; hair++) {
    const x = width / 2 - side * 0.19 + hair * side * 0.0097;
    context.fillRect(x, height / 2 - side * 0.33, 4, side * 0.14);
  }
}
