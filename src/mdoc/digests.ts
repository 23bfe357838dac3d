/** The items a wallet disclosed, and whether each is the one the issuer signed: ISO/IEC 18013-5 9.1.2.5. */
import type { CryptoProvider, HashName } from '../crypto/provider.ts';
import type { Fail } from '../trust/refusal.ts';
import { equalBytes } from '../wire/bytes.ts';
import type { CborValue, Embedded } from '../wire/cbor.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { IdVerifyError } from '../wire/error.ts';
import { asBytes, asMap, asText, asUint } from '../wire/fields.ts';
import { readPart } from '../wire/reader.ts';
import type { MobileSecurityObject } from './mso.ts';
import type { MdocCode } from './refusals.ts';

export interface IssuerSignedItem {
  readonly nameSpace: string;
  readonly digestId: number;
  readonly saltLength: number;
  readonly identifier: string;
  readonly value: CborValue;
  /** The bytes its digest covers. */
  readonly encoded: Uint8Array;
}

const DIGEST_ALGORITHMS: readonly string[] = ['SHA-256', 'SHA-384', 'SHA-512'] satisfies HashName[];
const SHORTEST_SALT = 16;
/** A driving licence has about 40. */
const MAX_ITEMS = 512;

/**
 * Opens every IssuerSignedItemBytes.
 * @throws IdVerifyError `limit/elements`, `malformed/structure` or one of the reader's codes
 */
export function parseItems(
  nameSpaces: ReadonlyMap<string, readonly Embedded[]>,
): IssuerSignedItem[] {
  const count = [...nameSpaces.values()].reduce((sum, items) => sum + items.length, 0);
  if (count > MAX_ITEMS) throw new IdVerifyError('limit/elements', `${count} elements`);
  return [...nameSpaces].flatMap(([nameSpace, items]) =>
    items.map((embedded) => {
      const item = asMap(readPart(embedded.content, MDOC_RULES), 'IssuerSignedItem');
      const value = item.get('elementValue');
      if (value === undefined) {
        throw new IdVerifyError('malformed/structure', 'IssuerSignedItem without a value');
      }
      return {
        nameSpace,
        digestId: asUint(item.get('digestID'), 'IssuerSignedItem.digestID'),
        saltLength: asBytes(item.get('random'), 'IssuerSignedItem.random').length,
        identifier: asText(item.get('elementIdentifier'), 'IssuerSignedItem.elementIdentifier'),
        value,
        encoded: embedded.encoded,
      };
    }),
  );
}

/** Hashes each item as received and compares with the MSO. */
export async function checkDigests(
  items: readonly IssuerSignedItem[],
  mso: MobileSecurityObject,
  crypto: CryptoProvider,
  fail: Fail<MdocCode>,
): Promise<void> {
  const seen = new Set<string>();
  for (const { nameSpace, digestId, identifier, saltLength } of items) {
    const where = `${nameSpace}/${identifier}`;
    if (seen.has(`e ${where}`)) fail('malformed/duplicate_element', { where });
    if (seen.has(`d ${nameSpace}/${digestId}`)) fail('malformed/duplicate_digest_id', { where });
    seen.add(`e ${where}`).add(`d ${nameSpace}/${digestId}`);
    if (saltLength < SHORTEST_SALT) {
      fail('malformed/salt', { where, found: `${saltLength} bytes` });
    }
  }
  if (!isDigestAlgorithm(mso.digestAlgorithm)) {
    fail('unsupported/digest_algorithm', { where: 'MSO', found: mso.digestAlgorithm });
    return;
  }
  const algorithm = mso.digestAlgorithm;
  const digests = await Promise.all(items.map((item) => crypto.digest(algorithm, item.encoded)));
  for (const [index, { nameSpace, digestId, identifier }] of items.entries()) {
    const where = `${nameSpace}/${identifier}`;
    const found = digests[index];
    const signed = mso.valueDigests.get(nameSpace);
    const expected = signed?.get(digestId);
    if (!signed) fail('digest/name_space', { where });
    else if (!expected) fail('digest/missing', { where });
    else if (!found || !equalBytes(expected, found)) fail('digest/mismatch', { where });
  }
}

function isDigestAlgorithm(name: string): name is HashName {
  return DIGEST_ALGORITHMS.includes(name);
}
