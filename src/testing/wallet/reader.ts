/** Judges who asks: certificate path, purpose, validity, signature. */
import { curveOf, verify } from '../issuer/keys.ts';
import { EKU } from '../issuer/pki.ts';
import {
  attributesOf,
  type Certificate,
  hasPurpose,
  isSameCertificate,
  issuedBy,
  readCertificate,
} from './certificate.ts';
import { permit } from './error.ts';
import type { ReadOptions, Requester } from './request.ts';

export interface Reader extends Requester {
  certificate: Certificate;
}

/**
 * Checks the chain of a request, leaf first, root left out.
 * @param eku required of the leaf in ISO requests
 */
export function judgeReader(
  chain: readonly Uint8Array[],
  { readerAnchors, now }: ReadOptions,
  eku: string = EKU.reader,
): Reader {
  permit(chain.length > 0, 'reader certificate missing');
  const path = chain.map(parse);
  const anchors = readerAnchors.map(parse);
  const [leaf] = path as [Certificate, ...Certificate[]];
  for (const [index, certificate] of path.entries()) {
    permit(
      certificate.notBefore <= now && now <= certificate.notAfter,
      'reader certificate outside its validity',
    );
    const issuers = index + 1 < path.length ? path.slice(index + 1, index + 2) : anchors;
    permit(
      issuers.some((issuer) => issuedBy(certificate, issuer)),
      'reader certificate not issued by an authority this wallet knows',
    );
    permit(
      !anchors.some((anchor) => isSameCertificate(anchor, certificate)),
      'root sent in x5chain',
    );
  }
  permit(!leaf.ca, 'reader certificate is a CA');
  permit(hasPurpose(leaf, eku), `reader certificate without the extended key usage ${eku}`);
  const subject = attributesOf(leaf.subject);
  const name = (subject.find(([type]) => type === 'O') ??
    subject.find(([type]) => type === 'CN'))?.[1];
  permit(name, 'reader certificate without a name');
  const printed = subject.map((attribute) => attribute.join('=')).join(', ');
  return { name, subject: printed, certificate: leaf };
}

function parse(der: Uint8Array): Certificate {
  try {
    return readCertificate(der);
  } catch {
    permit(false, 'reader certificate is not X.509');
  }
}

/** COSE and JOSE names of the algorithms, with the curve each is for. */
const ALGORITHMS = new Map<unknown, string>([
  [-7, 'P-256'],
  [-35, 'P-384'],
  [-36, 'P-521'],
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
]);

/** @param signature r‖s */
export function verifyReader(
  { certificate: { publicKey } }: Reader,
  algorithm: unknown,
  toBeSigned: Uint8Array,
  signature: Uint8Array,
): void {
  const curve = ALGORITHMS.get(algorithm);
  permit(curve && curveOf(publicKey) === curve, 'reader algorithm does not fit its key');
  permit(
    verify(publicKey, toBeSigned, signature, 'ieee-p1363'),
    'reader signature does not verify',
  );
}
