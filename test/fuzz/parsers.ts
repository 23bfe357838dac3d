/**
 * Every other parser of bytes from outside: certificates, revocation lists, status lists, VICALs,
 * envelopes, encrypted answers, requests, base64url. Nothing is thrown but refusals; of what carries
 * a signature or is encrypted, only what was sealed is taken. By hand:
 * `node test/fuzz/parsers.ts <seed> <batches>`.
 */

import assert from 'node:assert/strict';
import { defaultCrypto } from '../../src/crypto/node-crypto.ts';
import { buildDeviceRequest } from '../../src/mdoc/device-request.ts';
import { buildEncryptionInfo, parseEncryptionInfo } from '../../src/mdoc/encryption-info.ts';
import { decryptDeviceResponse } from '../../src/mdoc/hpke.ts';
import {
  clientId,
  createOpenId4VpSession,
  openId4VpParameters,
  signOpenId4VpRequest,
} from '../../src/mdoc/openid4vp.ts';
import { readOpenId4VpResponse } from '../../src/mdoc/openid4vp-response.ts';
import { readWalletRequest } from '../../src/mdoc/request-view.ts';
import { isoMdocSessionTranscript } from '../../src/mdoc/transcript.ts';
import { base64url, fromBase64url as toBytes, utf8 } from '../../src/testing/issuer/bytes.ts';
import { seedEntropy } from '../../src/testing/issuer/entropy.ts';
import { MNC } from '../../src/testing/issuer/persons.ts';
import { createTestPki, issueVicalSigner } from '../../src/testing/issuer/pki.ts';
import {
  identifierListCwt,
  statusListCwt,
  statusListJwt,
} from '../../src/testing/issuer/status.ts';
import { vical } from '../../src/testing/issuer/vical.ts';
import { revocationList } from '../../src/testing/issuer/x509.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import { parseCertificate, verifyX509Signature } from '../../src/trust/certificate.ts';
import { parseCrl } from '../../src/trust/crl.ts';
import {
  parseIdentifierList,
  parseStatusList,
  type SignedList,
} from '../../src/trust/status-token.ts';
import { importVical } from '../../src/trust/vical.ts';
import { fromBase64url, toBase64url, toHex } from '../../src/wire/bytes.ts';
import { parseEnvelope, sealEnvelope } from '../../src/wire/envelope.ts';
import { IdVerifyError } from '../../src/wire/error.ts';
import { createKey, sign as signEnvelope } from '../../src/wire/session-key.ts';
import { NOW } from '../clock.ts';
import { signByNode } from '../node-keys.ts';
import { damage, rearrange } from './mutate.ts';
import type { Random } from './random.ts';
import type { Target } from './target.ts';
import { nodes, parse } from './tree.ts';
import { fuzzHere } from './watchdog.ts';

const crypto = defaultCrypto();
// Certificates and lists are the same every time; what is encrypted, or signed by WebCrypto, is not.
seedEntropy('fuzz');
const pki = createTestPki({ curve: 'P-256' });
const anchor = parseCertificate(pki.iaca.certificate);
const now = NOW;
const later = new Date(now + 86_400_000);
const URI = 'https://issuer.test.invalid/status';
const origin = 'https://localhost';

