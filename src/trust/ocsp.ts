/** The Online Certificate Status Protocol, RFC 6960, of a responder the operator names. */
import {
  children,
  type DerNode,
  expectTag,
  readBitString,
  readDer,
  readOid,
  readTime,
  TAG,
} from '../crypto/der.ts';
import { derItem, derOid } from '../crypto/der-writer.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { abortable } from '../wire/abortable.ts';
import { equalBytes, fromHex } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import { copiedBytes, functionSchema, parseOptions } from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';
import {
  type Certificate,
  parseCertificate,
  readAlgorithm,
  verifyX509Signature,
} from './certificate.ts';
import { readExtensions } from './extensions.ts';
import { readLimited } from './published-list.ts';
import type { RevocationInput, RevocationSource } from './revocation.ts';

export interface OcspOptions {
  /** URL of the responder. Certificates may name another; that one is never asked. */
  readonly responder: string;
  /** Certificates of the responder, DER: an answer is believed if one of their keys signed it. */
  readonly certificates: readonly Uint8Array[];
  /** Names the issuer in the question (RFC 6960 section 4.1.1), and secures nothing. Default SHA-1. */
  readonly hash?: 'SHA-1' | 'SHA-256';
  /** How the responder is asked, where it wants more than HTTP. Default: the runtime's `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Milliseconds. Default 5 seconds. */
  readonly timeoutMs?: number;
}

const schema = v.object({
  responder: v.pipe(
    v.string(),
    v.check((url) => URL.canParse(url) && /^https?:/.test(url)),
  ),
  certificates: v.pipe(v.array(copiedBytes), v.minLength(1)),
  hash: v.optional(v.picklist(['SHA-1', 'SHA-256']), 'SHA-1'),
  fetch: v.optional(functionSchema<(request: Request) => Promise<Response>>()),
  timeoutMs: v.optional(v.pipe(v.number(), v.minValue(1)), 5_000),
});

const OID = {
  'SHA-1': '1.3.14.3.2.26',
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  basic: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
} as const;

const MAX_ANSWER = 100_000;
/** Of an answer that names no end (section 2.4: newer information is available all the time). */
const FRESH = 60 * 60_000;
const CLOCK_ERROR = 60_000;

/**
 * Asks one responder about each certificate.
 * @throws IdVerifyError `config/option`, `malformed/*` for its certificates
 */
export function ocspSource(options: OcspOptions): RevocationSource {
  const { responder, hash, timeoutMs, ...given } = parseOptions(schema, options);
  const send = given.fetch ?? fetch;
  const keys = given.certificates.map(parseCertificate);
  return async (input, fail) => {
    const where = `the responder ${responder}`;
    const certId = await certIdOf(input, hash);
    const nonce = input.crypto.randomBytes(32);
    let encoded: Uint8Array;
    try {
      encoded = await ask(send, responder, requestOf(certId, nonce), timeoutMs, input.signal);
    } catch {
      input.signal?.throwIfAborted();
      fail('undetermined/ocsp_unreachable', { where });
      return;
    }
    try {
      const answer = readAnswer(encoded);
      if (!(await isAuthentic(answer, keys, input)))
        return fail('undetermined/ocsp_signature', { where });
      if (answer.nonce && !equalBytes(answer.nonce, nonce))
        return fail('undetermined/ocsp_stale', { where });
      const single = answer.responses.find((one) => equalBytes(one.certId, certId));
      if (single === undefined) return fail('undetermined/ocsp_unknown', { where });
      const { from, until = from + FRESH, status } = single;
      if (from > input.now + CLOCK_ERROR || until <= input.now) {
        return fail('undetermined/ocsp_stale', { where });
      }
      if (status === 'unknown') return fail('undetermined/ocsp_unknown', { where });
      if (status === 'revoked') return fail('revoked/signer', { where });
      input.note?.(`asked of ${responder}`);
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
      fail('undetermined/ocsp_unreadable', { where, found: error.code });
    }
  };
}

/** CertID, section 4.1.1. */
async function certIdOf(
  { signer, anchor }: Pick<RevocationInput, 'signer' | 'anchor'>,
  hash: 'SHA-1' | 'SHA-256',
): Promise<Uint8Array> {
  const digest = async (bytes: Uint8Array) =>
    derItem(
      TAG.octetString,
      new Uint8Array(await crypto.subtle.digest(hash, new Uint8Array(bytes))),
    );
  return derItem(
    TAG.sequence,
    derItem(TAG.sequence, derOid(OID[hash]), derItem(0x05)),
    await digest(anchor.subject.encoded),
    await digest(subjectKey(anchor)),
    derItem(TAG.integer, fromHex(signer.serialNumber)),
  );
}

