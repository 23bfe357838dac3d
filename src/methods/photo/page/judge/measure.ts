/** A frame, scaled down and judged; the same code in a worker and on the page. */
import { analyseFace, analyseFrame, type FaceAnalysis } from '../analysis/index.ts';
import type { Measured, Task } from '../capture/judgement.ts';

type Canvas = OffscreenCanvas | HTMLCanvasElement;

/** Holds one small canvas, and for faces the frame before. */
export class Meter {
  #canvas: Canvas | undefined;
  #before: FaceAnalysis | undefined;
  /** Of the picture grabbed last. */
  #cameraWidth = 0;

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
      return { kind: 'document', ...analysis, width, height, took: performance.now() - start };
    }
    const face = analyseFace(pixels, this.#before);
    this.#before = face;
    const { luma: _, ...said } = face;
    return { kind: 'face', ...said, width, height, took: performance.now() - start };
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

/** A size of 0 × 0 frees the pixels of a canvas at once, in Safari too. */
const createCanvas = (): Canvas =>
  typeof OffscreenCanvas === 'undefined'
    ? document.createElement('canvas')
    : new OffscreenCanvas(1, 1);
