/** Digital Credentials API protocols this project speaks. */
export const WALLET_PROTOCOLS = [
  'org-iso-mdoc',
  'openid4vp-v1-signed',
  'openid4vp-v1-multisigned',
  'openid4vp-v1-unsigned',
] as const;

export type WalletProtocol = (typeof WALLET_PROTOCOLS)[number];
