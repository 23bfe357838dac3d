import { readCose } from '../crypto/cose.ts';
import { checkIssuerChain } from '../trust/issuer-chain.ts';
import { ATTRIBUTE, nameText } from '../trust/name.ts';
import type { Fail } from '../trust/refusal.ts';
import { checkRevocation } from '../trust/revocation.ts';
import type { CborValue } from '../wire/cbor.ts';
import type { MdocCheck } from './checks.ts';
import { checkDeviceAuth } from './device-auth.ts';
import { type DeviceResponse, type MdocDocument, parseDeviceResponse } from './device-response.ts';
import { checkDigests, type IssuerSignedItem, parseItems } from './digests.ts';
import { checkElements } from './elements.ts';
import { checkCountry, checkIssuerSignature, checkValidity, readSigner } from './issuer-auth.ts';
import { type MobileSecurityObject, type MsoValidity, parseMso } from './mso.ts';
import type { MdocCode } from './refusals.ts';
import { Report } from './report.ts';
import { checkBasis, checkRequested } from './requested.ts';
import { readOptions, type VerifyDeviceResponseOptions } from './verify-options.ts';

const RESPONSE_VERSIONS: readonly string[] = ['1.0', '1.1'];
const MSO_VERSION = '1.0';

/** Namespace → element → value as decoded: dates are `Tagged`, images `Uint8Array`. */
export type MdocElements = ReadonlyMap<string, ReadonlyMap<string, CborValue>>;

/** A document that passed every check there was to make. */
export interface VerifiedDocument {
  readonly docType: string;
  readonly elements: MdocElements;
  readonly validity: MsoValidity;
  readonly issuer: {
    /** Common name of document signer and anchor. */
    readonly signer: string;
    readonly anchor: string;
    readonly country: string | undefined;
    /** DER, for the record. */
    readonly signerCertificate: Uint8Array;
    readonly anchorCertificate: Uint8Array;
    /** By what the chain was judged: the rules of that anchor. */
    readonly signerPurposes: readonly string[];
    readonly allowUnboundedPath?: true;
  };
  /** Every check: passed, or undetermined where no request or no source of revocation was given. */
  readonly checks: readonly MdocCheck[];
}

/**
 * Verifies a DeviceResponse (ISO/IEC 18013-5 9.3): structure, issuer chain and signature, digests
 * over the bytes received, validity, device authentication over the given transcript, and that it
 * answers the request. Every check that can run does; the result is built only when none failed.
 *
 * @throws MdocRefusedError with every failed check; `code` is that of the first
 * @throws IdVerifyError `config/option` for an option of a wrong type, `config/no_trust_anchor`
 *   without an anchor for the document type, `config/trust_anchor` for one that is no certificate,
 *   `unsupported/*` for one with a key that is not accepted
 */
