/**
 * Issues and presents mdocs (ISO/IEC 18013-5): `issue` is the authority's part, `present` the
 * wallet's, `buildResponse` both in one call. Whatever the options do not reach, an edit does: each
 * structure passes through its function on its way out, before what is built on it is computed.
 */

import { type Bytes, digest, type HashName } from './bytes.ts';
import { type Cbor, embedded, encode, raw, type Tag, tdate } from './cbor.ts';
import {
  coseKey,
  embeddedBytes,
  type Header,
  mac0,
  macKey,
  type Signed,
  sign1,
  x5chain,
} from './cose.ts';
import { randomBytes } from './entropy.ts';
import { type Keys, newKeys } from './keys.ts';
import { type DocType, type Elements, elementsOf, MNC, PERSONS, type Person } from './persons.ts';
import { createTestPki, type TestPki } from './pki.ts';
import { isoMdocTranscript } from './transcript.ts';
import type { Identity } from './x509.ts';

/** An IssuerSignedItem and the namespace it is in. */
export interface Item {
  namespace: string;
  digestID: number;
  random: Uint8Array;
  elementIdentifier: string;
  elementValue: Cbor;
}

export type Mso = {
  version: string;
  digestAlgorithm: string;
  valueDigests: Record<string, Map<number, Uint8Array>>;
  deviceKeyInfo: { deviceKey: Cbor; keyAuthorizations?: Cbor; keyInfo?: Cbor };
  docType: string;
  validityInfo: { signed: Tag; validFrom: Tag; validUntil: Tag };
  status?: Cbor;
};

/** Namespace to its IssuerSignedItemBytes. */
export type NameSpaces = Record<string, Cbor[]>;

export interface IssueEdits {
  /** Before the digests are made: what is signed. */
  items?: (items: Item[]) => Item[];
  /** How one item becomes IssuerSignedItemBytes. */
  encodeItem?: (item: Item) => Cbor;
  mso?: (mso: Mso) => Cbor;
  /** The bytes issuerAuth signs, from the MSO's. Default: `#6.24(bstr)` around them. */
  payload?: (mso: Uint8Array) => Uint8Array;
  /** Headers of issuerAuth before signing. */
  headers?: (headers: { protected: Header; unprotected: Header }) => void;
  issuerAuth?: (issuerAuth: Signed) => Cbor;
}

export interface PresentEdits {
  /** After the digests were made: what is sent. */
  nameSpaces?: (nameSpaces: NameSpaces) => Cbor;
  /** The array the device signs, before its tag-24 wrapping. */
  deviceAuthentication?: (authentication: Cbor[]) => Cbor;
  /** COSE_Sign1 or COSE_Mac0. */
  deviceProof?: (proof: Signed) => Cbor;
  deviceAuth?: (deviceAuth: Record<string, Cbor>) => Cbor;
  document?: (document: Record<string, Cbor>) => Cbor;
  response?: (response: Record<string, Cbor>) => Cbor;
  encoded?: (response: Bytes) => Bytes;
}

export interface IssuePlan {
  docType?: string;
  /** What the document says. Default: everything of `person` for the docType. */
  elements?: Elements;
  person?: Person;
  /** Signs the MSO. */
  signer?: Identity;
  /** Further certificates of the x5chain; the root is left out. */
  intermediates?: readonly Uint8Array[];
  now?: Date;
  validity?: { signed?: Date; validFrom?: Date; validUntil?: Date };
  digestAlgorithm?: HashName;
  saltLength?: number;
  deviceKeys?: Keys;
  keyAuthorizations?: Cbor;
  /** The MSO's `status`, for example `{ status_list: { idx, uri } }`. */
  msoStatus?: Cbor;
  edits?: IssueEdits;
}

/** What a wallet holds. */
export interface Credential {
  readonly docType: string;
  readonly items: readonly { readonly item: Item; readonly bytes: Cbor }[];
  readonly issuerAuth: Cbor;
  readonly deviceKeys: Keys;
}

