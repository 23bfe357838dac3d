/**
 * The simulated wallet did not answer. `exception` is what the page sees: a TypeError for a request
 * no browser would forward, a NotAllowedError for everything a wallet keeps to itself. `message`
 * says more than a real wallet would, for whoever builds requests.
 */
export class WalletError extends Error {
  override readonly name = 'WalletError';
  readonly exception: 'TypeError' | 'NotAllowedError';

  constructor(exception: WalletError['exception'], message: string) {
    super(message);
    this.exception = exception;
  }
}

export function demand(condition: unknown, what: string): asserts condition {
  if (!condition) throw new WalletError('TypeError', `request: ${what}`);
}

export function permit(condition: unknown, why: string): asserts condition {
  if (!condition) throw new WalletError('NotAllowedError', why);
}
