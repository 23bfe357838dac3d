import type { Code } from '../../wire/error.ts';
import type { LaterMessages } from '../messages.ts';

const noWallet: { readonly [C in Code]?: string } = {
  'blocked/page_policy': 'This page’s settings do not allow it',
  'blocked/permissions_policy': 'This page is shown inside another',
  'blocked/insecure_context': 'The connection is not secure (https)',
};

export const en: LaterMessages = {
  choose: {
    heading: 'How would you like to do it?',
    recommended: 'Recommended',
    closed: 'Cannot be used in this browser',
    closedWallet: {
      iphone: 'Not possible here. It works in Safari from iOS 26 on (iPhone XS or later).',
      android: 'Not possible here. It works in a current Chrome.',
      other: 'Not possible here. It works in Safari from iOS 26 on, or a current Chrome.',
    },
    openIn: {
      iphone: 'Please open this in Safari',
      android: 'Please open this in Chrome',
      other: 'Please open this in Safari or Chrome',
    },
    openInText:
      'Not every method works in the browser of an app. Choose “Open in browser” in the “…” menu, or copy the link and paste it into the address bar of your browser.',
    openInHere: 'What works here:',
    goOnHere: 'Continue here with this one',
    next: 'Next',
    none: 'None of these works for me',
    noneHelp: (service) =>
      `Close this screen and use another procedure or a counter of ${service}. Nothing has been sent so far.`,
  },
  link: {
    copy: 'Copy link',
    copied: 'The link was copied.',
    notCopied: 'Could not copy. Please copy the link from the address bar.',
  },
  consent: {
    heading: (service) => `What ${service} receives`,
    notSent: (claims) => `Not sent: ${claims}.`,
    list: ' and ',
    comma: ', ',
    keptYears: (years) => `Kept ${years} ${years === 1 ? 'year' : 'years'}`,
    keptDays: (days) => `Kept ${days} ${days === 1 ? 'day' : 'days'}`,
    notKept: 'Not kept',
    yesOrNo: 'Only “yes” or “no”',
    other: 'Use another method',
  },
  methods: {
    wallet: {
      title: 'My Number Card on your phone',
      needs: 'Only Face ID or Touch ID. No password.',
      time: 'About 30 seconds',
    },
    jpki: {
      title: 'Read the card with your phone',
      needs: 'Signing password (6–16 characters) and a phone.',
      time: 'About 3 minutes',
    },
    'jpki-mobile': {
      title: 'Use the certificate in your phone',
      needs: 'Signing password (6–16 characters) and an Android phone. No card.',
      time: 'About 2 minutes',
    },
    'ic-chip': {
      title: 'Use the chip in a document and your face',
      needs: 'A document with a chip and a phone. Your face is photographed, too.',
      time: 'About 4 minutes',
    },
    photo: {
      title: 'Photograph a document and your face',
      needs: 'An identity document and a camera.',
      time: 'About 5 minutes; the result may come later',
    },
  },
  submitting: {
    heading: 'Checking',
    text: 'What arrived is being checked. Please keep this screen open.',
    slow: 'This is taking longer than usual. Nothing that arrived is lost.',
  },
  confirming: {
    heading: 'Finishing',
    text: 'The result is being recorded. Please keep this screen open.',
  },
  review: {
    heading: 'Check what was read',
    portrait: 'The portrait that was read',
    noPortrait:
      'The portrait was read, but this browser cannot show its format. You can still go on.',
    yes: 'Yes',
    no: 'No',
    sex: { '1': 'Male', '2': 'Female' },
    match: 'As in your account',
    mismatch: 'Not as in your account',
    undetermined: 'Not compared automatically',
    vanishes: (minutes) =>
      `This disappears after ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}. Nothing is stored on this device.`,
    confirm: 'Yes, this is right',
    dispute: 'Something is wrong',
    hiddenHeading: 'No longer shown',
    hidden: 'What was read has left the screen. Show it again to confirm it.',
    show: 'Show it again',
  },
  pending: {
    heading: 'Received',
    text: (service) => `A person will check it. ${service} will tell you the result.`,
    close: 'You may close this screen.',
  },
  done: {
    heading: 'Your identity has been confirmed',
    text: (service) => `The result was sent to ${service}.`,
    close: 'You may close this screen.',
    onFirst: 'The first screen goes on by itself.',
    nextTime: 'Easier next time',
    nextTimeText: 'Add your My Number Card to your iPhone, and no signing password is needed.',
    add: 'Add it now',
  },
  wallet: {
    approve: 'Continue with the wallet',
    preparing: 'Getting ready',
    faceOnly: 'You approve with Face ID or Touch ID. A passcode cannot be used.',
    awaitingHeading: 'Approve in your wallet',
    awaiting: 'Follow what your phone or screen shows, check what will be sent, and approve it.',
    awaitingNote: 'Nothing is sent until you approve.',
    basis: (basis) => `Why My Number is asked: ${basis}`,
    elsewhere: (code) =>
      `${noWallet[code] ?? 'This browser does not support it'}, so the wallet cannot be used here. You can continue on your phone.`,
    transfer: 'Continue on your phone',
    back: 'Back to what is sent',
  },
};