export async function verifyDeviceResponse(
  options: VerifyDeviceResponseOptions,
): Promise<VerifiedDocument> {
  const given = readOptions(options);
  const { docType, anchors, now, tolerance, crypto, requested, revocation } = given;
  const report = new Report();

  const response = await report.run('mdoc.structure', () =>
    parseDeviceResponse(given.deviceResponse),
  );
  const document = response && selectDocument(response, docType);
  const issuerAuth =
    document &&
    (await report.run('mdoc.structure', () => readCose(document.issuerAuth, 'issuerAuth')));
  const mso =
    issuerAuth && (await report.run('mdoc.structure', () => parseMso(issuerAuth.payload)));
  const items =
    document && (await report.run('mdoc.structure', () => parseItems(document.nameSpaces)));

  await report.given('mdoc.version', { response }, (it, fail) =>
    checkVersions(it.response, mso, fail),
  );
  await report.given('mdoc.status', { response }, (it, fail) => checkStatus(it.response, fail));
  await report.given('mdoc.documents', { response }, (it, fail) =>
    checkDocuments(it.response, items, fail),
  );
  await report.given('mdoc.doc_type', { document }, (it, fail) =>
    checkDocType(docType, it.document, mso, fail),
  );

  const signer = await report.given('mdoc.issuer_chain', { issuerAuth }, (it, fail) =>
    readSigner(it.issuerAuth, anchors, fail),
  );
  const anchor =
    signer &&
    (await report.run('mdoc.issuer_chain', async (fail) => {
      if (items) checkCountry(items, signer, fail);
      const note = report.noting('mdoc.issuer_chain');
      return checkIssuerChain({ signer, anchors, now, tolerance, crypto, note }, fail);
    }));
  const signed = await report.given('mdoc.issuer_signature', { issuerAuth, signer }, (it, fail) =>
    checkIssuerSignature(it.issuerAuth, it.signer, crypto, fail),
  );
  await report.given('mdoc.digests', { items, mso }, (it, fail) =>
    checkDigests(it.items, it.mso, crypto, fail),
  );
  await report.given('mdoc.validity', { mso }, (it, fail) =>
    checkValidity(
      it.mso.validity,
      signer,
      { now, tolerance, note: report.noting('mdoc.validity') },
      fail,
    ),
  );
  const byDevice = await report.given('mdoc.device_auth', { document, mso }, (it, fail) => {
    const { sessionTranscript, readerKey } = given;
    return checkDeviceAuth({ ...it, sessionTranscript, readerKey, crypto }, fail);
  });
  await report.given('mdoc.elements', { items }, (it, fail) => checkElements(it.items, fail));
  await report.given('mdoc.requested', { items }, (it, fail) => {
    checkBasis(it.items, given.individualNumber, fail);
    const errors = document?.errors ?? [];
    if (requested) {
      const answer = { items: it.items, byDevice: byDevice ?? [], errors };
      const note = report.noting('mdoc.requested');
      checkRequested(answer, { requested, optional: given.optional }, fail, note);
    } else fail('undetermined/no_request');
  });
  // Only what an issuer vouches for may send this verifier to an address.
  const authentic = signed ? mso : undefined;
  await report.given('mdoc.revocation', { signer, anchor, authentic }, (it, fail) => {
    const { status } = it.authentic;
    const { signal } = given;
    const note = report.noting('mdoc.revocation');
    const input = {
      signer: it.signer,
      anchor: it.anchor.certificate,
      status,
      now,
      tolerance,
      crypto,
      signal,
      note,
    };
    return checkRevocation(revocation, input, fail);
  });
  if (!requested) report.tolerateUndetermined('mdoc.requested');
  if (!revocation || revocation.onUndetermined === 'accept') {
    report.tolerateUndetermined('mdoc.revocation');
  }

  report.throwIfRefused();
  if (!signer || !anchor || !mso || !items) throw new Error('a check that did not run let it pass');
  return {
    docType,
    elements: groupElements(items),
    validity: mso.validity,
    issuer: {
      signer: nameText(signer.subject),
      anchor: nameText(anchor.certificate.subject),
      country: signer.subject.attributes.get(ATTRIBUTE.country),
      signerCertificate: signer.encoded.slice(),
      anchorCertificate: anchor.certificate.encoded.slice(),
      signerPurposes: anchor.purposes,
      ...(anchor.allowUnboundedPath && { allowUnboundedPath: true }),
    },
    checks: report.checks(),
  };
}

/** The document asked for, or else the first, so that what is wrong with it can be said. */
function selectDocument({ documents }: DeviceResponse, docType: string): MdocDocument | undefined {
  return documents.find((it) => it.docType === docType) ?? documents[0];
}

function checkVersions(
  response: DeviceResponse,
  mso: MobileSecurityObject | undefined,
  fail: Fail<MdocCode>,
): void {
  if (!RESPONSE_VERSIONS.includes(response.version)) {
    const expected = RESPONSE_VERSIONS.join(' or ');
    fail('unsupported/response_version', { expected, found: response.version });
  }
  if (mso && mso.version !== MSO_VERSION) {
    fail('unsupported/mso_version', { expected: MSO_VERSION, found: mso.version });
  }
}

function checkStatus({ status, documentErrors }: DeviceResponse, fail: Fail<MdocCode>): void {
  if (status !== 0) fail('request_mismatch/status', { expected: '0', found: String(status) });
  if (!documentErrors) return;
  const told = documentErrors.map(({ docType, code }) => `${docType}: ${code}`).join(', ');
  fail('request_mismatch/document_errors', { found: told || 'an empty list' });
}

function checkDocuments(
  { documents: { length }, unsupported }: DeviceResponse,
  items: readonly IssuerSignedItem[] | undefined,
  fail: Fail<MdocCode>,
): void {
  for (const member of unsupported) {
    fail(member === 'zkDocuments' ? 'unsupported/zk_documents' : 'unsupported/encrypted_documents');
  }
  if (length === 0 && unsupported.length === 0) fail('request_mismatch/no_document');
  if (length > 1) fail('request_mismatch/extra_document', { expected: '1', found: String(length) });
  if (items?.length === 0) fail('request_mismatch/no_element');
}

function checkDocType(
  docType: string,
  document: MdocDocument,
  mso: MobileSecurityObject | undefined,
  fail: Fail<MdocCode>,
): void {
  if (document.docType !== docType) {
    fail('request_mismatch/doc_type', { expected: docType, found: document.docType });
  }
  if (mso && mso.docType !== document.docType) {
    fail('request_mismatch/mso_doc_type', { expected: document.docType, found: mso.docType });
  }
}

function groupElements(items: readonly IssuerSignedItem[]): MdocElements {
  const nameSpaces = new Map<string, Map<string, CborValue>>();
  for (const { nameSpace, identifier, value } of items) {
    const elements = nameSpaces.get(nameSpace) ?? new Map<string, CborValue>();
    nameSpaces.set(nameSpace, elements.set(identifier, value));
  }
  return nameSpaces;
}
