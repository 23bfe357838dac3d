/** What a person looks at who decides on evidence that no machine can judge. */

/** What a reviewer looks at: the facts of evidence that waits for a decision. */
export interface ReviewMaterial {
  /** What kind of document it is said to be. */
  readonly document: string;
  /** What was made sure of by itself: that something of its shape lies there, never which document. */
  readonly recognized: 'shape_only';
  /** To be looked at twice, the gravest first. */
  readonly flags: readonly string[];
  /** In the order accepted. */
  readonly shots: readonly ReviewShot[];
  /** What was asked and not done. */
  readonly skipped: readonly string[];
  /** Shots taken and not accepted by the person. */
  readonly discarded: number;
}

/** One picture the person accepted, and what the page says of it. */
export interface ReviewShot {
  readonly step: string;
  readonly gesture?: string;
  /** The gesture this one took the place of. */
  readonly insteadOf?: string;
  /** Whether it is the last for its step, the one that counts. */
  readonly counts: boolean;
  readonly attempt: number;
  readonly origin: string;
  readonly capture: string;
  readonly flags: readonly string[];
  /** Numbers the person covered. */
  readonly masks: readonly string[];
  /** Thousandths of the sharpness of a sharp picture, mean luma to 255, degrees. */
  readonly quality?: { readonly sharpness: number; readonly brightness: number; tilt?: number };
  /** On the page's clock, milliseconds since 1970. */
  readonly takenAt: number;
  readonly image: { readonly hash: string; readonly width: number; readonly height: number };
}
