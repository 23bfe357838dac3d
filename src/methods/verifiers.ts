/** The server's rungs: one folder and one line in each list. */

import type { HandoffOptions } from './handoff/server/config.ts';
import { handoffVerifier } from './handoff/server/verify.ts';
import type { Deployment, MethodVerifier } from './method-verifier.ts';
import { photoVerifier } from './photo/server/verify.ts';
import type { PhotoOptions } from './photo/settings.ts';
import { walletVerifier } from './wallet/server/verify.ts';
import type { WalletOptions } from './wallet/settings.ts';

/** What an operator sets once per method. A method that is not set is not offered. */
export interface MethodOptions {
  readonly wallet?: WalletOptions;
  readonly handoff?: HandoffOptions;
  readonly photo?: PhotoOptions;
}

/** @throws IdVerifyError `config/*` */
export const createVerifiers = (
  deployment: Deployment,
  options: MethodOptions,
): readonly MethodVerifier[] => [
  ...(options.wallet ? [walletVerifier(deployment, options.wallet)] : []),
  ...(options.handoff ? [handoffVerifier(deployment, options.handoff)] : []),
  ...(options.photo ? [photoVerifier(deployment, options.photo)] : []),
];
