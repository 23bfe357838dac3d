/** How the simulated wallet behaves. Everything but the first is something a service must survive. */
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
] as const;
export type Mode = (typeof MODES)[number];

export const isMode = (value: unknown): value is Mode => MODES.includes(value as Mode);
