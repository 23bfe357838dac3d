/**
 * Confirmation of a カード代替電磁的記録. 番号利用法18条の2第7項 lets a recipient rely on one only after
 * confirming it with a program the government provides or has certified. This project's own
 * technical verification is not such a program by itself; an operator plugs one in here.
 */
export interface ConfirmationInput {
  readonly docType: string;
  /** The decrypted DeviceResponse. */
  readonly deviceResponse: Uint8Array;
  readonly sessionTranscript: Uint8Array;
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Who confirms that a document from a wallet is genuine, 番号利用法 18条の2: this project's technical
 * verification alone, or after it a program that is provided or certified.
 */
export interface Confirmation {
  /** `certified`: provided under art. 18-4(1) or certified under art. 18-4(2). */
  readonly kind: 'technical' | 'certified';
  /** Named in the checks of every result. */
  readonly program: string;
  /**
   * Asked after the technical verification passed. Silence, an exception or a time-out is
   * `undetermined`, never a confirmation.
   */
  confirm(input: ConfirmationInput, signal: AbortSignal): Promise<'confirmed' | 'refused'>;
}

/** The technical verification alone, which has already passed when a confirmation is asked. */
export const technicalConfirmation: Confirmation = {
  kind: 'technical',
  program: 'id-verify',
  confirm: async () => 'confirmed',
};
