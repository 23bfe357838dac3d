/**
 * The evidence envelope: what the browser says, signed by the session's key, as a COSE_Sign1
 * message (RFC 9052 section 4.2). It proves integrity, order and session, not who held the camera.
 */

import { cborBytes, cborMap } from './body.ts';
import { type Bytes, equalBytes } from './bytes.ts';
import { type CborInput, type CborValue, Tagged } from './cbor.ts';
import { ENVELOPE_RULES } from './cbor-rules.ts';
import { IdVerifyError } from './error.ts';
import { METHODS } from './opening.ts';
import { parseAs } from './parse.ts';
import { readCbor } from './reader.ts';
import * as v from './schema.ts';
import { sha256 } from './sha256.ts';
import { writeCbor } from './writer.ts';

const COSE_SIGN1 = 18;
const ALGORITHM = 1;
const ES256 = -7;
const CONTENT_TYPE = 3;
/** r and s of ES256, RFC 9053 section 2.1. */
const SIGNATURE_BYTES = 64;

/** The protected header, always these bytes. */
const PROTECTED = writeCbor(
  new Map<number, CborInput>([
    [ALGORITHM, ES256],
    [CONTENT_TYPE, 'application/id-verify+cbor'],
  ]),
);

const uint = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(300));

const payloadSchema = cborMap({
  v: v.literal(1),
  /** Session id. */
  sid: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  challenge: cborBytes(32),
  /** The audience named at opening. */
  aud: shortText,
  /** Origin of the page. */
  origin: shortText,
  method: v.picklist(METHODS),
  /** Counts the session's envelopes from 0. */
  seq: uint,
  /** SHA-256 of the previous envelope as sent; for the first, of the challenge. */
  prev: cborBytes(32),
  /** The browser's clock, milliseconds since 1970. For the record: the server judges by its own. */
  at: uint,
  /** Version of the element. */
  widget: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** By method, or a confirmation. */
  body: v.custom<CborValue>((value) => value !== undefined),
});

/** The signed statement. `body` is checked by the method it belongs to. */
export type EnvelopePayload = v.InferOutput<typeof payloadSchema>;

/** A payload to be sent; its body may be built with plain objects. */
export type EnvelopeInput = Omit<EnvelopePayload, 'body' | 'challenge' | 'prev'> & {
  readonly challenge: Uint8Array;
  readonly prev: Uint8Array;
  readonly body: CborInput;
};

/** An envelope that is well formed. Nothing is verified yet. */
export interface Envelope {
  readonly payload: EnvelopePayload;
  /** What the signature must cover, from the bytes as received. */
  readonly toBeSigned: Bytes;
  /** r‖s, 64 bytes. */
  readonly signature: Bytes;
}

/** Sig_structure, RFC 9052 section 4.4, without external data. */
function sigStructure(payload: Uint8Array): Bytes {
  return writeCbor(['Signature1', PROTECTED, new Uint8Array(0), payload]);
}

/**
 * Encodes and signs.
 * @param sign ES256 over the given bytes, r‖s (as WebCrypto signs)
 */
export async function sealEnvelope(
  input: EnvelopeInput,
  sign: (toBeSigned: Bytes) => Promise<Uint8Array>,
): Promise<Bytes> {
  const payload = writeCbor({ ...input });
  const signature = await sign(sigStructure(payload));
  return writeCbor(new Tagged<CborInput>(COSE_SIGN1, [PROTECTED, {}, payload, signature]));
}

/**
 * Takes an untrusted envelope apart, strictly: deterministic encoding, exactly the known header and
 * fields. No cryptography in here: verify `signature` over `toBeSigned` before believing anything.
 * @throws IdVerifyError one of `ReaderCode`; `malformed/envelope` (not a COSE_Sign1 of ours),
 *   `session/algorithm` (another protected header), `malformed/envelope_header` (an unprotected one),
 *   `malformed/envelope_signature` (not 64 bytes),
 *   `malformed/envelope_payload` (unknown, missing or wrong field), `unsupported/envelope_version`
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  const message = readCbor(bytes, ENVELOPE_RULES);
  if (!(message instanceof Tagged) || !Array.isArray(message.value) || message.value.length !== 4) {
    throw new IdVerifyError('malformed/envelope', 'not a tagged COSE_Sign1');
  }
  const [header, unprotectedHeader, payload, signature] = message.value;
  if (!(header instanceof Uint8Array && equalBytes(header, PROTECTED))) {
    throw new IdVerifyError('session/algorithm', 'not signed as an evidence envelope is');
  }
  if (!(unprotectedHeader instanceof Map && unprotectedHeader.size === 0)) {
    throw new IdVerifyError('malformed/envelope_header', 'not the header of an evidence envelope');
  }
  if (!(payload instanceof Uint8Array)) {
    throw new IdVerifyError('malformed/envelope', 'the payload is not a byte string');
  }
  if (!(signature instanceof Uint8Array && signature.length === SIGNATURE_BYTES)) {
    throw new IdVerifyError('malformed/envelope_signature', 'not an ES256 signature');
  }
  return { payload: parsePayload(payload), toBeSigned: sigStructure(payload), signature };
}

function parsePayload(bytes: Bytes): EnvelopePayload {
  const value = readCbor(bytes, ENVELOPE_RULES);
  if (value instanceof Map && Number.isInteger(value.get('v')) && value.get('v') !== 1) {
    throw new IdVerifyError('unsupported/envelope_version', 'an envelope of another version');
  }
  return parseAs(payloadSchema, value, 'malformed/envelope_payload');
}

/** SHA-256 of an envelope as sent, which the next one names as `prev`. */
export const envelopeHash = (envelope: Bytes): Promise<Bytes> => sha256(envelope);
