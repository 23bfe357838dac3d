/** What the JSX types of the element let through, and what they refuse: checked by the compiler alone. */
import type { IdVerifyErrorEvent } from '../../src/index.ts';
import type {} from '../../src/jsx.ts';

export const right = (
  <id-verify
    profile="identity"
    endpoint="/id-verify"
    methods="wallet jpki"
    required
    ref={(element) => void element?.setCustomValidity('')}
    onid-verify-result={({ ref, status }) => `${ref} ${status}`}
    onid-verify-state={({ state }) => state}
    onid-verify-error={({ code, retryable }) => `${code} ${retryable}`}
  />
);

const ofAnError = ({ code }: IdVerifyErrorEvent) => code;
const ofClaims = ({ claims }: { readonly claims: object }) => claims;

export const wrong = [
  // @ts-expect-error: the handler of an error is none of a result
  <id-verify onid-verify-result={ofAnError} />,
  // @ts-expect-error: the page's event has no claims; they are the server's
  <id-verify onid-verify-result={ofClaims} />,
  // @ts-expect-error: misspelt
  <id-verify profil="identity" />,
  // @ts-expect-error: a list would be lost where a server renders the page
  <id-verify methods={['wallet']} />,
  // @ts-expect-error: light, dark or auto
  <id-verify theme="sepia" />,
];
