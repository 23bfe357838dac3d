/**
 * One camera, one stream at a time. Notices when the stream ends, is muted, shows black or is taken
 * away, and gets it back; a hidden page has none. Stops for good with its signal.
 */
import { pause } from '../../../../backend/ask.ts';
import { cameraObstacle, type Trouble } from '../camera-obstacle.ts';
import { betterLens, type Lens, lensesFor, nextLens } from './lenses.ts';
import { type Facing, openStream, stopStream } from './open-stream.ts';

/** MediaStream Image Capture, not yet in the types of everything. */
interface Torch {
  readonly torch?: boolean;
}

export type CameraFacts = MediaTrackSettings & { readonly label: string };

/** A muted track is given so long to come back by itself. */
const MUTE_TIMEOUT_MS = 2_000;
/** A stream must show its first frame within this. */
const FIRST_FRAME_TIMEOUT_MS = 6_000;
/** Restarts in a row before the person is told; counted anew after a while of peace. */
const MOST_RESTARTS = 2;
const RESTARTS_COUNT_FOR_MS = 15_000;

export class Camera {
  readonly video: HTMLVideoElement;
  state: 'off' | 'opening' | 'live' | 'trouble' = 'off';
  trouble: Trouble | undefined;
  lenses: readonly Lens[] = [];
  /** Undefined where there is none. */
  torch: boolean | undefined;
  /** How often the stream stopped by itself. */
  interruptions = 0;

  readonly #changed: () => void;
  readonly #signal: AbortSignal;
  readonly #chosen = new Map<Facing, string>();
  #wanted: Facing | undefined;
  #stream: MediaStream | undefined;
  /** One opening, and the stream it led to. */
  #turn = new AbortController();
  #restarts: number[] = [];

  /** @param changed called after every change of what is public here */
  constructor(changed: () => void, signal: AbortSignal) {
    this.#changed = changed;
    this.#signal = signal;
    this.video = createVideo();
    signal.addEventListener('abort', () => this.stop());
    document.addEventListener('visibilitychange', () => this.#seenOrNot(), { signal });
    navigator.mediaDevices?.addEventListener?.('devicechange', () => this.#devicesChanged(), {
      signal,
    });
  }

