/** What this page is shown on, as far as what is recommended depends on it. */
export interface Device {
  readonly system: 'iphone' | 'android' | 'other';
  /** A browser inside an app: no wallet, often no camera, and nothing to install into. */
  readonly inApp: boolean;
}

/** The names by which apps add to their browser's; Android's own web view says `wv`. */
const APPS =
  /\b(Line|Instagram|FBAN|FBAV|FB_IAB|Twitter|MicroMessenger|YJApp|TikTok|musical_ly|Snapchat|KAKAOTALK|GSA)\b|; wv\)/i;

/**
 * An iPad counts as other: it reads no card, so that a phone is another device to it.
 * @param userAgent what the browser says of itself
 */
export function deviceOf(userAgent: string): Device {
  const system = /\biP(hone|od)\b/.test(userAgent)
    ? 'iphone'
    : /\bAndroid\b.*\bMobile\b/.test(userAgent)
      ? 'android'
      : 'other';
  // An app's view on an iPhone leaves out the word that its browsers have.
  const bare = system === 'iphone' && !/\bSafari\//.test(userAgent);
  return { system, inApp: bare || APPS.test(userAgent) };
}

export const thisDevice = (): Device => deviceOf(navigator.userAgent);

/** To a phone a phone is no other device: nothing on it leads to a QR code for itself. */
export const isPhone = ({ system, inApp }: Device): boolean => system !== 'other' || inApp;