/** Content of the BIT STRING subjectPublicKey. */
function subjectKey({ toBeSigned }: Certificate): Uint8Array {
  const fields = children(readDer(toBeSigned, TAG.sequence)).filter(
    ({ tag }) => tag === TAG.sequence,
  );
  // Algorithm, issuer, validity, subject, key.
  const [, bits] = children(expectTag(fields[4], TAG.sequence));
  return readBitString(bits);
}

function requestOf(certId: Uint8Array, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const list = derItem(TAG.sequence, derItem(TAG.sequence, certId));
  const value = derItem(TAG.octetString, derItem(TAG.octetString, nonce));
  const extensions = derItem(TAG.sequence, derItem(TAG.sequence, derOid(OID.nonce), value));
  return derItem(TAG.sequence, derItem(TAG.sequence, list, derItem(0xa2, extensions)));
}

async function ask(
  send: (request: Request) => Promise<Response>,
  url: string,
  body: Uint8Array<ArrayBuffer>,
  timeoutMs: number,
  stop: AbortSignal | undefined,
): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = stop ? AbortSignal.any([stop, timeout]) : timeout;
  const headers = {
    'content-type': 'application/ocsp-request',
    accept: 'application/ocsp-response',
  };
  const request = new Request(url, { method: 'POST', headers, body, redirect: 'error', signal });
  const load = async () => {
    const response = await send(request);
    if (!response.ok || !response.body)
      throw new TypeError(`the responder says ${response.status}`);
    return readLimited(response.body, MAX_ANSWER);
  };
  return abortable(signal, load());
}

interface Single {
  readonly certId: Uint8Array;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly from: number;
  readonly until: number | undefined;
}

interface Answer {
  readonly toBeSigned: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  readonly responses: readonly Single[];
  readonly nonce: Uint8Array | undefined;
}

/** OCSPResponse, section 4.2.1. */
function readAnswer(encoded: Uint8Array): Answer {
  const [status, wrapped] = children(readDer(encoded, TAG.sequence));
  const successful = expectTag(status, TAG.enumerated).content;
  if (successful.length !== 1 || successful[0] !== 0 || wrapped?.tag !== 0xa0) {
    throw new IdVerifyError('malformed/ocsp', 'the responder did not answer');
  }
  const [type, content] = children(expectTag(children(wrapped)[0], TAG.sequence));
  if (readOid(type) !== OID.basic) throw new IdVerifyError('unsupported/ocsp', 'another response');
  const basic = readDer(expectTag(content, TAG.octetString).content, TAG.sequence);
  const [data, algorithm, signature] = children(basic);
  const fields = children(expectTag(data, TAG.sequence));
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [, , responses, extensions] = fields;
  return {
    toBeSigned: expectTag(data, TAG.sequence).encoded,
    signatureAlgorithm: readAlgorithm(algorithm),
    signature: readBitString(signature),
    responses: children(expectTag(responses, TAG.sequence)).map(readSingle),
    nonce: extensions && readNonce(extensions),
  };
}

const STATUSES: Readonly<Record<number, Single['status']>> = {
  128: 'good',
  161: 'revoked',
  130: 'unknown',
};

function readSingle(node: DerNode): Single {
  const [certId, status, from, ...rest] = children(expectTag(node, TAG.sequence));
  const until = rest.find(({ tag }) => tag === 0xa0);
  const known = STATUSES[status?.tag ?? 0];
  if (known === undefined) throw new IdVerifyError('malformed/ocsp', 'a status nobody knows');
  return {
    certId: expectTag(certId, TAG.sequence).encoded,
    status: known,
    from: readTime(from),
    until: until && readTime(children(until)[0]),
  };
}

function readNonce(extensions: DerNode): Uint8Array | undefined {
  const nonce = readExtensions(children(extensions)[0] ?? extensions).get(OID.nonce);
  return nonce && readDer(nonce.value, TAG.octetString).content;
}

async function isAuthentic(
  answer: Answer,
  keys: readonly Certificate[],
  { now, crypto }: { readonly now: number; readonly crypto: CryptoProvider },
): Promise<boolean> {
  for (const key of keys) {
    if (now < key.notBefore || now > key.notAfter) continue;
    try {
      if (await verifyX509Signature(answer, key, crypto)) return true;
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
    }
  }
  return false;
}
