/** @owf/mdoc as a second opinion on OpenID4VP responses, its cryptography from node:crypto. */
import {
  createHash,
  createPublicKey,
  type JsonWebKey,
  randomBytes,
  verify,
  X509Certificate,
} from 'node:crypto';
import { CoseKey, DeviceResponse, type MdocContext, SessionTranscript, Verifier } from '@owf/mdoc';

const parse = (der: Uint8Array): X509Certificate => new X509Certificate(der);
const HASHES: Readonly<Record<string, string>> = {
  ES256: 'sha256',
  ES384: 'sha384',
  ES512: 'sha512',
};

function unused(): never {
  throw new Error('not part of this verification');
}

const CONTEXT: MdocContext = {
  crypto: {
    random: (length) => new Uint8Array(randomBytes(length)),
    digest: ({ digestAlgorithm, bytes }) =>
      new Uint8Array(createHash(digestAlgorithm.replace('-', '')).update(bytes).digest()),
    calculateEphemeralMacKey: unused,
  },
  cose: {
    sign1: {
      sign: unused,
      verify({ key, sign1 }) {
        const publicKey = createPublicKey({ key: key.jwk as JsonWebKey, format: 'jwk' });
        const options = { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
        const hash = HASHES[sign1.signatureAlgorithmName];
        return verify(hash, sign1.toBeSigned, options, sign1.signature);
      },
    },
    mac0: { sign: unused, verify: unused },
  },
  x509: {
    getIssuerNameField: ({ certificate, field }) =>
      parse(certificate)
        .issuer.split('\n')
        .filter((line) => line.startsWith(`${field}=`))
        .map((line) => line.slice(field.length + 1)),
    getPublicKey: ({ certificate }) =>
      CoseKey.fromJwk({ ...parse(certificate).publicKey.export({ format: 'jwk' }) }),
    verifyCertificateChain({ trustedCertificates, x5chain }) {
      const [leaf] = x5chain.map(parse);
      const roots = trustedCertificates.map(parse);
      const issued = roots.some((root) => leaf?.checkIssued(root) && leaf.verify(root.publicKey));
      if (!issued) throw new Error('not issued by a trusted root');
    },
    getCertificateData({ certificate }) {
      const parsed = parse(certificate);
      return {
        issuerName: parsed.issuer,
        subjectName: parsed.subject,
        serialNumber: parsed.serialNumber,
        thumbprint: parsed.fingerprint256,
        notBefore: parsed.validFromDate,
        notAfter: parsed.validToDate,
        pem: parsed.toString(),
      };
    },
  },
};

export interface OpenId4VpSession {
  origin: string;
  nonce: string;
  jwkThumbprint?: Uint8Array;
}

/**
 * Verifies a response over the transcript @owf/mdoc computes itself.
 * @throws when @owf/mdoc refuses it
 */
export async function verifyByOwf(
  response: Uint8Array,
  session: OpenId4VpSession,
  trustedCertificates: Uint8Array[],
): Promise<DeviceResponse> {
  const deviceResponse = DeviceResponse.decode(response);
  const sessionTranscript = await SessionTranscript.forOid4VpDcApi(session, CONTEXT);
  await Verifier.verifyDeviceResponse(
    { deviceResponse, sessionTranscript, trustedCertificates },
    CONTEXT,
  );
  return deviceResponse;
}
