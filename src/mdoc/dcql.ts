/** The part of the Digital Credentials Query Language (OpenID4VP 1.0 section 6) that asks for mdocs. */
import { toBase64url } from '../wire/bytes.ts';
import * as v from '../wire/schema.ts';
import type { DocumentRequest, ElementNames, RequestedElements } from './requested.ts';

const credentialQuery = v.object({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/)),
  format: v.literal('mso_mdoc'),
  meta: v.object({ doctype_value: v.string() }),
  claims: v.array(
    v.object({
      id: v.optional(v.string()),
      path: v.tuple([v.string(), v.string()]),
      intent_to_retain: v.optional(v.boolean(), false),
    }),
  ),
  claim_sets: v.optional(v.array(v.array(v.string()))),
  trusted_authorities: v.optional(
    v.array(v.object({ type: v.string(), values: v.array(v.string()) })),
  ),
});

/** A query for mdocs. */
export const dcqlQuery = v.object({ credentials: v.array(credentialQuery) });
export type DcqlQuery = v.InferOutput<typeof dcqlQuery>;

/** The identifier of the one credential asked for; `vp_token` answers under it. */
export const CREDENTIAL_ID = 'document';

/**
 * Asks for one document. Optional elements are expressed as claim sets, the full one preferred.
 */
export function buildDcql(
  docType: string,
  requested: RequestedElements,
  optional: ElementNames = {},
  authorities: readonly Uint8Array[] = [],
): DcqlQuery {
  const elements = Object.entries(requested).flatMap(([nameSpace, names]) =>
    Object.entries(names).map(([name, retain]) => ({ nameSpace, name, retain })),
  );
  const isOptional = ({ nameSpace, name }: { nameSpace: string; name: string }) =>
    optional[nameSpace]?.includes(name) ?? false;
  const claims = elements.map(({ nameSpace, name, retain }, index) => ({
    id: `c${index}`,
    path: [nameSpace, name] as [string, string],
    intent_to_retain: retain,
  }));
  const ids = claims.map(({ id }) => id);
  const mandatory = ids.filter((_, index) => {
    const element = elements[index];
    return element !== undefined && !isOptional(element);
  });
  return {
    credentials: [
      {
        id: CREDENTIAL_ID,
        format: 'mso_mdoc',
        meta: { doctype_value: docType },
        claims,
        ...(authorities.length > 0 && {
          trusted_authorities: [{ type: 'aki', values: authorities.map(toBase64url) }],
        }),
        ...(mandatory.length < ids.length ? { claim_sets: [ids, mandatory] } : {}),
      },
    ],
  };
}

/** What a query asks, in the terms of an ItemsRequest. */
export function documentsOf({ credentials }: DcqlQuery): DocumentRequest[] {
  return credentials.map(({ meta, claims }) => {
    const nameSpaces = new Map<string, Map<string, boolean>>();
    for (const { path, intent_to_retain: retain } of claims) {
      const [nameSpace, identifier] = path;
      const elements = nameSpaces.get(nameSpace) ?? new Map<string, boolean>();
      nameSpaces.set(nameSpace, elements.set(identifier, retain));
    }
    return { docType: meta.doctype_value, nameSpaces };
  });
}
