/**
 * The camera's picture and what is drawn over it, many times a second and apart from the panels
 * around it. One node for the whole attempt: a video that leaves the page stops.
 */
import { html, nothing, render, svg, type TemplateResult } from 'lit';
import { THRESHOLDS } from '../analysis/thresholds.ts';
import type { Sight } from '../capture/capture.ts';
import { type Guidance, isGood } from '../capture/guidance.ts';
import type { Measured, Task } from '../capture/judgement.ts';
import { type Crop, cropOf } from '../capture/shot.ts';
import type { PhotoMessages } from '../messages/index.ts';
import { Announcer } from './announcer.ts';
import { CalmGuidance } from './calm-guidance.ts';
import { flatGuide, ghostCard, OVAL, path, type Spot } from './guides.ts';

/** The gauge shows tilts up to here, in degrees. */
const GAUGE_END_DEGREES = 75;

export class Viewfinder {
  readonly element = document.createElement('div');
  readonly #video: HTMLVideoElement;
  /** What to change: above the picture, so that it hides nothing of it. */
  readonly #above = document.createElement('div');
  readonly #overlay = document.createElement('div');
  readonly #below = document.createElement('div');
  readonly #say: (text: string) => void;
  readonly #announcer = new Announcer();
  readonly #calm = new CalmGuidance();
  #last: Guidance | undefined;
  #counts = false;

