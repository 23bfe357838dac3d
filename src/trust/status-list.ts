/** The status of a document as its issuer publishes it (`status` of the MSO). */
import { IdVerifyError } from '../wire/error.ts';
import { checkIssuerChain, DOCUMENT_SIGNER_PURPOSE } from './issuer-chain.ts';
import { isCurrent, ListCache, type ListOptions } from './published-list.ts';
import type { Fail } from './refusal.ts';
import type { RevocationCode, RevocationInput, RevocationSource } from './revocation.ts';
import { parseStatusList, type StatusList } from './status-token.ts';

/** id-kp-oauthStatusSigning, draft-ietf-oauth-status-list section 10. */
const STATUS_SIGNER_PURPOSE = '1.3.6.1.5.5.7.3.30';

/** draft-ietf-oauth-status-list section 7.1. */
const STATUS = { valid: 0, invalid: 1, suspended: 2 } as const;

const ACCEPT = 'application/statuslist+cwt, application/statuslist+jwt;q=0.9';

export interface StatusListOptions extends ListOptions {
  /** Extended key usages that make a signer of status lists; default: status and document signers. */
  readonly purposes?: readonly string[];
}

/**
 * Asks the Token Status List a document points to. The list must be signed by a certificate of the
 * root that issued the document; a document without status has nothing to ask.
 */
export function statusListSource(options: StatusListOptions = {}): RevocationSource {
  const { purposes = [STATUS_SIGNER_PURPOSE, DOCUMENT_SIGNER_PURPOSE] } = options;
  const lists = new ListCache(ACCEPT, parseStatusList, options);
  return async (input, fail) => {
    if (!input.status) return;
    const reference = input.status.get('status_list');
    const entry = reference instanceof Map ? reference : new Map();
    const [index, uri] = [entry.get('idx'), entry.get('uri')];
    if (typeof uri !== 'string' || !Number.isSafeInteger(index) || index < 0) {
      fail('undetermined/status_unknown', { where: 'MSO.status' });
      return;
    }
    let list: StatusList;
    try {
      list = await lists.get(uri, input.now, input.signal);
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
      const unreachable = error.category === 'undetermined';
      const code = unreachable
        ? 'undetermined/status_unreachable'
        : 'undetermined/status_unreadable';
      fail(code, { where: uri, found: error.code });
      return;
    }
    if (!(await isAuthentic(list, uri, input, purposes))) {
      fail('undetermined/status_signature', { where: uri });
    } else if (!isCurrent(list, input.now)) fail('undetermined/status_stale', { where: uri });
    else judge(list.statusAt(index), uri, fail);
  };
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
  list: StatusList,
  uri: string,
  { anchor, now, crypto }: RevocationInput,
  purposes: readonly string[],
): Promise<boolean> {
  const problems: string[] = [];
  const { signer } = list;
  try {
    await checkIssuerChain({ signer, anchors: [anchor], purposes, now, crypto }, (code) =>
      problems.push(code),
    );
    return problems.length === 0 && list.uri === uri && (await list.verify(crypto));
  } catch (error) {
    if (error instanceof IdVerifyError) return false;
    throw error;
  }
}
