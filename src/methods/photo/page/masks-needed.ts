/** Boxes that cover numbers. */
import { DOCUMENTS, type DocumentId, type DocumentType, type Mask } from '../documents.ts';
import type { Station } from './stepper.ts';

/** Shares of the picture, 0 to 1. */
export interface MaskBox {
  readonly mask: Mask;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The boxes a shot starts with: stacked, in the middle, for the person to move. */
export function masksFor(document: DocumentId, { step }: Station): MaskBox[] {
  const { masks }: DocumentType = DOCUMENTS[document];
  const needed = masks.filter(({ side, required }) => side === step && required);
  return needed.map(({ mask }, index) => ({
    mask,
    x: 0.35,
    y: (index + 0.5) / (needed.length + 0.5) - 0.06,
    width: 0.3,
    height: 0.12,
  }));
}
