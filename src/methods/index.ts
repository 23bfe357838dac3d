import { handoff } from './handoff/page/method.ts';
import type { MethodEntry, TransferModule } from './method.ts';
import { photo } from './photo/page/method.ts';
import { wallet } from './wallet/page/method.ts';

/** The methods of this build. Adding one is its folder and a line here. */
export const methodEntries: readonly MethodEntry[] = [wallet, ...handoff, photo];

/** What carries a session on on a phone. */
export const loadTransfer = (): Promise<TransferModule> =>
  import('./handoff/page/transfer/module.ts');
