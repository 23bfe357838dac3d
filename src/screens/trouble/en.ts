import type { TroubleMessages } from '../messages.ts';

const notComplete = 'The procedure is not complete';
const nothingSent = 'Nothing has been sent.';
const notProven = 'What arrived will not be used.';

export const en: TroubleMessages = {
  cancelled: {
    heading: 'You left the identity check',
    text: 'Everything up to here was erased. You can start again at any time.',
    restart: 'Start again',
  },
  expired: {
    heading: 'The time ran out',
    text: 'To be safe, everything up to here was erased. Please start again.',
  },
  ways: {
    next: 'Recommended next',
    takeNext: 'Continue this way',
    retry: 'Try again',
    retryWallet: 'Try the wallet again',
    restart: 'Start again',
    takeBack: 'Continue here instead',
    other: 'Use another method',
    code: 'If you contact us: ',
    attempts: (left) => `You can try ${left} more ${left === 1 ? 'time' : 'times'}.`,
  },
  noneUsable: {
    heading: 'This browser cannot continue',
    text: 'None of the methods can be used here. Nothing has been sent.',
  },
  refused: {
    heading: 'Could not be confirmed',
    text: 'It ends here. Trying again would not change the result.',
    told: (service) =>
      `${service} learns only that it could not be confirmed. What was used has been erased.`,
    close: 'You can close this page.',
  },
  account: {
    heading: 'Your account says something else',
    mismatch: (claim) =>
      `What was read differs from your account (${claim}), so the check could not be completed.`,
    note: 'If something has changed, for example after moving house, update your account first.',
    undeterminedHeading: 'Could not be compared automatically',
    undetermined: (claim) =>
      `It is written in another way (${claim}), so it is not clear whether it is the same as in your account. This does not mean that it is wrong.`,
    undeterminedNote: 'Please ask the service to check it.',
  },
  categories: {
    malformed: {
      heading: notComplete,
      text: `The answer could not be read. ${notProven} Please try again.`,
    },
    limit: {
      heading: 'No more attempts here',
      text: `The limit of attempts or of size was reached. ${notProven}`,
      note: 'If it is urgent, please contact the service.',
    },
    unsupported: {
      heading: 'This card is not supported yet',
      text: `The card has a format that cannot be checked here. ${notProven}`,
    },
    request_mismatch: {
      heading: notComplete,
      text: `What arrived is not what was asked for. ${notProven} Please try again.`,
    },
    digest: {
      heading: 'The card could not be confirmed',
      text: `What arrived differs from what was issued. ${notProven}`,
    },
    validity: {
      heading: 'Please check when the card expires',
      text: `The card has expired or is not valid yet. ${notProven}`,
      note: 'After renewing a My Number Card, choose “Resume use” in the Mynaportal app from the next morning on.',
    },
    issuer_signature: {
      heading: 'The card could not be confirmed',
      text: `The issuer’s signature could not be confirmed. ${notProven}`,
    },
    untrusted_issuer: {
      heading: 'The issuer could not be confirmed',
      text: `It could not be confirmed that the card is from an issuer this service accepts. ${notProven}`,
    },
    revoked: {
      heading: 'This card cannot be used now',
      text: `It is suspended or has been revoked. ${notProven}`,
      note: 'For My Number Cards call the toll-free line 0120‑95‑0178 (24 hours, in Japanese).',
    },
    undetermined: {
      heading: 'Not checked yet',
      text: 'The place that knows whether the card is valid could not be reached. This does not mean that anything is wrong with the card.',
      note: 'Please try again later.',
    },
    device_binding: {
      heading: notComplete,
      text: `It could not be confirmed that the answer was meant for this screen. ${notProven} Please try again.`,
    },
    decryption: {
      heading: notComplete,
      text: `What arrived could not be opened. ${notProven} Please try again.`,
    },
    session: {
      heading: 'Please start again',
      text: 'The procedure on this screen has ended.',
    },
    config: {
      heading: 'Not available right now',
      text: `There is a problem on the service’s side, so the check cannot start. ${nothingSent}`,
      note: 'If it stays like this, please tell the service.',
    },
    policy: {
      heading: 'Not accepted this way',
      text: `The rules of this service do not allow this method. ${notProven}`,
    },
    blocked: {
      heading: 'This screen cannot continue',
      text: `It was stopped because it could not go on safely. ${nothingSent}`,
    },
    unavailable: {
      heading: 'This method cannot be used now',
      text: nothingSent,
    },
    incomplete: {
      heading: notComplete,
      text: `It was cancelled, or there was no suitable card in the wallet. ${nothingSent}`,
      note: 'To add a card to an iPhone use the Mynaportal app. Face ID or Touch ID is needed; a passcode cannot take its place.',
    },
  },
  cases: {
    'unavailable/network': {
      heading: 'The service cannot be reached',
      text: 'Check your connection and try again. Nothing is sent twice.',
    },
    'unavailable/timeout': {
      heading: 'The answer is taking long',
      text: 'The service has not answered. Please wait a moment and try again.',
    },
    'unavailable/backend': {
      heading: 'The service does not respond',
      text: 'There is a problem on the service’s side. Please wait a moment and try again.',
    },
    'unavailable/busy': {
      heading: 'The service is busy',
      text: 'Please wait a moment and try again.',
    },
    'blocked/insecure_context': {
      heading: 'This screen cannot continue',
      text: `The connection is not secure (https), so the browser blocks wallets and cameras. ${nothingSent}`,
    },
    'unavailable/no_api': {
      heading: 'Open this page in Safari or Chrome',
      text: `This browser, or the browser inside this app, cannot reach your wallet. ${nothingSent}`,
      note: 'Tap “…” and choose “Open in browser”, or copy the link and open it in Safari on iOS 26 or later, or in a current Chrome.',
    },
    'unavailable/no_camera': {
      heading: 'Open this page in Safari or Chrome',
      text: `This browser, or the browser inside this app, cannot use the camera. ${nothingSent}`,
      note: 'Tap “…” and choose “Open in browser”, or copy the link and open it in Safari or Chrome.',
    },
    'unavailable/no_protocol': {
      heading: 'Please update your browser',
      text: `This browser cannot talk to your wallet in the way needed here. ${nothingSent}`,
      note: 'Open this page in a current Safari or Chrome.',
    },
    'blocked/page_policy': {
      heading: 'The wallet cannot be used here',
      text: `This service’s settings do not let this page use the wallet. ${nothingSent}`,
      note: 'Go on another way, or tell the service.',
    },
    'blocked/permissions_policy': {
      heading: 'Open this page on its own',
      text: `It is shown inside another page and may not use the wallet there. ${nothingSent}`,
      note: 'Open this page alone in a new window.',
    },
    'session/expired': {
      heading: 'The time ran out',
      text: 'To be safe, everything up to here was erased.',
    },
    'incomplete/held_back': {
      heading: notComplete,
      text: `This page stopped it before anything was sent. ${nothingSent}`,
    },
    'incomplete/replaced': {
      heading: 'You are continuing in another tab',
      text: 'The same procedure was opened in another tab, so this screen has stopped. You may close it.',
    },
    'incomplete/lost': {
      heading: notComplete,
      text: 'The page was loaded again, and what was being sent is gone. Please try again.',
    },
    'policy/individual_number': {
      heading: 'This cannot be sent',
      text: `My Number was asked without a stated legal basis, so it was stopped. ${nothingSent}`,
      note: 'Please tell the service.',
    },
    'policy/review': {
      heading: 'A reviewer could not accept this',
      text: 'This is what the reviewer says. The photos you sent have been erased.',
    },
    'policy/reused': {
      heading: 'One of the photos was used before',
      text: 'The same photo cannot be used twice. Please take a new one.',
    },
    'policy/law': {
      heading: 'This method may no longer be used',
      text: 'The law does not accept this method any more.',
    },
    'incomplete/image': {
      heading: 'A photo has not arrived',
      text: 'Please try again. The photos that have arrived need not be taken again.',
    },
    'incomplete/disputed': {
      heading: 'Thank you for telling us',
      text: 'What was read has not been confirmed. It was erased.',
      note: 'If the card itself is wrong, your municipality can correct it.',
    },
    'limit/attempts': {
      heading: 'No more attempts here',
      text: `All attempts have been used. ${notProven}`,
      note: 'If it is urgent, please contact the service.',
    },
  },
};
