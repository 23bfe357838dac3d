/** What only who built the page can mend, said where developers look: on the console. */
import type { Snapshot } from '../session/api.ts';
import type { Code } from '../wire/error.ts';

export const warn = (text: string): void => console.warn(`<id-verify>: ${text}`);

const OPENING_PROPERTIES: readonly PropertyKey[] = ['endpoint', 'session', 'profile', 'methods'];

/** What a session was opened with stays, whatever is set in the middle. */
export function warnOfLateChanges(changed: readonly PropertyKey[]): void {
  const late = changed.filter((name) => OPENING_PROPERTIES.includes(name));
  if (late.length > 0) warn(`${late.join(', ')} changed; it counts from the next start()`);
}

const POLICIES: Partial<Record<Code, string>> = {
  'blocked/page_policy':
    "the wallet is shut: this page's Permissions-Policy must have digital-credentials-get=(self)",
  'blocked/permissions_policy':
    'the wallet is shut: the frame around this page must have allow="digital-credentials-get"',
};

/** The policy that keeps the wallet shut, and what would open it; undefined where none does. */
export function walletPolicy({
  availableMethods,
}: Snapshot): { readonly code: Code; readonly message: string } | undefined {
  for (const { availability } of availableMethods) {
    const message = availability.usable ? undefined : POLICIES[availability.code];
    if (!availability.usable && message) return { code: availability.code, message };
  }
  return undefined;
}
