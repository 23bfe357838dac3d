/** What the wallet needs beyond the first screen. */

import type { MethodHost, MethodRun } from '../../method.ts';
import { checkRequests } from './request-check.ts';
import { startWallet } from './run.ts';

export const start = (host: MethodHost): MethodRun => startWallet(host, checkRequests);
