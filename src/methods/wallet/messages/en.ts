import type { Code } from '../../../wire/error.ts';
import type { ja } from './ja.ts';

const reasons: { readonly [C in Code]?: string } = {
  'blocked/permissions_policy': 'This page is shown inside another',
  'blocked/insecure_context': 'The connection is not secure (https)',
};

export const en: typeof ja = {
  approve: 'Continue with the wallet',
  preparing: 'Getting ready',
  faceOnly: 'You approve with Face ID or Touch ID. A passcode cannot be used.',
  awaitingHeading: 'Approve in your wallet',
  awaiting: 'Follow what your phone or screen shows, check what will be sent, and approve it.',
  awaitingNote: 'Nothing is sent until you approve.',
  basis: (basis) => `Why My Number is asked: ${basis}`,
  elsewhere: (code) =>
    `${reasons[code] ?? 'This browser does not support it'}, so the wallet cannot be used here. You can continue on your phone.`,
  transfer: 'Continue on your phone',
  back: 'Back to what is sent',
};