export interface PresentPlan {
  credentials: readonly Credential[];
  sessionTranscript: Uint8Array;
  /** Which elements to disclose: namespace to names. Default: all of the credentials. */
  disclose?: Readonly<Record<string, readonly string[]>>;
  /** Given: proves the device by MAC with this public key of the reader (SubjectPublicKeyInfo) instead of by signature. */
  macWith?: Uint8Array;
  deviceSigned?: Elements;
  version?: string;
  status?: number;
  documentErrors?: Cbor;
  edits?: PresentEdits;
}

export type ResponsePlan = Omit<IssuePlan, 'edits'> &
  Partial<Omit<PresentPlan, 'edits' | 'credentials'>> & {
    pki?: TestPki;
    /** How many times the document is in the response. */
    count?: number;
    edits?: IssueEdits & PresentEdits;
  };

const DAY = 86_400_000;
/** The session that responses without one of their own are bound to. */
export const DEFAULT_TRANSCRIPT = isoMdocTranscript('gmVkY2FwaaA', 'https://rp.example');

let sharedPki: TestPki | undefined;
/** The PKI of responses without one of their own, made on first use. */
export function defaultPki(): TestPki {
  sharedPki ??= createTestPki();
  return sharedPki;
}

/** A DeviceResponse, good unless the plan says otherwise. */
export function buildResponse({
  count = 1,
  pki = defaultPki(),
  ...plan
}: ResponsePlan = {}): Bytes {
  const issued = issue({ signer: pki.signer, ...plan });
  const credential = plan.disclose ? issued : withoutIndividualNumber(issued);
  return present({
    sessionTranscript: DEFAULT_TRANSCRIPT,
    ...plan,
    credentials: new Array<Credential>(count).fill(credential),
  });
}

/** Nobody hands it out unless it is asked for by name. */
const withoutIndividualNumber = (credential: Credential): Credential => ({
  ...credential,
  items: credential.items.filter(
    ({ item }) => item.elementIdentifier !== 'individual_number_unicode',
  ),
});

/** Makes a credential: items, their digests in the MSO, and the authority's signature. */
export function issue(plan: IssuePlan = {}): Credential {
  const { now = new Date(), docType = MNC, person = PERSONS.hanako, edits = {} } = plan;
  const signer = plan.signer ?? defaultPki().signer;
  const deviceKeys = plan.deviceKeys ?? newKeys();
  const elements = plan.elements ?? elementsOf(docType as DocType, person, now);
  const listed = listItems(elements, plan.saltLength ?? 32);
  const items = (edits.items?.(listed) ?? listed).map((item) => ({
    item,
    bytes: (edits.encodeItem ?? itemBytes)(item),
  }));
  const digestAlgorithm = plan.digestAlgorithm ?? 'SHA-256';
  const { signed = new Date(now.getTime() - DAY), validFrom, validUntil } = plan.validity ?? {};
  const mso: Mso = {
    version: '1.0',
    digestAlgorithm,
    valueDigests: digestsOf(items, digestAlgorithm),
    deviceKeyInfo: {
      deviceKey: coseKey(deviceKeys),
      ...(plan.keyAuthorizations === undefined
        ? {}
        : { keyAuthorizations: plan.keyAuthorizations }),
    },
    docType,
    validityInfo: {
      signed: tdate(signed),
      validFrom: tdate(validFrom ?? signed),
      validUntil: tdate(validUntil ?? new Date(now.getTime() + 365 * DAY)),
    },
    ...(plan.msoStatus === undefined ? {} : { status: plan.msoStatus }),
  };
  const msoBytes = encode(edits.mso?.(mso) ?? mso);
  const headers = {
    protected: new Map<Cbor, Cbor>(),
    unprotected: x5chain(signer.certificate, ...(plan.intermediates ?? [])),
  };
  edits.headers?.(headers);
  const payload = edits.payload?.(msoBytes) ?? encode(embeddedBytes(msoBytes));
  const issuerAuth = sign1({ keys: signer.keys, payload, ...headers });
  return { docType, items, issuerAuth: edits.issuerAuth?.(issuerAuth) ?? issuerAuth, deviceKeys };
}

