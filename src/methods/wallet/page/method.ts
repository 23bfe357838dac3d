import { walletIcon } from '../../../ui/icons.ts';
import type { MethodEntry } from '../../method.ts';
import { obstacle } from './api.ts';
import { start } from './module.ts';

/** The My Number Card, or another document, in the phone's wallet, by the Digital Credentials API. */
export const wallet: MethodEntry = {
  id: 'wallet',
  icon: walletIcon,
  availability() {
    const code = obstacle();
    return code ? { usable: false, code } : { usable: true };
  },
  // Most people go this way: it comes with the entry.
  load: async () => ({ start }),
};
