/** What every protocol's request comes down to. */
import type { Bytes } from '../issuer/bytes.ts';

export interface Asked {
  namespace: string;
  element: string;
  /** intentToRetain */
  retain: boolean;
}

export interface AskedDocument {
  docType: string;
  elements: readonly Asked[];
}

/** Who asks, by a certificate that was checked. */
export interface Requester {
  name: string;
  /** Its whole name, as `CN=…, O=…, C=…` in its own order. */
  subject: string;
}

/** What the wallet's answer is bound to; a hostile wallet replaces members. */
export interface Binding {
  origin: string;
  nonce?: string | undefined;
}

/** Makes the DeviceResponse for the documents asked under `index`es, bound to the transcript. `readerKey` is a
 * SubjectPublicKeyInfo, DER. */
export type Respond = (
  sessionTranscript: Uint8Array,
  indexes: readonly number[],
  readerKey: Uint8Array | undefined,
) => Bytes;

export interface ParsedRequest {
  /** Absent: the request was not signed. */
  requester: Requester | undefined;
  documents: readonly AskedDocument[];
  /** The `data` of the credential: the response, encrypted as the request asks. */
  reply(binding: Binding, respond: Respond): Promise<Record<string, unknown>>;
}

export interface ReadOptions {
  origin: string;
  /** Roots (DER) of those who may ask. */
  readerAnchors: readonly Uint8Array[];
  /** Without it only signed requests are read, as Apple Wallet does. */
  allowUnsigned: boolean;
  now: Date;
}
