import type { MethodEntry } from './method.ts';
import { wallet } from './wallet/method.ts';

/** The methods of this build. Adding one is its folder and a line here. */
export const methodEntries: readonly MethodEntry[] = [wallet];
