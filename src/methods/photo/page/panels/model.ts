/** What the photo screens are drawn from, and what a person may do on them. */
import type { MethodOffer, Retake, SessionView } from '../../../../wire/contract.ts';
import type { PhotoAnswer } from '../../../../wire/photo.ts';
import type { DocumentId, Mask } from '../../documents.ts';
import type { Camera } from '../camera/camera.ts';
import type { TakenShot } from '../capture/shot.ts';
import type { MaskBox } from '../masks-needed.ts';
import type { PhotoMessages } from '../messages/index.ts';
import type { Stepper, StepperEvent } from '../stepper.ts';

/** What a person does, beside going from shot to shot. */
export type PhotoEvent =
  | Extract<StepperEvent, { type: 'choose' | 'retake' | 'keep' | 'visit' | 'cannot' | 'back' }>
  | { readonly type: 'begin' }
  /** Another document of the list is looked at, and not chosen yet. */
  | { readonly type: 'consider'; readonly document: string }
  | { readonly type: 'shutter' }
  | { readonly type: 'switch-lens' }
  | { readonly type: 'switch-torch' }
  | { readonly type: 'retry-camera' }
  | { readonly type: 'choose-file' }
  | { readonly type: 'move-mask'; readonly mask: Mask; readonly box: Omit<MaskBox, 'mask'> }
  /** Accepts the shot on the screen. */
  | { readonly type: 'use' }
  | { readonly type: 'send' }
  /** Something is shown and said in passing. */
  | { readonly type: 'note'; readonly text: string }
  /** Carries on on a phone. */
  | { readonly type: 'transfer' }
  | { readonly type: 'other' }
  | { readonly type: 'cancel' };

export interface PhotoModel {
  readonly session: SessionView;
  readonly offer: Extract<MethodOffer, { method: 'photo' }>;
  readonly words: PhotoMessages;
  /** What a reviewer asks for again. */
  readonly retake?: Retake | undefined;
  /** The documents this build knows, in the server's order. */
  readonly documents: readonly DocumentId[];
  /** The one that is looked at in the list. */
  readonly considered?: DocumentId | undefined;
  /** Absent until the server has said what is to be taken. */
  readonly challenge?: PhotoAnswer | undefined;
  readonly stepper: Stepper;
  readonly resumed: boolean;
  readonly camera: Pick<Camera, 'state' | 'trouble' | 'lenses' | 'torch'>;
  /** Video and what is drawn over it. */
  readonly viewfinder: HTMLElement;
  /** The camera has too few pixels, however close the document is held. */
  readonly coarse: boolean;
  /** The shutter was pressed and the frame is not there yet. */
  readonly taking: boolean;
  /** The shot on the screen `look`. */
  readonly taken?: TakenShot | undefined;
  /** It is being encoded. */
  readonly saving: boolean;
  readonly masks: readonly MaskBox[];
  /** Loaded for documents with numbers to cover, and only for them. */
  readonly maskEditor?: typeof import('../masks/editor.ts') | undefined;
  /** Small pictures of what was accepted, by station; none of those from before a reload. */
  readonly thumbnails: ReadonlyMap<string, HTMLCanvasElement>;
  readonly uploads: {
    readonly waiting: number;
    readonly stalled: boolean;
    /** Stations whose shot the server has. */
    readonly stored: ReadonlySet<string>;
  };
  /** What the file that was tried is not good for. */
  readonly fileProblem?: string | undefined;
  readonly notice?: string | undefined;
  /** Whether a phone can carry on. */
  readonly canTransfer: boolean;
  act(event: PhotoEvent): void;
}
