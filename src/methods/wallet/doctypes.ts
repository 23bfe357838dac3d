/**
 * Which elements of a document answer which claim, for both sides: the server asks by this table
 * and reads answers by it, the page reads its request with it.
 *
 * Sources: `MyNumberCard.kt` of openwallet-foundation/multipaz for the My Number Card, ISO/IEC
 * 18013-5 7.2 for the driving licence.
 */
import {
  type ClaimName,
  NAMED_CLAIMS,
  type NamedClaim,
  type YesNoClaim,
} from '../../wire/claims.ts';

export interface ElementRef {
  readonly namespace: string;
  readonly element: string;
}

const CARD = 'org.iso.23220.1.jp';
const PERSON = 'org.iso.23220.1';
const LICENCE = 'org.iso.18013.5.1';

interface DocumentType {
  /** Elements that together answer a claim, in the order they are joined; null where it has none. */
  readonly claims: {
    readonly [claim in NamedClaim]: readonly [ElementRef, ...ElementRef[]] | null;
  };
  /** Where the elements `age_over_NN` are. */
  readonly ageNamespace: string;
}

const at = (namespace: string, element: string): ElementRef => ({ namespace, element });

export const DOC_TYPES = {
  'org.iso.23220.1.jp.mnc': {
    claims: {
      name: [at(CARD, 'full_name_unicode')],
      address: [at(CARD, 'resident_address_unicode')],
      birth_date: [at(PERSON, 'birth_date')],
      sex: [at(PERSON, 'sex')],
      portrait: [at(CARD, 'portrait')],
      age_in_years: [at(PERSON, 'age_in_years')],
      local_gov_code: [at(CARD, 'local_gov_code_unicode')],
      individual_number: [at(CARD, 'individual_number_unicode')],
    },
    ageNamespace: PERSON,
  },
  'org.iso.18013.5.1.mDL': {
    claims: {
      name: [at(LICENCE, 'family_name'), at(LICENCE, 'given_name')],
      address: [at(LICENCE, 'resident_address')],
      birth_date: [at(LICENCE, 'birth_date')],
      sex: [at(LICENCE, 'sex')],
      portrait: [at(LICENCE, 'portrait')],
      age_in_years: [at(LICENCE, 'age_in_years')],
      local_gov_code: null,
      individual_number: null,
    },
    ageNamespace: LICENCE,
  },
} as const satisfies Record<string, DocumentType>;

export type DocType = keyof typeof DOC_TYPES;

export const isDocType = (value: string): value is DocType => Object.hasOwn(DOC_TYPES, value);

const isAgeClaim = (claim: ClaimName): claim is YesNoClaim => claim.startsWith('age_over_');

/** The elements to ask for; undefined where the document has none for this claim. */
export function elementsOf(docType: DocType, claim: ClaimName): readonly ElementRef[] | undefined {
  const type: DocumentType = DOC_TYPES[docType];
  return isAgeClaim(claim) ? [at(type.ageNamespace, claim)] : (type.claims[claim] ?? undefined);
}

/** What a document can tell, ages aside. */
export function claimsOf(docType: DocType): NamedClaim[] {
  const { claims }: DocumentType = DOC_TYPES[docType];
  return NAMED_CLAIMS.filter((claim) => claims[claim] !== null);
}

/** What an element of a request says about the person; undefined for one this table does not know. */
export function claimOf(
  docType: DocType,
  { namespace, element }: ElementRef,
): ClaimName | undefined {
  const type: DocumentType = DOC_TYPES[docType];
  if (namespace === type.ageNamespace && /^age_over_\d\d$/.test(element)) {
    return element as YesNoClaim;
  }
  return claimsOf(docType).find((claim) =>
    type.claims[claim]?.some((ref) => ref.namespace === namespace && ref.element === element),
  );
}