/** Discloses elements of credentials to one session. */
export function present(plan: PresentPlan): Bytes {
  const { edits = {} } = plan;
  const response: Record<string, Cbor> = {
    version: plan.version ?? '1.0',
    documents: plan.credentials.map((credential) => document(credential, plan)),
    status: plan.status ?? 0,
    ...(plan.documentErrors === undefined ? {} : { documentErrors: plan.documentErrors }),
  };
  const encoded = encode(edits.response?.(response) ?? response);
  return edits.encoded?.(encoded) ?? encoded;
}

function document(credential: Credential, plan: PresentPlan): Cbor {
  const { edits = {} } = plan;
  const nameSpaces: NameSpaces = {};
  for (const { item, bytes } of credential.items) {
    const { namespace, elementIdentifier } = item;
    if (plan.disclose && !plan.disclose[namespace]?.includes(elementIdentifier)) continue;
    nameSpaces[namespace] = [...(nameSpaces[namespace] ?? []), bytes];
  }
  const sent = edits.nameSpaces?.(nameSpaces) ?? nameSpaces;
  const result: Record<string, Cbor> = {
    docType: credential.docType,
    issuerSigned: { nameSpaces: sent, issuerAuth: credential.issuerAuth },
    deviceSigned: deviceSigned(credential, plan),
  };
  return edits.document?.(result) ?? result;
}

function deviceSigned({ docType, deviceKeys }: Credential, plan: PresentPlan): Cbor {
  const { edits = {}, sessionTranscript, macWith } = plan;
  const nameSpaces = embedded(plan.deviceSigned ?? {});
  const listed: Cbor[] = ['DeviceAuthentication', raw(sessionTranscript), docType, nameSpaces];
  const payload = encode(embedded(edits.deviceAuthentication?.(listed) ?? listed));
  const proof = macWith
    ? mac0(macKey(deviceKeys, macWith, sessionTranscript), payload)
    : sign1({ keys: deviceKeys, payload, detached: true });
  const edited = edits.deviceProof?.(proof) ?? proof;
  const deviceAuth = { [macWith ? 'deviceMac' : 'deviceSignature']: edited };
  return { nameSpaces, deviceAuth: edits.deviceAuth?.(deviceAuth) ?? deviceAuth };
}

/** An item as IssuerSignedItemBytes. */
export function itemBytes({ namespace: _, ...item }: Item): Cbor {
  return embedded({ ...item });
}

/** Every element with a random salt and a digest identifier that tells nothing of its place. */
function listItems(elements: Elements, saltLength: number): Item[] {
  const flat = Object.entries(elements).flatMap(([namespace, values]) =>
    Object.entries(values).map(([name, value]) => ({ namespace, name, value })),
  );
  const order = flat.map((_, index) => index).sort(() => (randomBytes(1)[0] ?? 0) - 127.5);
  return flat.map(({ namespace, name, value }, index) => ({
    namespace,
    digestID: order[index] ?? index,
    random: randomBytes(saltLength),
    elementIdentifier: name,
    elementValue: value,
  }));
}

function digestsOf(items: Credential['items'], algorithm: HashName): Mso['valueDigests'] {
  const digests: Mso['valueDigests'] = {};
  for (const { item, bytes } of items) {
    const ofNamespace = digests[item.namespace] ?? new Map<number, Uint8Array>();
    ofNamespace.set(item.digestID, digest(algorithm, encode(bytes)));
    digests[item.namespace] = ofNamespace;
  }
  return digests;
}
