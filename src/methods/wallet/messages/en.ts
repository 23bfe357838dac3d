import type { ja } from './ja.ts';

export const en: typeof ja = {
  approve: 'Continue with the wallet',
  preparing: 'Getting ready',
  faceOnly: 'You approve with Face ID or Touch ID. A passcode cannot be used.',
  awaitingHeading: 'Approve in your wallet',
  awaiting: 'Follow what your phone or screen shows, check what will be sent, and approve it.',
  awaitingNote: 'Nothing is sent until you approve.',
  basis: (basis) => `Why My Number is asked: ${basis}`,
  transfer: 'Continue on your phone',
  back: 'Back to what is sent',
};
