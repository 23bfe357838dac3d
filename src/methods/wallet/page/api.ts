/**
 * The Digital Credentials API as browsers have it, each global looked at by itself and when it is
 * needed: WebKitGTK has neither `DigitalCredential` nor `navigator.credentials`, Firefox only one.
 */
import type { WalletRequest } from '../../../wire/contract.ts';
import type { Code } from '../../../wire/error.ts';
import { WALLET_PROTOCOLS, type WalletProtocol } from '../../../wire/wallet-protocols.ts';
import { isForbidden, isFramed } from '../../permissions-policy.ts';

interface DigitalCredentialClass {
  userAgentAllowsProtocol?(protocol: string): boolean;
}

const digitalCredential = (): DigitalCredentialClass | undefined =>
  (globalThis as { DigitalCredential?: DigitalCredentialClass }).DigitalCredential;

/**
 * The protocols to offer. Always a subset of the ones we speak: Chromium says yes to any name.
 * Without the question, what every implementation so far understands.
 */
export function usableProtocols(): readonly WalletProtocol[] {
  const api = digitalCredential();
  if (!api) return [];
  return WALLET_PROTOCOLS.filter((protocol) => {
    const understoodByAll = protocol === 'org-iso-mdoc';
    try {
      return api.userAgentAllowsProtocol?.(protocol) ?? understoodByAll;
    } catch {
      // A question that fails is no answer: it does not close the wallet.
      return understoodByAll;
    }
  });
}

/** Why the wallet cannot be asked here; undefined where it can. Asks nobody. */
export function obstacle(): Code | undefined {
  if (!isSecureContext) return 'blocked/insecure_context';
  if (isForbidden('digital-credentials-get')) {
    return isFramed() ? 'blocked/permissions_policy' : 'blocked/page_policy';
  }
  const credentials = navigator.credentials as CredentialsContainer | undefined;
  if (!digitalCredential() || !credentials?.get) return 'unavailable/no_api';
  return usableProtocols().length === 0 ? 'unavailable/no_protocol' : undefined;
}

/** Opens the chooser. To be called in the very task of the tap. */
export function askWallet(
  requests: readonly WalletRequest[],
  signal: AbortSignal,
): Promise<unknown> {
  const options = { mediation: 'required', signal, digital: { requests } } as const;
  return navigator.credentials.get(options as CredentialRequestOptions);
}
