/** DeviceRequest, ISO/IEC 18013-5 8.3.2.1.2.1, and the reader's signature over it (9.1.4). */

import { signDetached } from '../crypto/cose.ts';
import type { CborInput } from '../wire/cbor.ts';
import { IdVerifyError } from '../wire/error.ts';
import {
  copiedBytes,
  functionSchema,
  parseOptions,
  wellFormedText,
} from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';
import { embed, writeArray, writeCbor } from '../wire/writer.ts';
import { authenticationBytes } from './authentication.ts';
import {
  basisSchema,
  type IndividualNumberBasis,
  type RequestedElements,
  requireBasis,
} from './requested.ts';

/** Who asks: a certificate chain without its root, and its P-256 key behind a callback (file, HSM, KMS). */
export interface ReaderKey {
  /** DER, the end entity first. */
  readonly certificates: readonly Uint8Array[];
  /** ECDSA P-256 with SHA-256 over the bytes given, as r‖s (64 bytes). */
  readonly sign: (toBeSigned: Uint8Array) => Promise<Uint8Array>;
}

/** @throws IdVerifyError `config/reader_signature` where there comes none of ES256 */
export async function readerSignature(
  { sign }: ReaderKey,
  toBeSigned: Uint8Array,
): Promise<Uint8Array> {
  let signature: unknown;
  try {
    signature = await sign(toBeSigned);
  } catch (cause) {
    throw new IdVerifyError('config/reader_signature', 'the reader key does not sign', { cause });
  }
  if (signature instanceof Uint8Array && signature.length === 64) return signature;
  throw new IdVerifyError('config/reader_signature', 'not a signature of ES256, r‖s');
}

export interface RequestedDocument {
  readonly docType: string;
  readonly nameSpaces: RequestedElements;
}

export interface DeviceRequestOptions {
  /** 1.1 signs all documents at once (readerAuthAll), 1.0 each one (readerAuth). Default 1.1. */
  readonly version?: '1.0' | '1.1';
  readonly documents: readonly RequestedDocument[];
  /** CBOR SessionTranscript of this request. */
  readonly sessionTranscript: Uint8Array;
  /** Without it the request is unsigned. */
  readonly reader?: ReaderKey;
  /** Needed to ask for the individual number. */
  readonly individualNumber?: IndividualNumberBasis;
}

const asksSomething = v.check<object>((names) => Object.keys(names).length > 0);

const schema = v.object({
  version: v.optional(v.picklist(['1.0', '1.1']), '1.1'),
  documents: v.pipe(
    v.array(
      v.object({
        docType: wellFormedText,
        nameSpaces: v.pipe(
          v.record(wellFormedText, v.pipe(v.record(wellFormedText, v.boolean()), asksSomething)),
          asksSomething,
        ),
      }),
    ),
    v.minLength(1),
  ),
  sessionTranscript: copiedBytes,
  reader: v.optional(
    v.object({
      certificates: v.array(copiedBytes),
      sign: functionSchema<ReaderKey['sign']>(),
    }),
  ),
  individualNumber: v.optional(basisSchema),
});

/**
 * Builds a DeviceRequest that asks for all of `documents` together.
 * @throws IdVerifyError `policy/individual_number`; `config/option`; `config/reader_chain` and
 *   `config/reader_signature` for a reader that cannot sign
 */
export async function buildDeviceRequest(options: DeviceRequestOptions): Promise<Uint8Array> {
  const given = parseOptions(schema, options);
  const { version, reader, documents, sessionTranscript } = given;
  for (const { nameSpaces } of documents) requireBasis(nameSpaces, given.individualNumber);
  const items = documents.map(({ docType, nameSpaces }) =>
    embed(writeCbor({ docType, nameSpaces })),
  );
  const sign = (signer: ReaderKey, context: string, ...covered: readonly Uint8Array[]) =>
    signDetached(
      authenticationBytes(context, sessionTranscript, ...covered),
      signer.certificates,
      (data) => readerSignature(signer, data),
    );

  if (version === '1.0') {
    const docRequests = items.map(async (itemsRequest): Promise<CborInput> => {
      if (!reader) return { itemsRequest };
      const readerAuth = await sign(reader, 'ReaderAuthentication', itemsRequest.encoded);
      return { itemsRequest, readerAuth };
    });
    return writeCbor({ version, docRequests: await Promise.all(docRequests) });
  }

  const useCase = { mandatory: true, documentSets: [documents.map((_, index) => index)] };
  const deviceRequestInfo = embed(writeCbor({ useCases: [useCase] }));
  const request = {
    version,
    docRequests: items.map((itemsRequest) => ({ itemsRequest })),
    deviceRequestInfo,
  };
  if (!reader) return writeCbor(request);
  const readerAuth = await sign(
    reader,
    'ReaderAuthenticationAll',
    writeArray(items.map(({ encoded }) => encoded)),
    deviceRequestInfo.encoded,
  );
  return writeCbor({ ...request, readerAuthAll: [readerAuth] });
}
