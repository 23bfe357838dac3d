import type { ja } from './ja.ts';

const notComplete = 'The procedure is not complete';
const nothingSent = 'Nothing has been sent.';
const reset =
  'Book a reset in the phone app “JPKI暗証番号リセット”, then set a new one at a convenience-store terminal within 24 hours (6:30–23:00, free). You need the 4-digit PIN for it. If you do not know that either, your municipality can help at its counter.';
const locks = '6–16 half-width capitals and digits. Five wrong entries lock it.';

export const en: typeof ja = {
  sees: 'Who sees what',
  certificate: (app) =>
    `The certificate for signing holds your name, address, date of birth and sex. The operator of ${app} and the server that checks it see all of these.`,
  chip: (app) =>
    `The operator of ${app} sees what the chip holds, such as your name, address, date of birth and portrait, and the photo of your face. The server that checks it gets the result.`,
  gets: (service, claims) => `${service} gets: ${claims}.`,
  getsNot: (claims) => `It does not get: ${claims}.`,
  derived: 'Worked out from your date of birth and told as “yes” or “no”',
  needs: 'What you need',
  rungs: {
    jpki: {
      document: 'Your My Number Card',
      secret: 'Its signing password',
      lock: locks,
      phone: (app) => `A phone that can read the card, with ${app}`,
      time: 'About 3 minutes',
      start: 'Read it with a phone',
      read: 'Enter the signing password and read the card',
      unknown: 'I don’t know the signing password',
      unknownText: `It is not the 4-digit PIN: it has 6–16 characters with capitals. Guessing locks it after five tries. ${reset}`,
    },
    'jpki-mobile': {
      document: 'An Android phone with your certificate',
      secret: 'The phone’s signing password',
      lock: locks,
      phone: (app) => `${app} on that phone`,
      time: 'About 2 minutes, no card needed',
      start: 'Use the phone’s certificate',
      read: 'Enter the signing password',
      unknown: 'I don’t know the signing password',
      unknownText:
        'You chose it when the certificate was put into the phone; it may differ from the card’s. If you cannot remember it, please use another method.',
    },
    'ic-chip': {
      document: 'An identity document with a chip',
      secret: 'Your face',
      lock: 'Photographed with the phone after reading. No signing password.',
      phone: (app) => `A phone that can read the chip, with ${app}`,
      time: 'About 4 minutes',
      start: 'Read it with a phone',
      read: 'Read the document and photograph your face',
      unknown: '',
      unknownText: '',
    },
  },
  preparing: 'A code for your phone is being made.',
  scanHeading: 'Scan this with your phone',
  hereHeading: (app) => `Continue in ${app}`,
  qr: 'QR code for the camera of your phone. If you cannot scan it, use the link below.',
  match: 'Your phone shows three numbers. Choose this one.',
  matchHere: 'The next page shows three numbers. Choose this one.',
  left: (minutes, seconds) => `${minutes} min ${seconds} s left`,
  more: 'I need more time',
  renewed: 'There is a new code and a new number.',
  notRenewed: 'There was no new code to be had just now. You can go on as you are.',
  lastMinute: 'One minute left. You can ask for more time.',
  steps: 'What happens next',
  scan: 'Scan the QR code with your phone’s camera',
  tap: 'Press the button to open the next page',
  choose: 'Choose the same number as on this screen',
  open: (app) => `Open ${app}`,
  openHere: 'Continue on this phone',
  openBeside: 'Open on this device',
  otherPhone: 'Scan with another phone',
  copy: 'Copy link',
  copied: 'Copied',
  notCopied: 'Could not copy',
  missing: 'The app does not open',
  missingText: (app) =>
    `Get ${app} from your app store, then try again. If this page is shown inside another app or in a private window, open it in your usual browser.`,
  agree: 'What you agree to on the phone:',
  scannedHeading: 'Your phone has scanned it',
  progressHeading: 'Continue on your phone',
  keepOpen: 'Keep this screen open. It goes on by itself.',
  stages: {
    scanned: 'Choose the number',
    in_app: 'Follow the app',
    card_read: 'Receive what was read',
  },
  said: {
    scanned: 'Your phone has scanned it. Choose the same number there.',
    in_app: 'You are in the app.',
    card_read: 'Reading is finished. The result is on its way.',
  },
  again: 'LikelyDevice over with a new code',
  noticed:
    'Somebody tried to use an answer of this procedure again. It was stopped, and you can go on.',
  failures: {
    'incomplete/declined': {
      heading: notComplete,
      text: `“Stop” was chosen on the phone. ${nothingSent}`,
    },
    'incomplete/wrong_code': {
      heading: notComplete,
      text: `The number chosen on the phone was not the one on this screen, so it was stopped. ${nothingSent}`,
      note: 'If that was not you, make sure that nobody else has seen the QR code or the link.',
    },
    'incomplete/timed_out': {
      heading: notComplete,
      text: `It was not finished in time. ${nothingSent}`,
      note: 'You can start again with a new code.',
      again: true,
    },
    'unavailable/pin_locked': {
      heading: 'The signing password is locked',
      text: `It was entered wrongly five times. Waiting does not unlock it. ${nothingSent}`,
      note: reset,
    },
    'validity/certificate_expired': {
      heading: 'The certificate has expired',
      text: `A signing certificate lasts until the fifth birthday after it was issued. ${nothingSent}`,
      note: 'Your municipality can renew it. This does not mean that the card itself cannot be used.',
    },
    'revoked/certificate': {
      heading: 'The certificate is no longer valid',
      text: `A change of name or address, for example after moving house, ends the signing certificate. ${nothingSent}`,
      note: 'Your municipality can put a new one on the card. For a lost card call 0120‑95‑0178 (toll-free, 24 hours, in Japanese).',
    },
    'unavailable/card_unreadable': {
      heading: 'It could not be read',
      text: `This happens when the card slips or is taken away too early. ${nothingSent}`,
      note: 'Take the phone out of its case, lay it on the card, and do not move it until reading is finished.',
      again: true,
    },
    'unavailable/app_missing': {
      heading: 'The app did not open',
      text: `It does not seem to be on the phone. ${nothingSent}`,
      note: 'Get the app from your app store and try again, or use another phone.',
    },
    'unavailable/provider': {
      heading: 'The reading service does not respond',
      text: `There is a problem on the side of the app’s operator. ${nothingSent}`,
      note: 'Please wait a moment and try again.',
    },
    'session/callback_browser': {
      heading: notComplete,
      text: `The app came back to another browser than the one it was opened from, so it was stopped. ${nothingSent}`,
      note: 'Open the link in your phone’s usual browser, not in a private window, and try again.',
    },
    'session/callback_expired': {
      heading: notComplete,
      text: `The app came back too late. ${nothingSent}`,
    },
    'session/callback_used': {
      heading: notComplete,
      text: `The app’s answer had been used before. ${nothingSent}`,
    },
    'session/callback_state': {
      heading: notComplete,
      text: `The app’s answer belonged to something else. ${nothingSent}`,
    },
  },
};
