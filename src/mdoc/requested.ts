/** What was asked of a document, and whether the answer keeps to it. */
import type { Fail } from '../trust/refusal.ts';
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

/**
 * Every requested element must be there, signed by the issuer, unless it is optional, and no other
 * may be: a wallet is never trusted to have kept to the request.
 * @param byDevice what the device signed by itself
 */
export function checkRequested(
  items: readonly ElementName[],
  byDevice: readonly ElementName[],
  requested: RequestedElements,
  optional: ElementNames,
  fail: Fail<MdocCode>,
): void {
  const returned = new Set(items.map(({ nameSpace, identifier }) => `${nameSpace}/${identifier}`));
  for (const { nameSpace, identifier } of [...items, ...byDevice]) {
    const where = `${nameSpace}/${identifier}`;
    if (!Object.hasOwn(requested, nameSpace) || !isNamed(requested[nameSpace], identifier)) {
      fail('request_mismatch/extra_element', { where });
    }
  }
  const mayBeMissing = (nameSpace: string, identifier: string) =>
    Object.hasOwn(optional, nameSpace) && optional[nameSpace]?.includes(identifier);
  for (const [nameSpace, elements] of Object.entries(requested)) {
    for (const identifier of Object.keys(elements)) {
      const where = `${nameSpace}/${identifier}`;
      if (returned.has(where) || mayBeMissing(nameSpace, identifier)) continue;
      fail('request_mismatch/missing_element', { where });
    }
  }
}

function isNamed(elements: object | undefined, identifier: string): boolean {
  return elements !== undefined && Object.hasOwn(elements, identifier);
}
