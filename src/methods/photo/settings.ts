/** What an operator sets for the photo rung: per profile, and once per deployment. */
import type { DocumentId } from './documents.ts';

/** `profile.methods.photo` */
export interface PhotoSettings {
  /** In the order in which the person chooses. */
  readonly documents: readonly [DocumentId, ...DocumentId[]];
  /** Hours a reviewer has; then everything is erased and the person starts anew. */
  readonly decideWithinHours: number;
  /**
   * Lets a file stand in for the camera: it proves much less, and the reviewer is told. Never under
   * `jp-aml`.
   */
  readonly files?: 'allow';
  /** How many movements are asked, 0 to 3. Default 2. */
  readonly gestures?: 0 | 1 | 2 | 3;
  /**
   * Offers this way although the profile asks for yes or no only, and this way shows more than that to
   * those on it. Without it such a profile does not offer it.
   */
  readonly revealsMore?: true;
}

/** `options.photo` */
export interface PhotoOptions {
  /**
   * Signs the receipts of uploads (HMAC-SHA-256): at least 32 random bytes, the same for every
   * machine and after every restart.
   */
  readonly receiptKey: Uint8Array;
  /**
   * Keys whose receipts count as well, so that `receiptKey` is replaced without a gap: first add the new
   * one here on every machine, then make it `receiptKey` and put the old one here, and take that out when
   * sessions of before have ended.
   */
  readonly otherReceiptKeys?: readonly Uint8Array[];
  /**
   * Days in which a picture of one session is recognized in another, and refused. Only its SHA-256 is
   * kept for it, beyond the picture and the session. Default 365; 0 recognizes nothing.
   */
  readonly rememberImagesDays?: number;
}
