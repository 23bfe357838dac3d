/** A key with its certificate signing request (RFC 2986). */
import { derEcdsaSignature } from '../crypto/ecdsa-signature.ts';
import * as der from '../testing/issuer/der.ts';
import { pem } from '../testing/issuer/x509.ts';
import { utf8 } from '../wire/bytes.ts';

export interface RequestPlan {
  readonly domain: string;
  readonly organization: string;
}

const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';
const SUBJECT_ALT_NAME = '2.5.29.17';

const attribute = (oid: string, value: Uint8Array): Uint8Array =>
  der.set(der.sequence(der.oid(oid), value));

/** @returns PKCS #8 and the request, both as PEM */
export async function certificateRequest({ domain, organization }: RequestPlan) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const [pkcs8, spki] = [
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    await crypto.subtle.exportKey('spki', keys.publicKey),
  ];
  const name = der.sequence(
    attribute('2.5.4.6', der.printableString('JP')),
    attribute('2.5.4.10', der.utf8String(organization)),
    attribute('2.5.4.3', der.utf8String(domain)),
  );
  const names = der.octets(der.sequence(der.contextPrimitive(2, utf8(domain))));
  const extensions = der.sequence(der.sequence(der.oid(SUBJECT_ALT_NAME), names));
  const attributes = der.sequence(der.oid(EXTENSION_REQUEST), der.set(extensions));
  const info = der.sequence(
    der.integer(0n),
    name,
    new Uint8Array(spki),
    der.context(0, attributes),
  );
  const hash = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = new Uint8Array(await crypto.subtle.sign(hash, keys.privateKey, info));
  const signed = der.bits(derEcdsaSignature(signature));
  return {
    key: pem('PRIVATE KEY', new Uint8Array(pkcs8)),
    request: pem(
      'CERTIFICATE REQUEST',
      der.sequence(info, der.sequence(der.oid(ECDSA_SHA256)), signed),
    ),
  };
}