  /** Opens towards one side; does nothing if that was asked already, whatever came of it. */
  start(facing: Facing): void {
    if (this.#wanted === facing) return;
    this.#wanted = facing;
    this.#restarts = [];
    this.#open();
  }

  /** Tries again, whatever went wrong. */
  retry(): void {
    this.#restarts = [];
    this.#open();
  }

  stop(): void {
    if (!this.#wanted) return;
    this.#wanted = undefined;
    this.#release();
    this.#set('off');
  }

  switchLens(): void {
    const next = nextLens(this.lenses, this.facts?.deviceId);
    if (!next || !this.#wanted) return;
    this.#chosen.set(this.#wanted, next.deviceId);
    this.#open();
  }

  async switchTorch(): Promise<void> {
    const [track] = this.#stream?.getVideoTracks() ?? [];
    if (!track || this.torch === undefined) return;
    const torch = !this.torch;
    try {
      await track.applyConstraints({ advanced: [{ torch } as MediaTrackConstraintSet & Torch] });
      this.torch = torchOf(track) ?? torch;
    } catch {
      this.torch = undefined;
    }
    this.#changed();
  }

  get track(): MediaStreamTrack | undefined {
    return this.#stream?.getVideoTracks()[0];
  }

  /** What the browser says about the camera in use. */
  get facts(): CameraFacts | undefined {
    const { track } = this;
    return track && { ...track.getSettings(), label: track.label };
  }

  /** It went away, went silent, or shows nothing. Gets it back, or says so after some times. */
  interrupted(): void {
    if (this.state !== 'live' || !this.#wanted) return;
    this.interruptions++;
    const now = Date.now();
    this.#restarts = [...this.#restarts.filter((time) => now - time < RESTARTS_COUNT_FOR_MS), now];
    if (this.#restarts.length > MOST_RESTARTS) this.#fail('lost');
    else this.#open();
  }

  #open(): void {
    const facing = this.#wanted;
    this.#release();
    if (!facing || document.visibilityState === 'hidden') {
      this.#set('off');
      return;
    }
    const obstacle = cameraObstacle();
    if (obstacle) {
      this.#fail(obstacle);
      return;
    }
    this.#set('opening');
    const { signal } = this.#turn;
    this.#begin(facing, signal).catch(async (error) => {
      if (signal.aborted) return;
      const trouble = await import('../trouble/reason.ts').then(
        ({ troubleOf }) => troubleOf(error),
        (): Trouble => 'lost',
      );
      if (!signal.aborted) this.#fail(trouble);
    });
  }

  async #begin(facing: Facing, signal: AbortSignal): Promise<void> {
    const chosen = this.#chosen.get(facing);
    const wish = { facing, ...(chosen && { deviceId: chosen }) };
    this.#stream = await openStream(wish, signal);
    this.lenses = lensesFor(await navigator.mediaDevices.enumerateDevices(), facing);
    signal.throwIfAborted();
    const better = betterLens(this.lenses, this.facts?.deviceId, facing);
    if (!chosen && better) {
      // For the whole stay: one stream is opened from now on, and the person is asked no more.
      this.#chosen.set(facing, better.deviceId);
      stopStream(this.#stream);
      this.#stream = await openStream({ facing, deviceId: better.deviceId }, signal);
    }
    this.#watch(this.#stream, signal);
    await this.#show(this.#stream, signal);
    this.#set('live');
  }

  async #show(stream: MediaStream, signal: AbortSignal): Promise<void> {
    const { video } = this;
    video.srcObject = stream;
    const [track] = stream.getVideoTracks();
    // Absent in Firefox.
    const capabilities = track?.getCapabilities?.() as Torch | undefined;
    this.torch = capabilities?.torch ? (torchOf(track) ?? false) : undefined;
    // A video that is being moved to another place rejects; `canplay` starts it again.
    const play = () => video.play().catch(() => undefined);
    for (const event of ['canplay', 'pause', 'loadedmetadata']) {
      video.addEventListener(event, play, { signal });
    }
    void play();
    for (
      const end = Date.now() + FIRST_FRAME_TIMEOUT_MS;
      video.videoWidth === 0;
      await pause(50, signal)
    ) {
      if (Date.now() > end) throw new DOMException('no picture', 'NotReadableError');
    }
  }

  #watch(stream: MediaStream, signal: AbortSignal): void {
    for (const track of stream.getVideoTracks()) {
      track.addEventListener('ended', () => this.interrupted(), { signal });
      const stillSilent = () => track.muted && this.interrupted();
      const silent = () => pause(MUTE_TIMEOUT_MS, signal).then(stillSilent, () => undefined);
      track.addEventListener('mute', silent, { signal });
    }
  }

  #seenOrNot(): void {
    if (!this.#wanted) return;
    if (document.visibilityState === 'hidden') {
      this.#release();
      this.#set('off');
    } else if (this.state === 'off') {
      this.#open();
    }
  }

  #devicesChanged(): void {
    if (this.state === 'trouble' && this.trouble === 'none') this.#open();
    if (this.state !== 'live' || !this.#wanted) return;
    const facing = this.#wanted;
    const { signal } = this.#turn;
    navigator.mediaDevices.enumerateDevices().then(
      (devices) => {
        if (signal.aborted) return;
        this.lenses = lensesFor(devices, facing);
        const id = this.facts?.deviceId;
        if (id && !devices.some(({ deviceId }) => deviceId === id)) this.interrupted();
        else this.#changed();
      },
      () => undefined,
    );
  }

  #release(): void {
    this.#turn.abort();
    this.#turn = new AbortController();
    if (this.#stream) stopStream(this.#stream);
    this.#stream = undefined;
    this.video.srcObject = null;
    this.torch = undefined;
  }

  #fail(trouble: Trouble): void {
    this.#release();
    this.trouble = trouble;
    this.#set('trouble');
  }

  #set(state: Camera['state']): void {
    if (state !== 'trouble') this.trouble = undefined;
    this.state = state;
    if (!this.#signal.aborted) this.#changed();
  }
}

/** What the camera says of its light, which goes out by itself on some phones. */
const torchOf = (track: MediaStreamTrack | undefined): boolean | undefined =>
  (track?.getSettings() as Torch | undefined)?.torch;

/** Safari needs all three, as attributes, before there is a stream. */
function createVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  for (const name of ['playsinline', 'muted', 'autoplay', 'disablepictureinpicture']) {
    video.setAttribute(name, '');
  }
  video.muted = true;
  video.tabIndex = -1;
  video.setAttribute('aria-hidden', 'true');
  return video;
}
