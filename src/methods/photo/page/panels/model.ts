/** What the photo screens are drawn from, and what they may ask for. */
import type { MethodOffer, SessionView } from '../../../../wire/contract.ts';
import type { PhotoAnswer } from '../../../../wire/photo.ts';
import type { DocumentId, Mask } from '../../documents.ts';
import type { Camera } from '../camera/camera.ts';
import type { PhotoMessages, RareMessages } from '../messages/index.ts';
import type { MaskBox } from '../shots/masks.ts';
import type { TakenShot } from '../shots/shot.ts';
import type { Stepper } from '../stepper.ts';

export interface PhotoModel {
  readonly session: SessionView;
  readonly offer: Extract<MethodOffer, { method: 'photo' }>;
  readonly words: PhotoMessages;
  /** Absent while nothing needs them, or they are on their way. */
  readonly rareWords?: RareMessages | undefined;
  /** The documents this build knows, in the server's order. */
  readonly documents: readonly DocumentId[];
  /** Absent until the server has said what is to be taken. */
  readonly challenge?: PhotoAnswer | undefined;
  readonly stepper: Stepper;
  readonly resumed: boolean;
  readonly camera: Pick<Camera, 'state' | 'trouble' | 'lenses' | 'torch'>;
  /** Video and what is drawn over it; absent before the first time. */
  readonly viewfinder: HTMLElement | undefined;
  /** The shutter was pressed and the frame is not there yet. */
  readonly taking: boolean;
  /** The shot on the screen `look`. */
  readonly taken?: TakenShot | undefined;
  /** It is being encoded. */
  readonly saving: boolean;
  readonly masks: readonly MaskBox[];
  /** Loaded for documents with numbers to cover, and only for them. */
  readonly maskEditor?: typeof import('./mask-editor.ts') | undefined;
  /** Small pictures of what was accepted, by station; none of those from before a reload. */
  readonly thumbnails: ReadonlyMap<string, HTMLCanvasElement>;
  /** Stations whose shot the server has. */
  readonly stored: ReadonlySet<string>;
  readonly uploads: { readonly waiting: number; readonly stalled: boolean };
  /** What the file that was tried is not good for. */
  readonly fileProblem?: string | undefined;
  readonly notice?: string | undefined;
  begin(): void;
  chooseDocument(id: string): void;
  shutter(): void;
  switchLens(): void;
  switchTorch(): void;
  retryCamera(): void;
  chooseFile(): void;
  use(): void;
  retake(): void;
  keep(): void;
  visit(index: number): void;
  cannot(): void;
  back(): void;
  moveMask(mask: Mask, box: Omit<MaskBox, 'mask'>): void;
  send(): void;
  /** Shows and says something in passing. */
  note(text: string): void;
  /** Carries on on a phone; absent where that is not possible. */
  readonly transfer?: (() => void) | undefined;
  other(): void;
  cancel(): void;
}