interface Subject {
  /** Good ones. */
  readonly samples: readonly Uint8Array[];
  /** What a caller takes from it, as text; undefined where nothing vouches for it. */
  readonly read: (bytes: Uint8Array) => unknown | Promise<unknown>;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const x509: Subject['read'] = async (bytes) => {
  const certificate = parseCertificate(bytes);
  const authentic = await verifyX509Signature(certificate, anchor, crypto);
  return authentic ? toHex(certificate.toBeSigned) : undefined;
};

/** Whether a list is authentic, and what it says of itself. */
async function signed(parsed: SignedList): Promise<unknown[] | undefined> {
  // The signer's certificate travels with the list, so it is checked as the verifier would.
  const byAnchor = await verifyX509Signature(parsed.signer, anchor, crypto);
  if (!byAnchor || !(await parsed.verify(crypto))) return undefined;
  return [parsed.uri, parsed.issuedAt, parsed.staleAt];
}

const list: Subject['read'] = async (bytes) => {
  const parsed = await parseStatusList(bytes);
  const facts = await signed(parsed);
  const statuses = Array.from({ length: 20 }, (_, index) => parsed.statusAt(index));
  return facts && JSON.stringify([facts, statuses]);
};

const ID = Uint8Array.of(1, 2, 3);
const identifiers: Subject['read'] = async (bytes) => {
  const parsed = parseIdentifierList(bytes);
  const facts = await signed(parsed);
  return facts && JSON.stringify([facts, parsed.has(ID), parsed.has(new Uint8Array())]);
};

const statusPlan = {
  signer: pki.statusSigner,
  uri: URI,
  statuses: { 3: 1 },
  issuedAt: new Date(now),
  expiresAt: later,
};

const reader = {
  certificates: [pki.reader.certificate],
  sign: async (data: Uint8Array) => signByNode(pki.reader.keys, data),
};
const wallet = createWallet({ pki });

async function annexC() {
  const { encryptionInfo, privateKey } = await buildEncryptionInfo();
  const sessionTranscript = await isoMdocSessionTranscript({ encryptionInfo, origin });
  const nameSpaces = { 'org.iso.23220.1': { age_over_20: false } };
  const documents = [{ docType: MNC, nameSpaces }];
  const deviceRequest = await buildDeviceRequest({ documents, sessionTranscript, reader });
  const data = { deviceRequest: base64url(deviceRequest), encryptionInfo };
  const answer = await wallet.answer({ protocol: 'org-iso-mdoc', data }, { origin });
  return {
    encryptionInfo,
    privateKey,
    sessionTranscript,
    deviceRequest,
    response: toBytes(String(answer.data.response)),
  };
}

async function openId() {
  const session = await createOpenId4VpSession();
  const nameSpaces = { 'org.iso.23220.1': { age_over_20: false } };
  const parameters = openId4VpParameters({ session, docType: MNC, requested: nameSpaces });
  const signer = { reader, clientId: await clientId('x509_san_dns', reader, 'localhost') };
  const data = await signOpenId4VpRequest(parameters, [origin], signer);
  const answer = await wallet.answer({ protocol: 'openid4vp-v1-signed', data }, { origin });
  return { session, data, response: String(answer.data.response) };
}

async function envelope() {
  const key = await createKey();
  const prev = new Uint8Array(32);
  const fields = {
    v: 1,
    sid: 'x',
    challenge: prev,
    aud: 'a',
    origin,
    seq: 0,
    prev,
    at: now,
    widget: 't',
  } as const;
  const body = { request: 'r', protocol: 'org-iso-mdoc', data: { response: 'AA' } };
  const sealed = await sealEnvelope({ ...fields, method: 'wallet', body }, (data) =>
    signEnvelope(key, data),
  );
  const jwk = await globalThis.crypto.subtle.exportKey('jwk', key.publicKey);
  const point = Uint8Array.from([4, ...toBytes(jwk.x ?? ''), ...toBytes(jwk.y ?? '')]);
  const verifying = await crypto.importKey({ type: 'EC', curve: 'P-256', point });
  const read: Subject['read'] = async (bytes) => {
    const { toBeSigned, signature } = parseEnvelope(bytes);
    const valid = await verifying.verify({ kind: 'ECDSA', hash: 'SHA-256' }, toBeSigned, signature);
    return valid ? toHex(toBeSigned) : undefined;
  };
  return { samples: [sealed], read };
}

const iso = await annexC();
const vp = await openId();
const provider = issueVicalSigner(pki.iaca);

const SUBJECTS: Readonly<Record<string, Subject>> = {
  certificate: { samples: [pki.signer.certificate, pki.statusSigner.certificate], read: x509 },
  crl: {
    samples: [
      revocationList({
        issuer: pki.iaca,
        thisUpdate: new Date(now),
        nextUpdate: later,
        revoked: [{ certificate: pki.signer.certificate, at: new Date(now), reason: 1 }],
      }),
    ],
    read: async (bytes) => {
      const parsed = parseCrl(bytes);
      return (await verifyX509Signature(parsed, anchor, crypto))
        ? toHex(parsed.toBeSigned)
        : undefined;
    },
  },
  status: { samples: [statusListCwt(statusPlan), utf8(statusListJwt(statusPlan))], read: list },
  identifiers: {
    samples: [identifierListCwt({ ...statusPlan, identifiers: [ID, Uint8Array.of(9)] })],
    read: identifiers,
  },
  vical: {
    samples: [
      vical({
        signer: provider,
        date: new Date(now),
        nextUpdate: later,
        authorities: [{ certificate: pki.iaca.certificate, docTypes: [MNC] }],
      }),
    ],
    read: async (bytes) =>
      JSON.stringify(await importVical({ vical: bytes, trusted: [pki.iaca.certificate], now })),
  },
  envelope: await envelope(),
  EncryptedResponse: {
    samples: [iso.response],
    read: async (bytes) =>
      toHex(await decryptDeviceResponse({ ...iso, response: toBase64url(bytes) })),
  },
  EncryptionInfo: {
    samples: [toBytes(iso.encryptionInfo)],
    read: (bytes) => void parseEncryptionInfo(toBase64url(bytes)),
  },
  DeviceRequest: {
    samples: [iso.deviceRequest],
    read: (bytes) => {
      const data = { deviceRequest: toBase64url(bytes), encryptionInfo: iso.encryptionInfo };
      readWalletRequest({ protocol: 'org-iso-mdoc', data });
    },
  },
  JWS: {
    samples: [utf8(vp.data.request)],
    read: (bytes) =>
      void readWalletRequest({ protocol: 'openid4vp-v1-signed', data: { request: text(bytes) } }),
  },
  JWE: {
    samples: [utf8(vp.response)],
    read: async (bytes) =>
      toHex(await readOpenId4VpResponse({ response: text(bytes) }, vp.session)),
  },
  base64url: {
    samples: [utf8('AAAA'), utf8('_-09azAZ'), utf8('AA')],
    read: (bytes) => assert.equal(toBase64url(fromBase64url(text(bytes))), text(bytes)),
  },
};

const NAMES = Object.keys(SUBJECTS);
const subjectOf = (which: number) => SUBJECTS[NAMES[which] as string] as Subject;
const KNOWN = await Promise.all(
  NAMES.map(async (_, which) => {
    const { samples, read } = subjectOf(which);
    return new Set(await Promise.all(samples.map((sample) => read(sample))));
  }),
);

const isCbor = (bytes: Uint8Array): boolean => (bytes[0] ?? 0) >> 5 >= 4 && bytes[0] !== 0x65;

/** The first byte names the subject. */
export function input(random: Random): Uint8Array {
  const which = random.below(NAMES.length);
  const sample = random.pick(subjectOf(which).samples);
  const byStructure = isCbor(sample) && random.below(2) === 0;
  const tree = byStructure ? parse(sample) : undefined;
  const damaged = tree ? rearrange(tree, random, nodes(tree)) : damage(sample, random);
  return Uint8Array.from([which, ...damaged]);
}

export async function check(bytes: Uint8Array): Promise<boolean> {
  const which = bytes[0] ?? 0;
  try {
    const found = await subjectOf(which).read(bytes.slice(1));
    assert.ok(found === undefined || KNOWN[which]?.has(found), `${NAMES[which]}: changed content`);
    return true;
  } catch (error) {
    if (error instanceof IdVerifyError) return false;
    throw new Error(NAMES[which], { cause: error });
  }
}

export const parsers: Target = { batch: 100, input, check };

if (import.meta.main) await fuzzHere(parsers);
