import type { ja } from './ja.ts';

const notComplete = 'The procedure is not complete';
const nothingSent = 'Nothing has been sent.';

export const en: typeof ja = {
  preparing: 'A code for your phone is being made.',
  heading: 'Continue on your phone',
  text: 'Scan this with your phone’s camera. The next step opens in the phone’s browser.',
  qr: 'QR code for the camera of your phone. If you cannot scan it, copy the link and open it there.',
  match: 'Enter this number on your phone.',
  left: (minutes, seconds) => `${minutes} min ${seconds} s left`,
  more: 'Make a new code',
  renewed: 'There is a new code and a new number.',
  notRenewed: 'There was no new code to be had just now. This one is still good.',
  over: 'The time is over. Please make a new code.',
  copy: 'Copy link',
  copied: 'Copied',
  notCopied: 'Could not copy',
  goOnHere: 'Continue on this device',
  followHeading: 'You are continuing on your phone',
  follow: 'The details are shown on the phone only. This screen goes on by itself at the end.',
  asked: 'What is checked',
  followed: {
    awaiting: 'Under way',
    review: 'Being checked on the phone',
  },
  joinHeading: 'Enter the number on the first screen',
  joinText:
    'The screen where this was started shows a number of two digits. After a wrong number this link no longer works.',
  digits: 'Number of two digits',
  next: 'Next',
  checking: 'Checking',
  acceptHeading: (service) => `Continue the identity check for ${service}?`,
  why: 'Purpose',
  since: 'Started at',
  device: 'Started on',
  devices: {
    computer: 'A computer',
    tablet: 'A tablet',
    phone: 'A phone',
    unknown: 'A device of unknown kind',
  },
  warning:
    'Stop here unless you started this yourself, or it was started in front of you at a counter. Never continue from a link somebody sent you.',
  accept: 'Continue',
  failures: {
    refused: {
      heading: notComplete,
      text: `The number entered on the phone was wrong, so it was stopped. ${nothingSent}`,
      note: 'If that was not you, make sure that nobody else has seen the code or the link.',
    },
    'incomplete/wrong_code': {
      heading: notComplete,
      text: `The number was not the one on the first screen, so it was stopped. ${nothingSent}`,
      note: 'Make a new code on the first screen and scan it again.',
    },
    'session/link': {
      heading: 'This link no longer works',
      text: `Its time is over, or it was used before. ${nothingSent}`,
      note: 'Make a new code on the first screen and scan it again.',
    },
  },
};
