/** Judges who asks: certificate path, purpose, validity, signature. */
import { verify as verifyBytes, X509Certificate } from 'node:crypto';
import { EKU } from '../issuer/pki.ts';
import { permit } from './error.ts';
import type { ReadOptions, Requester } from './request.ts';

export interface Reader extends Requester {
  certificate: X509Certificate;
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
  const [leaf] = path as [X509Certificate, ...X509Certificate[]];
  for (const [index, certificate] of path.entries()) {
    permit(
      certificate.validFromDate <= now && now <= certificate.validToDate,
      'reader certificate outside its validity',
    );
    const issuers = index + 1 < path.length ? path.slice(index + 1, index + 2) : anchors;
    permit(
      issuers.some((issuer) => issuer.ca && issuedBy(certificate, issuer)),
      'reader certificate not issued by an authority this wallet knows',
    );
    permit(!anchors.some((anchor) => anchor.raw.equals(certificate.raw)), 'root sent in x5chain');
  }
  permit(!leaf.ca, 'reader certificate is a CA');
  permit(leaf.keyUsage?.includes(eku), `reader certificate without the extended key usage ${eku}`);
  const name = /^O=(.+)$/m.exec(leaf.subject)?.[1] ?? /^CN=(.+)$/m.exec(leaf.subject)?.[1];
  permit(name, 'reader certificate without a name');
  return { name, subject: leaf.subject.replaceAll('\n', ', '), certificate: leaf };
}

const issuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

function parse(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    permit(false, 'reader certificate is not X.509');
  }
}

/** COSE and JOSE names of the algorithms, with the curve each is for. */
const ALGORITHMS = new Map<unknown, readonly [curve: string, hash: string]>([
  [-7, ['prime256v1', 'sha256']],
  [-35, ['secp384r1', 'sha384']],
  [-36, ['secp521r1', 'sha512']],
  ['ES256', ['prime256v1', 'sha256']],
  ['ES384', ['secp384r1', 'sha384']],
  ['ES512', ['secp521r1', 'sha512']],
]);

/** @param signature r‖s */
export function verifyReader(
  { certificate }: Reader,
  algorithm: unknown,
  toBeSigned: Uint8Array,
  signature: Uint8Array,
): void {
  const [curve, hash] = ALGORITHMS.get(algorithm) ?? [];
  const { publicKey } = certificate;
  permit(
    curve && publicKey.asymmetricKeyDetails?.namedCurve === curve,
    'reader algorithm does not fit its key',
  );
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
  permit(verifyBytes(hash, toBeSigned, key, signature), 'reader signature does not verify');
}
