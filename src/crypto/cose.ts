/** COSE_Sign1 and COSE_Mac0 (RFC 9052) as mdoc uses them: untagged, algorithm protected. */
import { equalBytes } from '../wire/bytes.ts';
import type { CborInput, CborValue } from '../wire/cbor.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { IdVerifyError } from '../wire/error.ts';
import { asArray, asBytes, asMap, type CborMap } from '../wire/fields.ts';
import { readPart } from '../wire/reader.ts';
import { writeCbor } from '../wire/writer.ts';
import { coseScheme } from './algorithms.ts';
import type { CryptoProvider } from './provider.ts';
import type { PublicKey } from './public-key.ts';

/** COSE_Sign1 and COSE_Mac0 have the same four members. */
export interface CoseMessage {
  readonly protectedBytes: Uint8Array;
  readonly protectedHeader: CborMap;
  readonly unprotectedHeader: CborMap;
  /** Undefined where the payload is detached. */
  readonly payload: Uint8Array | undefined;
  /** The signature or the MAC tag. */
  readonly proof: Uint8Array;
}

export const HEADER = { alg: 1, crit: 2, x5chain: 33 } as const;

const HMAC_256 = 5;

/**
 * Reads the four-member array of a COSE_Sign1 or COSE_Mac0.
 * @throws IdVerifyError `malformed/structure`, `malformed/cose_header`
 */
export function readCose(value: CborValue | undefined, where: string): CoseMessage {
  const members = asArray(value, where);
  if (members.length !== 4) {
    throw new IdVerifyError('malformed/structure', `${where}: expected four members`);
  }
  const protectedBytes = asBytes(members[0], `${where} protected header`);
  const protectedHeader: CborMap =
    protectedBytes.length === 0
      ? new Map()
      : asMap(readPart(protectedBytes, MDOC_RULES), `${where} protected header`);
  const unprotectedHeader = asMap(members[1], `${where} unprotected header`);
  for (const label of unprotectedHeader.keys()) {
    if (protectedHeader.has(label)) {
      throw new IdVerifyError('malformed/cose_header', `${where}: header ${label} occurs twice`);
    }
  }
  const payload = members[2] === null ? undefined : asBytes(members[2], `${where} payload`);
  const proof = asBytes(members[3], `${where} signature`);
  return { protectedBytes, protectedHeader, unprotectedHeader, payload, proof };
}

/** The certificates of x5chain (RFC 9360), the signer's first; empty without the header. */
export function x5chain(message: CoseMessage): readonly Uint8Array[] {
  const value =
    message.protectedHeader.get(HEADER.x5chain) ?? message.unprotectedHeader.get(HEADER.x5chain);
  if (value === undefined) return [];
  if (value instanceof Uint8Array) return [value];
  return asArray(value, 'x5chain').map((item) => asBytes(item, 'x5chain'));
}

function algorithmId(message: CoseMessage): CborValue | undefined {
  if (message.protectedHeader.has(HEADER.crit)) {
    throw new IdVerifyError('unsupported/critical_header', 'COSE: critical header parameters');
  }
  return message.protectedHeader.get(HEADER.alg);
}

const NO_EXTERNAL_DATA = new Uint8Array();

/** Sig_structure or MAC_structure with empty external data, RFC 9052 sections 4.4 and 6.3. */
function structure(context: string, protectedBytes: Uint8Array, payload: Uint8Array) {
  return writeCbor([context, protectedBytes, NO_EXTERNAL_DATA, payload]);
}

/** The bytes a COSE_Sign1 signature covers. */
function signatureInput(protectedBytes: Uint8Array, payload: Uint8Array): Uint8Array {
  return structure('Signature1', protectedBytes, payload);
}

/**
 * Whether the signature over `payload` (attached or detached) was made by `key`.
 * @throws IdVerifyError `unsupported/algorithm` for an unknown one or one that is not the key's,
 *   `unsupported/critical_header`, `unsupported/key`
 */
export async function verifySign1(
  message: CoseMessage,
  payload: Uint8Array,
  key: PublicKey,
  crypto: CryptoProvider,
  importKey = () => crypto.importKey(key),
): Promise<boolean> {
  const scheme = coseScheme(algorithmId(message), key);
  const input = signatureInput(message.protectedBytes, payload);
  return (await importKey()).verify(scheme, input, message.proof);
}

/**
 * Whether the HMAC 256/256 tag over `payload` was made with `key`.
 * @throws IdVerifyError `unsupported/algorithm`, `unsupported/critical_header`
 */
export async function verifyMac0(
  message: CoseMessage,
  payload: Uint8Array,
  key: Uint8Array,
  crypto: CryptoProvider,
): Promise<boolean> {
  const id = algorithmId(message);
  if (id !== HMAC_256) {
    throw new IdVerifyError('unsupported/algorithm', `COSE: MAC algorithm ${String(id)}`);
  }
  const tag = await crypto.hmac(key, structure('MAC0', message.protectedBytes, payload));
  return equalBytes(tag, message.proof);
}

/**
 * Builds an untagged COSE_Sign1 with a detached payload, ES256, certificate chain unprotected.
 * @param sign answers r‖s of ECDSA P-256 with SHA-256 over the bytes it is given
 */
export async function signDetached(
  payload: Uint8Array,
  chain: readonly Uint8Array[],
  sign: (toBeSigned: Uint8Array) => Promise<Uint8Array>,
): Promise<CborInput> {
  const protectedBytes = writeCbor(new Map([[HEADER.alg, -7]]));
  const signature = await sign(signatureInput(protectedBytes, payload));
  const [first, ...more] = chain;
  if (first === undefined) throw new IdVerifyError('config/reader_chain', 'no reader certificate');
  const certificates = more.length === 0 ? first : chain;
  return [protectedBytes, new Map([[HEADER.x5chain, certificates]]), null, signature];
}
