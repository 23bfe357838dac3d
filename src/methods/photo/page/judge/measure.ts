/** A frame, scaled down and judged; the same code in a worker and on the page. */
import {
  type AdviceCode,
  analyseFace,
  analyseFrame,
  type FaceAnalysis,
  type Pixels,
} from '../analysis/index.ts';
import type { Measured, Task } from '../capture/judgement.ts';

type Canvas = OffscreenCanvas | HTMLCanvasElement;

/** Of the frames in which nothing whole was found, every so many are looked at sideways. */
const SIDEWAYS_EVERY = 3;
/** A card that stands looks like none, or like one that is cut off. */
const NOTHING_WHOLE: readonly AdviceCode[] = ['not_found', 'cut_off'];
/** What is said of a document that was found, whole and large enough. */
const WHOLE: readonly AdviceCode[] = ['good', 'tilted', 'blurred', 'glare'];

type DocumentTask = Extract<Task, { kind: 'document' }>;

/** Holds one small canvas, and for faces the frame before. */
export class Meter {
  #canvas: Canvas | undefined;
  #before: FaceAnalysis | undefined;
  /** Of the picture grabbed last. */
  #cameraWidth = 0;
  /** Frames in a row in which nothing whole was found. */
  #empty = 0;
  /** The frame before showed a document that stands upright. */
  #sideways = false;

  /** @param width of the pixels; 640 shows blur best, 320 saves time */
  grab(picture: ImageBitmap, width: number): ImageData {
    const height = Math.round((width * picture.height) / picture.width);
    this.#cameraWidth = picture.width;
    this.#canvas ??= createCanvas();
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    const context = this.#canvas.getContext('2d', { willReadFrequently: true }) as
      | OffscreenCanvasRenderingContext2D
      | CanvasRenderingContext2D
      | null;
    if (!context) throw new DOMException('no canvas', 'InvalidStateError');
    context.drawImage(picture, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  }

  judge(pixels: ImageData, task: Task): Measured {
    const { width, height } = pixels;
    const start = performance.now();
    if (task.kind === 'document') {
      this.#before = undefined;
      const cameraWidth = this.#cameraWidth;
      const analysis = analyseFrame(pixels, task, { thickness: task.thickness, cameraWidth });
      this.#empty = NOTHING_WHOLE.includes(analysis.advice.code) ? this.#empty + 1 : 0;
      this.#sideways = this.#empty > 0 && this.#standsUpright(pixels, task);
      const turned = this.#sideways && { turned: true };
      const took = performance.now() - start;
      return { kind: 'document', ...analysis, ...turned, width, height, took };
    }
    const face = analyseFace(pixels, this.#before);
    this.#before = face;
    const { luma: _, ...said } = face;
    return { kind: 'face', ...said, width, height, took: performance.now() - start };
  }

  /** A card is looked for lying; one that stands, or a frame that came turned, is noticed here. */
  #standsUpright(pixels: ImageData, task: DocumentTask): boolean {
    if (task.thickness) return false;
    if (!this.#sideways && this.#empty % SIDEWAYS_EVERY > 0) return false;
    const cameraWidth = (this.#cameraWidth * pixels.height) / pixels.width;
    const { advice } = analyseFrame(quarterTurn(pixels), task, { cameraWidth });
    return WHOLE.includes(advice.code);
  }

  /** Nothing of the person stays behind. */
  close(): void {
    if (this.#canvas) {
      this.#canvas.width = 0;
      this.#canvas.height = 0;
    }
    this.#before = undefined;
  }
}

/** Clockwise. */
function quarterTurn({ data, width, height }: ImageData): Pixels {
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) to[x * height + height - 1 - y] = from[y * width + x] ?? 0;
  }
  return { data: new Uint8ClampedArray(to.buffer), width: height, height: width };
}

/**
 * On the page one of the document, because Safari 16.0 to 16.3 have the other without a context. A
 * size of 0 × 0 frees the pixels of a canvas at once, in Safari too.
 */
const createCanvas = (): Canvas =>
  typeof document === 'undefined' ? new OffscreenCanvas(1, 1) : document.createElement('canvas');
