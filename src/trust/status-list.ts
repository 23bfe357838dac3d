/** The status of a document as its issuer publishes it (`status` of the MSO). */
import { IdVerifyError } from '../wire/error.ts';
import { parseOptions } from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';
import { checkIssuerChain, DOCUMENT_SIGNER_PURPOSE } from './issuer-chain.ts';
import { isCurrent, ListCache, type ListOptions } from './published-list.ts';
import { type Fail, noteAhead } from './refusal.ts';
import type { RevocationCode, RevocationInput, RevocationSource } from './revocation.ts';
import { parseIdentifierList, parseStatusList, type SignedList } from './status-token.ts';

/** id-kp-oauthStatusSigning, draft-ietf-oauth-status-list section 10. */
const STATUS_SIGNER_PURPOSE = '1.3.6.1.5.5.7.3.30';

/** draft-ietf-oauth-status-list section 7.1. */
const STATUS = { valid: 0, invalid: 1, suspended: 2 } as const;

const ACCEPT = {
  statuses: 'application/statuslist+cwt, application/statuslist+jwt;q=0.9',
  identifiers: 'application/identifierlist+cwt',
} as const;

export interface StatusListOptions extends ListOptions {
  /** Extended key usages that make a signer of status lists; default: status and document signers. */
  readonly purposes?: readonly string[];
  /**
   * How long after its `iat` a list is believed, in milliseconds, however lately it was fetched: whoever
   * can serve an old one must not bring a revoked document back for ever. Default: 7 days for a list
   * without `exp`; set, it also caps a later `exp`.
   */
  readonly maxAgeMs?: number;
}

const MAX_AGE = 7 * 86_400_000;

/** A list with the end that the operator's limit gives it. */
const ending = <List extends SignedList>(list: List, maxAgeMs: number | undefined): List => {
  const { issuedAt, staleAt } = list;
  const oldest = issuedAt + (maxAgeMs ?? MAX_AGE);
  if (staleAt === undefined) return { ...list, staleAt: oldest };
  return maxAgeMs === undefined ? list : { ...list, staleAt: Math.min(staleAt, oldest) };
};

const schema = v.object({
  purposes: v.optional(v.array(v.string()), [STATUS_SIGNER_PURPOSE, DOCUMENT_SIGNER_PURPOSE]),
  maxAgeMs: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
});

/**
 * Asks the Token Status List or the identifier list a document points to, or both. A list must be
 * signed by a certificate of the root that issued the document; a document without status has
 * nothing to ask.
 * @throws IdVerifyError `config/option`
 */
export function statusListSource(options: StatusListOptions = {}): RevocationSource {
  const { purposes, maxAgeMs } = parseOptions(schema, options);
  const statuses = new ListCache(
    ACCEPT.statuses,
    async (token) => ending(await parseStatusList(token), maxAgeMs),
    options,
  );
  const identifiers = new ListCache(
    ACCEPT.identifiers,
    (token) => ending(parseIdentifierList(token), maxAgeMs),
    options,
  );
  return async (input, fail) => {
    if (!input.status) return;
    const reference = (name: string) => {
      const value = input.status?.get(name);
      return value instanceof Map ? value : new Map();
    };
    const { idx: index, uri } = Object.fromEntries(reference('status_list'));
    const { id, uri: idUri } = Object.fromEntries(reference('identifier_list'));
    const hasIndex = typeof uri === 'string' && Number.isSafeInteger(index) && index >= 0;
    const hasId = typeof idUri === 'string' && id instanceof Uint8Array;
    const isReadable =
      (hasIndex || !input.status.has('status_list')) &&
      (hasId || !input.status.has('identifier_list')) &&
      (hasIndex || hasId);
    if (!isReadable) fail('undetermined/status_unknown', { where: 'MSO.status' });
    if (hasIndex) {
      const list = await currentList(statuses, uri, input, purposes, fail);
      if (list) judge(list.statusAt(index), uri, fail);
    }
    if (hasId) {
      const list = await currentList(identifiers, idUri, input, purposes, fail);
      if (list?.has(id)) fail('revoked/document', { where: idUri });
    }
  };
}

/** A list that is authentic and not overtaken; undefined, after saying why, where there is none. */
async function currentList<List extends SignedList>(
  lists: ListCache<List>,
  uri: string,
  input: RevocationInput,
  purposes: readonly string[],
  fail: Fail<RevocationCode>,
): Promise<List | undefined> {
  const { now, tolerance, signal, note } = input;
  const authentic = (it: List) => isAuthentic(it, uri, input, purposes);
  let list: List;
  try {
    list = await lists.get(uri, { now, tolerance, signal, isAuthentic: authentic });
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    const unreachable = error.category === 'undetermined';
    const code = unreachable ? 'undetermined/status_unreachable' : 'undetermined/status_unreadable';
    fail(code, { where: uri, found: error.code });
    return undefined;
  }
  if (!(await authentic(list))) {
    fail('undetermined/status_signature', { where: uri });
  } else if (!isCurrent(list, input)) fail('undetermined/status_stale', { where: uri });
  else {
    noteAhead('iat of the status list', list.issuedAt, input, note);
    return list;
  }
  return undefined;
}

function judge(status: number | undefined, where: string, fail: Fail<RevocationCode>): void {
  if (status === STATUS.invalid) fail('revoked/document', { where });
  else if (status === STATUS.suspended) fail('revoked/suspended', { where });
  else if (status !== STATUS.valid) {
    fail('undetermined/status_unknown', { where, found: String(status ?? 'no such index') });
  }
}

/** A list for this address, signed by a certificate the document's own root issued for that. */
async function isAuthentic(
  list: SignedList,
  uri: string,
  { anchor: certificate, now, tolerance, crypto }: RevocationInput,
  purposes: readonly string[],
): Promise<boolean> {
  const problems: string[] = [];
  const { signer } = list;
  try {
    // The anchor was judged with the document, by the rules of its own entry.
    const anchors = [{ certificate, purposes, allowUnboundedPath: true }];
    await checkIssuerChain({ signer, anchors, now, tolerance, crypto }, (code) =>
      problems.push(code),
    );
    return problems.length === 0 && list.uri === uri && (await list.verify(crypto));
  } catch (error) {
    if (error instanceof IdVerifyError) return false;
    throw error;
  }
}