  /** @param say tells people who do not look at the screen */
  constructor(video: HTMLVideoElement, say: (text: string) => void, signal: AbortSignal) {
    this.#video = video;
    this.#say = say;
    this.element.className = 'viewfinder';
    this.#above.className = 'above';
    this.#overlay.className = 'overlay';
    const picture = document.createElement('div');
    picture.className = 'sight';
    picture.append(video, this.#overlay);
    this.element.append(this.#above, picture, this.#below);
    video.addEventListener('resize', () => this.#fit('document'));
    // A page that is turned is laid out anew, and what was looked at is somewhere else.
    const look = () => this.element.scrollIntoView({ block: 'nearest' });
    matchMedia('(orientation:portrait)').addEventListener('change', look, { signal });
  }

  /** Without a sight nothing is being looked at. */
  show(sight: Sight | undefined, words: PhotoMessages): void {
    if (sight) this.#draw(this.#calmed(sight), words);
    else this.#clear();
  }

  #draw(sight: Sight, words: PhotoMessages): void {
    this.#speak(sight, words);
    const { countdown, measured, task } = sight;
    const crop = this.#fit(task.kind);
    this.element.classList.toggle('mirrored', task.kind === 'face');
    const { guidance } = sight;
    render(this.#guides(sight, crop), this.#overlay);
    const waiting = countdown ? words.shoot.countdown(countdown) : '…';
    const text =
      guidance && !countdown ? adviceText(words, guidance, sight.waitsForShutter) : waiting;
    const good = guidance && !countdown && isGood(guidance.code);
    render(
      html`<p class="advice ${good ? 'fine' : ''}" aria-hidden="true">${text}</p>`,
      this.#above,
    );
    const thickness = task.kind === 'document' && task.thickness;
    render(thickness ? gauge(measured) : nothing, this.#below);
  }

  /** A sight that is shown again, for the countdown's sake, is no new frame. */
  #calmed(sight: Sight): Sight {
    const { guidance } = sight;
    if (!guidance) return sight;
    if (guidance === this.#last) return sight;
    this.#last = guidance;
    return { ...sight, guidance: this.#calm.after(guidance) };
  }

  #clear(): void {
    this.#calm.clear();
    this.#last = undefined;
    this.#counts = false;
    for (const part of [this.#above, this.#overlay, this.#below]) render(nothing, part);
  }

  /** The countdown once, as it begins; of all else what stays. */
  #speak({ countdown, guidance, waitsForShutter }: Sight, words: PhotoMessages): void {
    if (countdown && !this.#counts) this.#say(words.shoot.countdown(countdown));
    this.#counts = countdown !== undefined;
    if (countdown || !guidance) return;
    const text = adviceText(words, guidance, waitsForShutter);
    const said = this.#announcer.hear(text, performance.now());
    if (said) this.#say(said);
  }

  /** Gives the box the shape of what will be kept. */
  #fit(kind: Task['kind']): Crop {
    const { videoWidth, videoHeight } = this.#video;
    const crop = cropOf(videoWidth || 4, videoHeight || 3, kind);
    this.element.style.setProperty('--_ratio', (crop.width / crop.height).toFixed(4));
    return crop;
  }

  #guides(sight: Sight, crop: Crop): TemplateResult {
    const { task, guidance, measured, countdown } = sight;
    const fine = guidance !== undefined && isGood(guidance.code);
    return html`
      <svg viewBox="0 0 ${crop.width} ${crop.height}" class=${fine ? 'fine' : nothing} aria-hidden="true">
        ${task.kind === 'face' ? oval(crop) : card(task, crop)}
        ${task.kind === 'document' ? outline(measured, crop, this.#video.videoWidth) : nothing}
      </svg>
      ${countdown ? html`<p class="countdown" aria-hidden="true">${countdown}</p>` : nothing}
    `;
  }
}

/** The sentence for a piece of guidance. */
export function adviceText(
  words: PhotoMessages,
  guidance: Guidance,
  waitsForShutter = false,
): string {
  if (guidance.code === 'glare') return words.glareAt(words.places[guidance.place]);
  if (guidance.code === 'good' && waitsForShutter) return words.faceReady;
  return words.advice[guidance.code];
}

function card({ aspect, thickness }: Extract<Task, { kind: 'document' }>, { width, height }: Crop) {
  const guide = (spots: readonly Spot[]) => svg`<path class="guide" d=${path(spots)} />`;
  if (!thickness) return guide(flatGuide(aspect, width, height));
  const ghost = ghostCard(aspect, width, height);
  const [, , right, left] = ghost as [Spot, Spot, Spot, Spot];
  const edge = height * 0.018;
  const below = [left, right, { ...right, y: right.y + edge }, { ...left, y: left.y + edge }];
  return svg`
    <path class="ghost" d=${path(ghost)} />
    <path class="edge" d=${path(below)} />
    ${guide(ghost)}
  `;
}

function oval({ width, height }: Crop) {
  const side = Math.min(width, height);
  const [rx, ry] = [(side * OVAL.width) / 2, (side * OVAL.height) / 2];
  const [cx, cy] = [width / 2, height / 2];
  return svg`
    <path class="shade" fill-rule="evenodd" d="M0 0H${width}V${height}H0ZM${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0Z" />
    <ellipse class="guide" cx=${cx} cy=${cy} rx=${rx} ry=${ry} />
  `;
}

/** The outline as it was found, with its corners marked. */
function outline(measured: Measured | undefined, crop: Crop, videoWidth: number): unknown {
  if (measured?.kind !== 'document' || !measured.quad || videoWidth === 0) return nothing;
  const up = videoWidth / measured.width;
  const spots = measured.quad.map(({ x, y }) => ({ x: x * up - crop.x, y: y * up - crop.y }));
  const radius = crop.width * 0.012;
  return svg`
    <path class="outline" d=${path(spots)} />
    ${spots.map(({ x, y }) => svg`<circle class="corner" cx=${x} cy=${y} r=${radius} />`)}
  `;
}

/** Tilt as a place on a bar, the wanted band on it marked by shape as well as colour. */
function gauge(measured: Measured | undefined): TemplateResult {
  const tilt = measured?.kind === 'document' ? measured.tilt?.tilt : undefined;
  const at = (degrees: number) =>
    10 + (Math.min(degrees, GAUGE_END_DEGREES) / GAUGE_END_DEGREES) * 180;
  const { flattest, steepest } = THRESHOLDS;
  const inside = tilt !== undefined && tilt >= flattest && tilt <= steepest;
  return html`
    <svg class="gauge" viewBox="0 0 200 28" aria-hidden="true">
      <rect class="track" x="10" y="11" width="180" height="6" rx="3" />
      <rect class="band" x=${at(flattest)} y="9" width=${at(steepest) - at(flattest)} height="10" rx="3" />
      <path class="limits" d="M${at(flattest)} 5v18M${at(steepest)} 5v18" />
      ${tilt === undefined ? nothing : svg`<circle class="knob" cx=${at(tilt)} cy="14" r="8" />`}
      ${inside ? svg`<path class="tick" d="M${at(tilt ?? 0) - 4} 14l3 3 5-6" />` : nothing}
    </svg>
  `;
}
