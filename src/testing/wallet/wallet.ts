/**
 * A simulated wallet. It reads a request as strictly as the real ones, computes everything it
 * answers by itself, and can be told to misbehave. Its documents are of the test issuer.
 */
import { base64url } from '../issuer/bytes.ts';
import type { Cbor } from '../issuer/cbor.ts';
import { randomBytes } from '../issuer/entropy.ts';
import { type Credential, issue, itemBytes, present, type ResponsePlan } from '../issuer/mdoc.ts';
import {
  DOC_TYPES,
  type DocType,
  elementsOf,
  PERSONS,
  type Person,
  type PersonId,
} from '../issuer/persons.ts';
import type { TestPki } from '../issuer/pki.ts';
import { RENEWED_INDEX, REVOKED_INDEX } from '../issuer/server.ts';
import { permit, WalletError } from './error.ts';
import { readIsoMdoc } from './iso-mdoc.ts';
import type { Mode } from './modes.ts';
import { readMultiSigned, readSigned, readUnsigned } from './openid4vp.ts';
import type { Asked, AskedDocument, ParsedRequest, ReadOptions, Requester } from './request.ts';

export interface WalletRequest {
  protocol: string;
  data: unknown;
}

export interface WalletCredential {
  protocol: string;
  data: Record<string, unknown>;
}

export interface WalletOptions {
  pki: TestPki;
  /** Roots (DER) of reader certificates beside the test PKI's. */
  readerAnchors?: readonly Uint8Array[];
  /** Answer unsigned requests too. */
  allowUnsigned?: boolean;
  /** Where the issuer's token status list is; without it documents carry no status. */
  statusList?: string;
  now?: () => Date;
}

export interface AnswerOptions {
  origin: string;
  mode?: Mode;
  person?: PersonId | Person;
  /** Anything else the documents or the response should be. */
  plan?: ResponsePlan;
}

/** What the approval sheet shows, as the wallet decoded it. */
export interface Description {
  requester: Requester | undefined;
  documents: readonly AskedDocument[];
}

export interface Wallet {
  /** @throws WalletError */
  describe(request: WalletRequest, options: Pick<AnswerOptions, 'origin'>): Description;
  /** @throws WalletError */
  answer(request: WalletRequest, options: AnswerOptions): Promise<WalletCredential>;
}

const PROTOCOLS: Record<
  string,
  (data: Record<string, unknown>, options: ReadOptions) => ParsedRequest
> = {
  'org-iso-mdoc': readIsoMdoc,
  'openid4vp-v1-unsigned': readUnsigned,
  'openid4vp-v1-signed': readSigned,
  'openid4vp-v1-multisigned': readMultiSigned,
};

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Of the status list, where it is not the first. */
const INDEXES: Readonly<Record<string, number>> = {
  revoked: REVOKED_INDEX,
  renewed: RENEWED_INDEX,
};
/** The end of something that never began: no CBOR, and no text either. */
const GARBAGE = new Uint8Array(400).fill(0xff);

export function createWallet(options: WalletOptions): Wallet {
  const clock = options.now ?? (() => new Date());

  function read({ protocol, data }: WalletRequest, origin: string): ParsedRequest {
    const reader = PROTOCOLS[protocol];
    if (!reader || typeof data !== 'object' || data === null) {
      throw new WalletError('TypeError', `request: ${protocol} is not a protocol with an object`);
    }
    return reader(data as Record<string, unknown>, {
      origin,
      readerAnchors: [options.pki.readerCa.certificate, ...(options.readerAnchors ?? [])],
      allowUnsigned: options.allowUnsigned ?? false,
      now: clock(),
    });
  }

  function credentialFor(
    document: AskedDocument,
    { mode, person = 'hanako', plan }: AnswerOptions,
  ) {
    const now = clock();
    const { docType } = document;
    permit(DOC_TYPES.includes(docType as DocType), `no ${docType} in this wallet`);
    const holder = typeof person === 'string' ? PERSONS[person] : person;
    const elements = elementsOf(docType as DocType, holder, now);
    permit(
      document.elements.some((asked) => has(elements, asked)),
      'nothing of what is asked is in the document',
    );
    const index = INDEXES[mode ?? ''] ?? 0;
    const credential = issue({
      docType,
      elements,
      now,
      signer: options.pki.signer,
      ...(mode === 'expired' && {
        validity: { signed: new Date(+now - 20 * DAY), validUntil: new Date(+now - DAY) },
      }),
      ...(mode === 'renewed' && { validity: { signed: new Date(+now - MINUTE) } }),
      ...(options.statusList && {
        msoStatus: { status_list: { idx: index, uri: options.statusList } },
      }),
      ...plan,
    });
    const disclosed = disclosure(document, credential, mode);
    return mode === 'tampered' ? tampered(disclosed) : disclosed;
  }

  return {
    describe(request, { origin }) {
      const { requester, documents } = read(request, origin);
      return {
        requester,
        documents: documents.map(({ docType, elements }) => ({ docType, elements })),
      };
    },

    async answer(request, answerOptions) {
      const { origin, mode = 'approve', plan } = answerOptions;
      const { protocol } = request;
      const parsed = read(request, origin);
      permit(mode !== 'cancel', 'cancelled');
      permit(mode !== 'no-card', 'no document in this wallet');
      if (mode === 'garbage') return { protocol, data: { response: base64url(GARBAGE) } };
      if (mode === 'openid-error') return { protocol, data: { error: 'access_denied' } };
      const binding = {
        origin: mode === 'wrong-origin' ? 'https://attacker.example' : origin,
        nonce: mode === 'wrong-nonce' ? base64url(randomBytes(32)) : undefined,
      };
      const data = await parsed.reply(binding, (sessionTranscript, indexes) => {
        const asked = parsed.documents.filter((_, index) => indexes.includes(index));
        const credentials = asked.map((document) => credentialFor(document, answerOptions));
        return present({
          sessionTranscript,
          ...plan,
          credentials: mode === 'two-documents' ? [...credentials, ...credentials] : credentials,
        });
      });
      return { protocol: mode === 'other-protocol' ? 'test-unasked-protocol' : protocol, data };
    },
  };
}

const has = (
  elements: Readonly<Record<string, Readonly<Record<string, Cbor>>>>,
  { namespace, element }: Asked,
): boolean => elements[namespace]?.[element] !== undefined;

/** The credential with only what is asked; one less or one more in the modes that lie. */
function disclosure(
  { elements }: AskedDocument,
  credential: Credential,
  mode: Mode | undefined,
): Credential {
  const asked = credential.items.filter(({ item }) =>
    elements.some(
      ({ namespace, element }) =>
        namespace === item.namespace && element === item.elementIdentifier,
    ),
  );
  if (mode === 'withheld-element') return { ...credential, items: asked.slice(0, -1) };
  if (mode !== 'unrequested-element') return { ...credential, items: asked };
  const extra = credential.items.find((entry) => !asked.includes(entry));
  return { ...credential, items: extra ? [...asked, extra] : asked };
}

/** Another value in the first item, under the digest of the true one. */
function tampered(credential: Credential): Credential {
  const items = credential.items.map((entry, index) =>
    index === 0
      ? {
          ...entry,
          bytes: itemBytes({ ...entry.item, elementValue: changed(entry.item.elementValue) }),
        }
      : entry,
  );
  return { ...credential, items };
}

const changed = (value: Cbor): Cbor => (typeof value === 'boolean' ? !value : `${String(value)}x`);
