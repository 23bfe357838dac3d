/** Why something was refused or did not happen; published, so a category never changes its meaning. */
export const CATEGORIES = [
  'malformed',
  'limit',
  'unsupported',
  'request_mismatch',
  'digest',
  'validity',
  'issuer_signature',
  'untrusted_issuer',
  'revoked',
  'undetermined',
  'device_binding',
  'decryption',
  'session',
  'config',
  'policy',
  'blocked',
  'unavailable',
  'incomplete',
] as const;

/** The first half of a code; what it means never changes. */
export type Category = (typeof CATEGORIES)[number];

/** `category` or `category/case`, for example `session/expired`. */
export type Code = Category | `${Category}/${string}`;

/** Whether a code from the other side has a category this side knows. */
export const isCode = (code: string): code is Code =>
  CATEGORIES.some((category) => category === code.split('/', 1)[0]);

/**
 * The one error of this project. `code` is stable and safe to show and to log; `message` is for
 * developers and never holds anything about the person; `cause` keeps what led to it.
 */
export class IdVerifyError extends Error {
  override readonly name = 'IdVerifyError';
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get category(): Category {
    return this.code.split('/', 1)[0] as Category;
  }
}

/** Anything that was thrown; what is none of ours by the code given. */
export const asError = (error: unknown, code: Code, message: string): IdVerifyError =>
  error instanceof IdVerifyError ? error : new IdVerifyError(code, message, { cause: error });
