/** What was asked of a document, and whether the answer keeps to it. */
import { type Fail, type Note, printable } from '../trust/refusal.ts';
import { type Text, text } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import * as v from '../wire/schema.ts';
import type { MdocCode } from './refusals.ts';

/** Namespace → element → intent to retain, as in an ItemsRequest. */
export type RequestedElements = Readonly<Record<string, Readonly<Record<string, boolean>>>>;

/** One element of a document. */
export interface ElementName {
  readonly nameSpace: string;
  readonly identifier: string;
}

/** Namespace → elements. */
export type ElementNames = Readonly<Record<string, readonly string[]>>;

/** One requested document. */
export interface DocumentRequest {
  readonly docType: string;
  /** Namespace → element → whether the relying party intends to keep it. */
  readonly nameSpaces: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
}

/**
 * The 個人番号 may be asked for and read for the purposes of the 番号利用法 only; stating the basis is
 * the only way to it.
 */
export interface IndividualNumberBasis {
  readonly legalBasis: Text;
}

export const basisSchema = v.object({ legalBasis: text });

const INDIVIDUAL_NUMBER = 'individual_number_unicode';

/** @throws IdVerifyError `policy/individual_number` for a request that asks for it without a basis */
export function requireBasis(
  requested: RequestedElements,
  basis: IndividualNumberBasis | undefined,
): void {
  if (basis || !Object.values(requested).some((it) => isNamed(it, INDIVIDUAL_NUMBER))) return;
  throw new IdVerifyError('policy/individual_number', 'no legal basis is stated');
}

/** What is not to be read is refused, whoever asked for it. */
export function checkBasis(
  items: readonly ElementName[],
  basis: IndividualNumberBasis | undefined,
  fail: Fail<MdocCode>,
): void {
  for (const { nameSpace, identifier } of items) {
    if (identifier !== INDIVIDUAL_NUMBER || basis) continue;
    fail('policy/individual_number', { where: `${nameSpace}/${identifier}` });
  }
}

/** What came back: elements the issuer signed, elements the device signed, and what the wallet says is missing. */
export interface Answered {
  readonly items: readonly ElementName[];
  readonly byDevice: readonly ElementName[];
  readonly errors: readonly (ElementName & { readonly code: number })[];
}

/** What was asked, and what of it may be withheld. */
export interface AskedElements {
  readonly requested: RequestedElements;
  readonly optional: ElementNames;
}

/**
 * Every requested element must be there, signed by the issuer, unless it is optional, and no other
 * may be: a wallet is never trusted to have kept to the request. What the wallet says of an element
 * that is needed refuses with its own code; of any other it is told with the check.
 */
export function checkRequested(
  { items, byDevice, errors }: Answered,
  { requested, optional }: AskedElements,
  fail: Fail<MdocCode>,
  note: Note,
): void {
  const returned = new Set(items.map(nameOf));
  for (const element of [...items, ...byDevice]) {
    const { nameSpace, identifier } = element;
    if (!Object.hasOwn(requested, nameSpace) || !isNamed(requested[nameSpace], identifier)) {
      fail('request_mismatch/extra_element', { where: nameOf(element) });
    }
  }
  const mayBeMissing = ({ nameSpace, identifier }: ElementName) =>
    Object.hasOwn(optional, nameSpace) && optional[nameSpace]?.includes(identifier);
  const needed = Object.entries(requested)
    .flatMap(([nameSpace, elements]) =>
      Object.keys(elements).map((identifier) => ({ nameSpace, identifier })),
    )
    .filter((element) => !mayBeMissing(element));
  const told = new Map(errors.map((error) => [nameOf(error), error.code]));
  for (const element of needed) {
    const where = nameOf(element);
    const code = told.get(where);
    if (code !== undefined) {
      fail('request_mismatch/element_error', { where, found: `error code ${code}` });
    } else if (!returned.has(where)) fail('request_mismatch/missing_element', { where });
    told.delete(where);
  }
  for (const [name, code] of told) {
    note(`The wallet reports error code ${code} for ${printable(name)}, which is not needed.`);
  }
}

const nameOf = ({ nameSpace, identifier }: ElementName): string => `${nameSpace}/${identifier}`;

function isNamed(elements: object | undefined, identifier: string): boolean {
  return elements !== undefined && Object.hasOwn(elements, identifier);
}
