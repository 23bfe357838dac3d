/** Boxes that cover numbers. What is under them is painted over before the picture is encoded. */
import { DOCUMENTS, type DocumentId, type DocumentType, type Mask } from '../documents.ts';
import type { Station } from '../stepper.ts';

/** Shares of the picture, 0 to 1. */
export interface MaskBox {
  readonly mask: Mask;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SMALLEST = 0.03;

/** The boxes a shot starts with: stacked, in the middle, for the person to move. */
export function masksFor(document: DocumentId, { step }: Station): MaskBox[] {
  const { masks }: DocumentType = DOCUMENTS[document];
  const needed = masks.filter(({ side, required }) => side === step && required);
  return needed.map(({ mask }, index) => ({
    mask,
    x: 0.35,
    y: (index + 0.5) / (needed.length + 0.5) - 0.06,
    width: 0.3,
    height: 0.09,
  }));
}

/** A box inside the picture, not smaller than can be seen. */
export function fitBox(box: Omit<MaskBox, 'mask'>): Omit<MaskBox, 'mask'> {
  const within = (value: number, low: number, high: number) =>
    Math.min(Math.max(value, low), Math.max(low, high));
  const width = within(box.width, SMALLEST, 1);
  const height = within(box.height, SMALLEST, 1);
  return { width, height, x: within(box.x, 0, 1 - width), y: within(box.y, 0, 1 - height) };
}

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
