/**
 * What cannot be avoided of one verification, by the runtime's fastest native cryptography: import
 * of the keys, three signatures (document signer by root, issuer, device), SHA-256 of each item. No
 * parsing, no cache: everything is laid out before the clock starts.
 */

import {
  createPublicKey,
  hash,
  type JsonWebKey,
  type KeyObject,
  verify,
  X509Certificate,
} from 'node:crypto';
import { derEcdsaSignature } from '../../src/crypto/ecdsa-signature.ts';
import { embedded, encode, raw } from '../../src/testing/issuer/cbor.ts';
import type { Signed } from '../../src/testing/issuer/cose.ts';
import * as der from '../../src/testing/issuer/der.ts';
import type { Credential } from '../../src/testing/issuer/mdoc.ts';
import { asBytes, decode } from '../../src/testing/wallet/cbor.ts';
import { publicKeyOf } from '../node-keys.ts';
import { type Corpus, TRANSCRIPT } from './corpus.ts';
import type { Contender } from './measure.ts';

interface Check {
  readonly key: JsonWebKey;
  readonly hash: 'sha256' | 'sha384';
  readonly data: Uint8Array;
  /** DER, the form Node verifies fastest. */
  readonly signature: Uint8Array;
}

interface Unavoidable {
  readonly checks: readonly Check[];
  readonly items: readonly Uint8Array[];
}

const jwkOf = (certificate: Uint8Array): JsonWebKey =>
  new X509Certificate(certificate).publicKey.export({ format: 'jwk' });

const toBeSigned = (header: Uint8Array, payload: Uint8Array) =>
  encode(['Signature1', header, new Uint8Array(), payload]);

function layOut(
  root: Uint8Array,
  { issuerAuth, items, deviceKeys, docType }: Credential,
  response: Uint8Array,
): Unavoidable {
  const [header, unprotected, payload, signature] = issuerAuth as Signed;
  const signer = (unprotected as Map<number, Uint8Array>).get(33) as Uint8Array;
  const [body = signer, , outer = signer] = der.children(signer);
  const rootKey = jwkOf(root);
  const deviceHeader = Uint8Array.of(0xa1, 1, 0x26);
  const authentication = ['DeviceAuthentication', raw(TRANSCRIPT), docType, embedded({})];
  return {
    checks: [
      {
        key: rootKey,
        hash: rootKey.crv === 'P-384' ? 'sha384' : 'sha256',
        data: body,
        signature: der.contentOf(outer).subarray(1),
      },
      {
        key: jwkOf(signer),
        hash: 'sha256',
        data: toBeSigned(header, payload as Uint8Array),
        signature: derEcdsaSignature(signature),
      },
      {
        key: publicKeyOf(deviceKeys).export({ format: 'jwk' }),
        hash: 'sha256',
        data: toBeSigned(deviceHeader, encode(embedded(authentication))),
        signature: derEcdsaSignature(deviceSignatureOf(response)),
      },
    ],
    items: items.map(({ bytes }) => encode(bytes)),
  };
}

type Members = Map<string, Members & Members[] & Uint8Array[]>;

function deviceSignatureOf(response: Uint8Array): Uint8Array {
  const document = (decode(response, 'response') as Members).get('documents')?.[0] as Members;
  const proof = document.get('deviceSigned')?.get('deviceAuth')?.get('deviceSignature');
  return asBytes(proof?.[3], 'signature');
}

const importKey = ({ key }: Check) => createPublicKey({ key, format: 'jwk' });

function verifyCheck({ hash: digest, data, signature }: Check, key: KeyObject): void {
  if (!verify(digest, data, key, signature)) throw new Error('not verified');
}

function digestItems({ items }: Unavoidable): void {
  for (const item of items) hash('sha256', item, 'buffer');
}

function prepare({ root, credentials, responses }: Corpus): (index: number) => Unavoidable {
  const prepared = credentials.map((credential, index) =>
    layOut(root, credential, responses[index] as Uint8Array),
  );
  return (index) => prepared[index % prepared.length] as Unavoidable;
}

/** @returns does the work for response number `index`; throws should it not verify */
export function floorOf(corpus: Corpus): (index: number) => Promise<void> {
  const prepared = prepare(corpus);
  return async (index) => {
    const unavoidable = prepared(index);
    for (const check of unavoidable.checks) verifyCheck(check, importKey(check));
    digestItems(unavoidable);
  };
}

/** The parts the floor is made of, each by itself. */
export function floorParts(corpus: Corpus, curve: string): Omit<Contender, 'operations'>[] {
  const prepared = prepare(corpus);
  const keys = corpus.credentials.map((_, index) => prepared(index).checks.map(importKey));
  const signature = (which: number) => async (index: number) => {
    const at = index % keys.length;
    verifyCheck(prepared(at).checks[which] as Check, keys[at]?.[which] as KeyObject);
  };
  return [
    {
      name: 'import of three keys',
      run: async (index) => prepared(index).checks.map(importKey),
    },
    { name: `signature of the root, ${curve}`, run: signature(0) },
    { name: 'signature of the document signer, P-256', run: signature(1) },
    { name: 'signature of the device, P-256', run: signature(2) },
    { name: 'SHA-256 of the items', run: async (index) => digestItems(prepared(index)) },
  ];
}
