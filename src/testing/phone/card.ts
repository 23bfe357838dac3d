/**
 * Cards that do not exist: a test root like that of JPKI, signing certificates of it for RSA-2048 keys
 * that live in this process, and the list of those that were withdrawn.
 */
import { type Bytes, utf8 } from '../issuer/bytes.ts';
import { newKeys, sign } from '../issuer/keys.ts';
import { certify, type Extensions, type Identity, revocationList } from '../issuer/x509.ts';

const DAY = 86_400_000;
/** 署名用電子証明書 end on the fifth birthday after issue. */
const VALID_DAYS = 5 * 365;

export type CardState = 'good' | 'expired' | 'revoked';

export interface CardMaker {
  readonly root: Identity;
  /** A card in some state; all of them have one key, which saves making more. */
  readonly cards: Readonly<Record<CardState, Identity>>;
  crl(): Bytes;
}

const signing: Extensions = {
  keyUsage: ['digitalSignature', 'nonRepudiation'],
  subjectKeyIdentifier: true,
  authorityKeyIdentifier: true,
  crlDistributionPoint: 'https://jpki.test.invalid/demo/phone/jpki.crl',
};

export function createCards(now: () => number = Date.now): CardMaker {
  const at = (days: number) => new Date(now() + days * DAY);
  const root = certify({
    subject: { CN: 'TEST signing certificates', O: 'TEST card authority, not real', C: 'JP' },
    keys: newKeys('RSA-2048'),
    notBefore: at(-3650),
    notAfter: at(3650),
    extensions: {
      basicConstraints: { ca: true, pathLength: 0 },
      keyUsage: ['keyCertSign', 'cRLSign'],
      subjectKeyIdentifier: true,
    },
  });
  const keys = newKeys('RSA-2048');
  const issue = (from: number): Identity =>
    certify({
      subject: { CN: 'TEST card', C: 'JP' },
      keys,
      issuer: root,
      notBefore: at(from),
      notAfter: at(from + VALID_DAYS),
      extensions: signing,
    });
  const cards = { good: issue(-100), expired: issue(-VALID_DAYS - 1), revoked: issue(-200) };
  const { certificate } = cards.revoked;
  return {
    root,
    cards,
    crl: () =>
      revocationList({
        issuer: root,
        // Some time ago, as lists are: none is from after the question.
        thisUpdate: at(-1 / 24),
        nextUpdate: at(1),
        revoked: [{ certificate, at: at(-1) }],
      }),
  };
}

/** RSASSA-PKCS1-v1_5 with SHA-256, as the card's chip signs. */
export const signWith = ({ keys }: Identity, statement: string): Bytes =>
  sign(keys, utf8(statement), 'der');

/** Five wrong entries in a row lock a card. */
export const TRIES = 5;
/** The signing password of every card here. */
export const TEST_PIN = 'TEST1234';

/** As the app takes it: full-width characters are the same ones. Undefined if it cannot be one. */
export function readPin(entered: string): string | undefined {
  const pin = entered.normalize('NFKC').trim();
  return /^[A-Z0-9]{6,16}$/.test(pin) ? pin : undefined;
}
