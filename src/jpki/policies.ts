/**
 * Certificate policies of 公的個人認証 (JPKI): what a certificate is for stands in its policy, and
 * nowhere else as plainly. J-LIS, プロファイル仕様書 and 署名用認証局運用規程.
 */

/** 署名用電子証明書 by what holds it. */
export const JPKI_SIGNING_POLICIES = {
  card: '1.2.392.200149.8.5.1.1.20',
  /** スマホ用電子証明書. Not confirmed by a document of J-LIS. */
  phone: '1.2.392.200149.8.5.1.1.40',
  /** Cards of the test environment (O=JPKI-TEST). */
  testCard: '1.2.392.200149.8.5.1.0.20',
} as const;

/** 利用者証明用電子証明書: it says that somebody is here, and nothing about who. */
const AUTHENTICATION = '1.2.392.200149.8.5.1.3.';

export const isForAuthentication = (policy: string): boolean => policy.startsWith(AUTHENTICATION);
