/**
 * Cards that do not exist: test roots like those of JPKI, signing certificates of them for one RSA-2048
 * key that lives in this process, and the list of those that were withdrawn. What a certificate holds
 * is what J-LIS プロファイル仕様書 3.2 says, so that whoever reads it wrongly is found out here.
 */
import { type Bytes, utf8 } from '../issuer/bytes.ts';
import * as der from '../issuer/der.ts';
import { type Keys, newKeys, sign } from '../issuer/keys.ts';
import { PERSONS, type Person } from '../issuer/persons.ts';
import {
  type CertificatePlan,
  certify,
  type Extensions,
  type Identity,
  type Name,
  nameDer,
  revocationList,
} from '../issuer/x509.ts';

const DAY = 86_400_000;
const YEAR = 365;
/** 署名用電子証明書 end on the fifth birthday after issue. */
const VALID_DAYS = 5 * YEAR;

export type CardState = 'good' | 'expired' | 'revoked';
export type Cards = Readonly<Record<CardState, Identity>>;

export interface CardMaker {
  /** Three generations of one name, the oldest first; the first has run out. */
  readonly roots: readonly [Identity, Identity, Identity];
  /** The newest, which issued the good card. */
  readonly root: Identity;
  /** A card in some state; all of them have one key, which saves making more. */
  readonly cards: Cards;
  /** The same in a phone. */
  readonly phones: Cards;
  /** The list of the municipality, DER. */
  crl(): Bytes;
}

const POLICY = {
  card: '1.2.392.200149.8.5.1.0.20',
  phone: '1.2.392.200149.8.5.1.1.40',
} as const;

const AUTHORITY: Name = {
  C: 'JP',
  O: 'JPKI-TEST',
  OU: ['JPKI for digital signature', 'TEST card authority, not real'],
};

/** Where its list is: a place in a directory that nobody here can ask. */
const PLACE: Name = {
  C: 'JP',
  O: 'JPKI-TEST',
  OU: ['JPKI for digital signature', 'CRL Distribution Points', '〇〇県'],
  CN: '△△市',
};

const directoryName = (name: Name): Bytes => der.context(4, nameDer(name));
const distributionPoint = (): Bytes => der.context(0, der.context(0, directoryName(PLACE)));

/** otherNames `1.2.392.200149.8.5.5.*`, all of them UTF8String. */
export const holderNames = ({ name, address, birthDate, sex }: Person): Record<string, string> => ({
  '.1': name.join('　'),
  '.2': '0'.repeat(name.join('　').length),
  '.4': eraDate(birthDate),
  '.3': String(sex),
  '.5': address,
  '.6': '0'.repeat([...address].length),
});

/** `EYYYYMMDD`, the era by its first day. */
function eraDate(date: string): string {
  const starts = ['2019-05-01', '1989-01-08', '1926-12-25', '1912-07-30'];
  const era = starts.findIndex((start) => date >= start);
  return `${era < 0 ? 1 : 5 - era}${date.replaceAll('-', '')}`;
}

/** subjectAltName of what is said of the holder. */
export const subjectAltName = (names: readonly (readonly [arc: string, text: string])[]): Bytes =>
  der.sequence(
    ...names.map(([arc, text]) => {
      const oid = arc.startsWith('.') ? `1.2.392.200149.8.5.5${arc}` : arc;
      return der.context(0, der.oid(oid), der.context(0, der.utf8String(text)));
    }),
  );

const policies = (oid: string): Bytes => {
  const statement = der.tlv(0x16, utf8('https://www.jpki.go.jp/cps.html'));
  const qualifier = der.sequence(der.oid('1.3.6.1.5.5.7.2.1'), statement);
  return der.sequence(der.sequence(der.oid(oid), der.sequence(qualifier)));
};

/** The extensions of a certificate of a person. */
export const cardExtensions = (
  names: Readonly<Record<string, string>> = holderNames(PERSONS.hanako),
  policy: string = POLICY.card,
): Extensions => ({
  keyUsage: ['digitalSignature', 'nonRepudiation'],
  subjectKeyIdentifier: true,
  authorityKeyIdentifier: true,
  other: {
    '2.5.29.32': { critical: true, value: policies(policy) },
    '2.5.29.17': { critical: false, value: subjectAltName(Object.entries(names)) },
    '2.5.29.18': {
      critical: false,
      value: der.sequence(directoryName({ C: 'JP', O: '公的個人認証サービス' })),
    },
    '2.5.29.31': { critical: false, value: der.sequence(der.sequence(distributionPoint())) },
  },
});

/** Small, as those of real certificates are: about 2^27 in all. */
let serial = 0x04c4_b400n;

/** A certificate like a card's, with something else about it. */
export const issueCard = (
  issuer: Identity,
  plan: Pick<CertificatePlan, 'keys' | 'notBefore' | 'notAfter'> & Partial<CertificatePlan>,
): Identity => {
  serial += 7n;
  const subject: Name = { C: 'JP', CN: 'TEST card' };
  return certify({ subject, issuer, serial, extensions: cardExtensions(), ...plan });
};

/** RSA keys take a while; those of this process are made once. */
let made: readonly [Keys, Keys, Keys, Keys] | undefined;
const keysOnce = () => {
  const key = () => newKeys('RSA-2048');
  made ??= [key(), key(), key(), key()];
  return made;
};

export function createCards(now: () => number = Date.now): CardMaker {
  const at = (days: number) => new Date(now() + days * DAY);
  const [first, second, third, keys] = keysOnce();
  const root = (keys: Keys, serial: bigint, from: number): Identity =>
    certify({
      subject: AUTHORITY,
      keys,
      serial,
      notBefore: at(from),
      notAfter: at(from + 10 * YEAR),
      extensions: {
        basicConstraints: { ca: true },
        keyUsage: ['keyCertSign', 'cRLSign'],
        subjectKeyIdentifier: true,
      },
    });
  const roots = [
    root(first, 0x01n, -11 * YEAR),
    root(second, 0x0132_c4abn, -7 * YEAR),
    root(third, 0x067c_6a21n, -3 * YEAR),
  ] as const;
  const [, older, newest] = roots;
  const allOf = (policy: string): Cards => {
    const extensions = cardExtensions(undefined, policy);
    const issue = (issuer: Identity, from: number): Identity => {
      const times = { notBefore: at(from), notAfter: at(from + VALID_DAYS) };
      return issueCard(issuer, { keys, ...times, extensions });
    };
    return {
      good: issue(newest, -100),
      expired: issue(older, -VALID_DAYS - 1),
      revoked: issue(newest, -200),
    };
  };
  const [cards, phones] = [allOf(POLICY.card), allOf(POLICY.phone)];
  return {
    roots,
    root: newest,
    cards,
    phones,
    crl: () =>
      revocationList({
        issuer: newest,
        // Some time ago, as lists are: none is from after the question.
        thisUpdate: at(-1 / 24),
        nextUpdate: at(1),
        critical: { '2.5.29.28': der.sequence(distributionPoint()) },
        revoked: [cards, phones].map(({ revoked }) => ({
          certificate: revoked.certificate,
          at: at(-1),
        })),
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
