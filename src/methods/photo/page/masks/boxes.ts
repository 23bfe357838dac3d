/** Boxes as they are moved, and as they cover. Loaded where there is something to cover. */
import type { MaskBox } from '../masks-needed.ts';

const SMALLEST = 0.03;

/** A box inside the picture, not smaller than can be seen. */
export function fitBox(box: Omit<MaskBox, 'mask'>): Omit<MaskBox, 'mask'> {
  const within = (value: number, low: number, high: number) =>
    Math.min(Math.max(value, low), Math.max(low, high));
  const width = within(box.width, SMALLEST, 1);
  const height = within(box.height, SMALLEST, 1);
  return { width, height, x: within(box.x, 0, 1 - width), y: within(box.y, 0, 1 - height) };
}

/** What is under the boxes is gone before the picture is encoded. */
export function paintMasks(canvas: HTMLCanvasElement, masks: readonly MaskBox[]): void {
  const context = canvas.getContext('2d');
  if (!context) throw new DOMException('no canvas', 'InvalidStateError');
  context.fillStyle = '#000';
  for (const { x, y, width, height } of masks) {
    context.fillRect(
      Math.floor(x * canvas.width),
      Math.floor(y * canvas.height),
      Math.ceil(width * canvas.width),
      Math.ceil(height * canvas.height),
    );
  }
}
