/**
 * What you see is what is requested: reads every request from the bytes that would go to the wallet
 * and refuses them where they ask anything the person would not have been told.
 */
import { type RequestView, readWalletRequest } from '../../../mdoc/request-view.ts';
import type { DocumentRequest } from '../../../mdoc/requested.ts';
import type { ClaimName, SessionView, WalletRequest } from '../../../wire/contract.ts';
import { type Code, IdVerifyError } from '../../../wire/error.ts';
import { claimOf, claimsOf, isDocType } from '../doctypes.ts';
import { speaksFor } from '../reader-name.ts';

/** What the consent screen lists. */
export interface CheckedRequests {
  /** In the order of the session's claims. */
  readonly asked: SessionView['claims'];
  /** What the same document holds and is not asked. */
  readonly notAsked: readonly ClaimName[];
}

/** Saying that these stay would be true and yet mislead: what is asked implies them. */
const IMPLIED: readonly ClaimName[] = ['age_in_years', 'local_gov_code'];

/**
 * @throws IdVerifyError `config/document` (not exactly one known document), `config/element` (not in
 *   the table of elements), `config/purpose` (an element without a purpose), `config/retention`
 *   (kept or not kept other than stated), `config/protocols_differ`, `config/reader_name` (the
 *   certificate names somebody else), `policy/individual_number`, or what reading them throws
 */
export function checkRequests(
  requests: readonly WalletRequest[],
  session: SessionView,
): CheckedRequests {
  const views = requests.map(readWalletRequest);
  const [first] = views.map((view) => check(view, session));
  if (!first) refuse('config/document', 'no request at all');
  if (new Set(views.map(fingerprint)).size > 1) {
    refuse('config/protocols_differ', 'the protocols do not ask the same');
  }
  requests.forEach(({ protocol }, index) => {
    const [certificate] = views[index]?.readerCertificates ?? [];
    if (certificate) checkReader(certificate, session);
    else if (/-(multi)?signed$/.test(protocol))
      refuse('config/reader_name', 'a signed request without a certificate');
  });
  return first;
}

function check({ documents }: RequestView, session: SessionView): CheckedRequests {
  const [document, ...others] = documents;
  if (!document || others.length > 0 || !isDocType(document.docType)) {
    refuse('config/document', 'not a request for one known document');
  }
  const { docType } = document;
  const claims = new Set<ClaimName>();
  for (const { namespace, element, retained } of elementsOf(document)) {
    const claim = claimOf(docType, { namespace, element });
    if (!claim) refuse('config/element', `${namespace}/${element} is not known`);
    if (claim === 'individual_number' && !session.individualNumberBasis) {
      refuse('policy/individual_number', 'the individual number needs a stated legal basis');
    }
    const stated = session.claims.find((one) => one.claim === claim);
    if (!stated) refuse('config/purpose', `${claim} is asked without a purpose`);
    if (retained !== stated.retainDays > 0) {
      refuse('config/retention', `${claim} is kept otherwise than stated`);
    }
    claims.add(claim);
  }
  if (claims.size === 0) refuse('config/document', 'a request that asks nothing');
  return {
    asked: session.claims.filter(({ claim }) => claims.has(claim)),
    notAsked: claimsOf(docType).filter((claim) => !claims.has(claim) && !IMPLIED.includes(claim)),
  };
}

const elementsOf = ({ nameSpaces }: DocumentRequest) =>
  [...nameSpaces].flatMap(([namespace, elements]) =>
    [...elements].map(([element, retained]) => ({ namespace, element, retained })),
  );

/** Equal for requests that ask and keep the same, in whatever order. */
const fingerprint = ({ documents }: RequestView): string =>
  JSON.stringify(
    documents.map((document) => [
      document.docType,
      elementsOf(document)
        .map(({ namespace, element, retained }) => JSON.stringify([namespace, element, retained]))
        .sort(),
    ]),
  );

/** The wallet shows the certificate's name and we show the relying party's: they must be one. */
function checkReader(certificate: Uint8Array, { relyingParty, origin }: SessionView): void {
  if (!speaksFor(certificate, relyingParty, origin)) {
    refuse('config/reader_name', 'the reader certificate names somebody else');
  }
}

function refuse(code: Code, message: string): never {
  throw new IdVerifyError(code, message);
}
