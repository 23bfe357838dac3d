/** What was asked of a document, and whether the answer keeps to it. */
import type { Fail } from '../trust/refusal.ts';
import type { MdocCode } from './checks.ts';
import type { IssuerSignedItem } from './digests.ts';

/** Namespace → element → intent to retain, as in an ItemsRequest. */
export type RequestedElements = Readonly<Record<string, Readonly<Record<string, boolean>>>>;

/** Namespace → elements. */
export type ElementNames = Readonly<Record<string, readonly string[]>>;

/**
 * Every requested element must be there, unless it is optional, and no other may be: a wallet is
 * never trusted to have kept to the request.
 */
export function checkRequested(
  items: readonly IssuerSignedItem[],
  requested: RequestedElements,
  optional: ElementNames,
  fail: Fail<MdocCode>,
): void {
  const returned = new Set<string>();
  for (const { nameSpace, identifier } of items) {
    const where = `${nameSpace}/${identifier}`;
    returned.add(where);
    if (!Object.hasOwn(requested, nameSpace) || !isNamed(requested[nameSpace], identifier)) {
      fail('request_mismatch/extra_element', { where });
    }
  }
  for (const [nameSpace, elements] of Object.entries(requested)) {
    for (const identifier of Object.keys(elements)) {
      const where = `${nameSpace}/${identifier}`;
      if (returned.has(where) || optional[nameSpace]?.includes(identifier)) continue;
      fail('request_mismatch/missing_element', { where });
    }
  }
}

function isNamed(elements: object | undefined, identifier: string): boolean {
  return elements !== undefined && Object.hasOwn(elements, identifier);
}
