import { walletIcon } from '../../../ui/icons.ts';
import type { MethodEntry } from '../../method.ts';
import { obstacle } from './api.ts';

/** The My Number Card, or another document, in the phone's wallet, by the Digital Credentials API. */
export const wallet: MethodEntry = {
  id: 'wallet',
  icon: walletIcon,
  availability() {
    const code = obstacle();
    return code ? { usable: false, code } : { usable: true };
  },
  load: () => import('./module.ts'),
};
