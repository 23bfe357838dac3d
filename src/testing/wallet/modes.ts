/** How the simulated wallet answers. Everything but the first is something a service must survive. */
export const MODES = [
  'approve',
  'cancel',
  'no-card',
  'expired',
  'tampered',
  'wrong-origin',
  'wrong-nonce',
  'other-protocol',
  'garbage',
  'openid-error',
  'unrequested-element',
  'withheld-element',
  'two-documents',
  'revoked',
  'renewed',
] as const;
export type Mode = (typeof MODES)[number];

/** How the browser behaves around it. The page script plays these; the wallet approves. */
export const BROWSER_MODES = [
  'slow',
  'api-absent',
  'in-app-browser',
  'safari-cancel',
  'safari-busy',
  'safari-protocols',
] as const;
export type BrowserMode = (typeof BROWSER_MODES)[number];

export const isBrowserMode = (value: unknown): value is BrowserMode =>
  BROWSER_MODES.includes(value as BrowserMode);

export const isMode = (value: unknown): value is Mode => MODES.includes(value as Mode);
