/** Errors as the page meets them: the project's own, and one reading of the browser's. */
import { type Code, IdVerifyError } from './wire/error.ts';

export { CATEGORIES, type Category, type Code, IdVerifyError } from './wire/error.ts';

/**
 * What the exceptions of `navigator.credentials.get` can mean. A browser does not tell a cancel from
 * a missing card, on purpose, and none of them says anything about who the person is.
 */
const CREDENTIAL_ERRORS: Readonly<Record<string, Code>> = {
  NotAllowedError: 'incomplete/not_allowed',
  // With our own signal not aborted: a cancel in earlier releases of Safari 26, or a page torn down.
  AbortError: 'incomplete/cancelled',
  // An inactive document, or a second request in earlier releases of Safari 26.
  InvalidStateError: 'incomplete/busy',
  NotSupportedError: 'unavailable/no_api',
  TypeError: 'config/wallet_request',
  SecurityError: 'blocked/opaque_origin',
  OperationError: 'unavailable/platform',
  SyntaxError: 'unavailable/platform',
};

/**
 * Reads a rejection of the Digital Credentials API.
 * @param signal the one given to the call: when it is aborted, we stopped it ourselves
 */
export function credentialError(error: unknown, signal: AbortSignal): IdVerifyError {
  if (error instanceof IdVerifyError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const code = signal.aborted
    ? 'incomplete/aborted'
    : name === 'TypeError' && isReplaced()
      ? 'unavailable/platform'
      : (CREDENTIAL_ERRORS[name] ?? 'unavailable/unknown');
  return new IdVerifyError(code, `the browser answered ${name || 'without an error'}`, {
    cause: error,
  });
}

/** A password manager has put itself in the place of the browser's call: its slips are its own. */
function isReplaced(): boolean {
  const credentials = navigator.credentials as CredentialsContainer | undefined;
  const get = credentials?.get;
  return get !== undefined && !Function.prototype.toString.call(get).includes('[native code]');
}
