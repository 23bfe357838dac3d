/**
 * Body of a handoff's envelope, sent in phase `completing`: the page joins what the status told it to
 * what the operator of the app states to the server.
 */

import { cborBytes, cborMap } from '../../wire/body.ts';
import { identifier, rung } from '../../wire/contract.ts';

export const handoffEvidence = cborMap({
  /** Id of the handoff. */
  handoff: identifier,
  rung,
  /** SHA-256 of the statement the person signed. */
  transactionDigest: cborBytes(32),
  /** SHA-256 of the operator's signed statement. */
  statementHash: cborBytes(32),
});
