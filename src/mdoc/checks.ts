/** Every check of a DeviceResponse. */
import type { CheckOutcome } from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';

const RESPONSE = 'ISO/IEC 18013-5 8.3.2.1.2.2';
const ITEM = 'ISO/IEC 18013-5 9.1.2.5';
const DEVICE = 'ISO/IEC 18013-5 9.1.3';

/** The checks in the order they are run and reported; what each one establishes. */
export const MDOC_CHECKS = {
  'mdoc.structure': {
    what: 'The response has the structure of a DeviceResponse',
    clause: RESPONSE,
  },
  'mdoc.version': { what: 'The versions of response and MSO are known', clause: RESPONSE },
  'mdoc.status': { what: 'The wallet reports success', clause: RESPONSE },
  'mdoc.documents': { what: 'Exactly the one document asked for is there', clause: RESPONSE },
  'mdoc.doc_type': { what: 'Request, document and MSO name one document type', clause: ITEM },
  'mdoc.issuer_chain': {
    what: 'The document signer was certified for this by a trusted issuer',
    clause: 'ISO/IEC 18013-5 9.3.3',
  },
  'mdoc.issuer_signature': { what: 'The document signer signed the MSO', clause: ITEM },
  'mdoc.digests': { what: 'Each element is the one the issuer signed', clause: ITEM },
  'mdoc.validity': { what: 'The document is valid now', clause: ITEM },
  'mdoc.device_auth': {
    what: "The document's own device answered in this session",
    clause: DEVICE,
  },
  'mdoc.elements': { what: 'Each element has its type', clause: 'ISO/IEC 18013-5 7.2' },
  'mdoc.requested': { what: 'All that was asked for is there, and nothing else', clause: RESPONSE },
  'mdoc.revocation': {
    what: 'Neither document nor document signer was revoked',
    clause: 'ISO/IEC 18013-5 9.3.3, draft-ietf-oauth-status-list',
  },
} as const satisfies Record<string, { what: string; clause: string }>;

export type MdocCheckId = keyof typeof MDOC_CHECKS;

/** The outcome of one check. */
export interface MdocCheck {
  readonly id: MdocCheckId;
  readonly outcome: CheckOutcome;
  /** Of the first thing that was wrong. */
  readonly code?: Code;
  /** Operator's sentences, one for each thing that was wrong: what, where, expected, found, clause. */
  readonly detail?: string;
}
