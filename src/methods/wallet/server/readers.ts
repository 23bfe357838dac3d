/** The site's reader certificates and keys: read at start, proved usable before the first answer. */
import type { ReaderKey } from '../../../mdoc/device-request.ts';
import type { ClientIdPrefix } from '../../../mdoc/openid4vp.ts';
import { type Certificate, parseCertificate } from '../../../trust/certificate.ts';
import { pemBlocks } from '../../../trust/pem.ts';
import { utf8 } from '../../../wire/bytes.ts';
import { WALLET_PROTOCOLS, type WalletProtocol } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import type { Deployment } from '../../method-verifier.ts';
import { readerName, speaksFor } from '../reader-name.ts';
import type { ReaderIdentity } from '../settings.ts';
import { lintReader } from './lint-reader.ts';

export interface Reader extends ReaderKey {
  readonly certificate: Certificate;
  readonly protocols: readonly WalletProtocol[];
  readonly clientIdPrefix: ClientIdPrefix;
  readonly clientMetadata: Readonly<Record<string, unknown>>;
}

/** The readers for a protocol, in the operator's order. */
export const readersFor = (readers: readonly Reader[], protocol: WalletProtocol): Reader[] =>
  readers.filter(({ protocols }) => protocols.includes(protocol));

const refuse = (message: string, cause?: unknown): IdVerifyError =>
  new IdVerifyError('config/reader', message, { cause });

const NOT_PEM = 'certificates is PEM text, the content of a file and not its path';
const NOT_PKCS8 =
  'key is PKCS #8 in PEM, "BEGIN PRIVATE KEY"; from another form: openssl pkcs8 -topk8 -nodes';

const blocks = (pem: string, label: string): Uint8Array<ArrayBuffer>[] =>
  typeof pem === 'string' ? pemBlocks(pem, label) : [];

/** @throws IdVerifyError `config/reader`, `config/reader_name` */
export function loadReader(identity: ReaderIdentity, deployment: Deployment): Reader {
  const certificates = blocks(identity.certificates, 'CERTIFICATE');
  const [leaf] = certificates;
  if (leaf === undefined) throw refuse(`wallet.readers: ${NOT_PEM}`);
  const certificate = parseCertificate(leaf);
  const now = deployment.now();
  if (now < certificate.notBefore || certificate.notAfter < now) {
    throw refuse('wallet.readers: the certificate is not valid now');
  }
  const { relyingParty, origins } = deployment;
  if (!origins.every((origin) => speaksFor(leaf, relyingParty, origin))) {
    const { organizations, commonNames } = readerName(leaf);
    const named = [...organizations, ...commonNames].join(', ');
    const need = `the certificate names ${named}: neither relyingParty.name nor legalName`;
    throw new IdVerifyError('config/reader_name', `wallet.readers: ${need}`);
  }
  const { protocols = WALLET_PROTOCOLS, clientIdPrefix = 'x509_hash' } = identity;
  const { clientMetadata = {} } = identity;
  const sign = signer(identity.key);
  return { certificates, certificate, protocols, clientIdPrefix, clientMetadata, sign };
}

/** A PEM key is imported at its first use. */
function signer(key: ReaderIdentity['key']): ReaderKey['sign'] {
  if (typeof key === 'function') return key;
  const [pkcs8] = blocks(key, 'PRIVATE KEY');
  if (pkcs8 === undefined) throw refuse(`wallet.readers: ${NOT_PKCS8}`);
  let imported: Promise<CryptoKey> | undefined;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  return async (data) => {
    imported ??= crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
    return new Uint8Array(
      await crypto.subtle.sign(algorithm, await imported, new Uint8Array(data)),
    );
  };
}

/** Signs something and has the certificate's key verify it. @throws IdVerifyError `config/reader` */
export async function proveReader(reader: Reader, deployment: Deployment): Promise<void> {
  const never = lintReader(reader.certificates, { now: deployment.now() }).find(
    ({ refusedBy }) => refusedBy === 'every',
  );
  if (never) throw refuse(`wallet.readers: ${never.detail}`);
  const challenge = utf8('id-verify reader key check');
  try {
    const key = await deployment.crypto.importKey(reader.certificate.publicKey);
    const signature = await reader.sign(challenge);
    if (await key.verify({ kind: 'ECDSA', hash: 'SHA-256' }, challenge, signature)) return;
  } catch (cause) {
    throw refuse('wallet.readers: the key cannot sign; it must be of P-256', cause);
  }
  throw refuse('wallet.readers: the key is not the one of its certificate');
}
