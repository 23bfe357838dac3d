/**
 * Evidence of a handoff: the page's word joined to the operator's, and both to the card's. Of the page
 * only the two digests are taken, and they have to be those the server knows.
 */

import { parseBody } from '../../../wire/body.ts';
import { equalBytes, toBase64url, utf8 } from '../../../wire/bytes.ts';
import type { ClaimName } from '../../../wire/contract.ts';
import { type Code, IdVerifyError } from '../../../wire/error.ts';
import { type Claims, completeClaims } from '../../claims.ts';
import type { Check, EvidenceContext, Proof, Verdict } from '../../method-verifier.ts';
import type { Profile } from '../../profile.ts';
import { handoffEvidence } from '../evidence.ts';
import { judgeKept, judgeSignature } from './certificate.ts';
import { type HandoffDeployment, isSigned, providerNamed } from './config.ts';
import { type HandoffRecord, readRecord } from './exchange.ts';
import { joinClaims } from './person.ts';
import type { HandoffProvider, HandoffResult } from './provider.ts';
import { readKept } from './result.ts';
import { hashText } from './token.ts';

export async function judge(
  handoff: HandoffDeployment,
  context: EvidenceContext,
): Promise<Verdict> {
  const body = parseBody(handoffEvidence, context.body);
  const record = readRecord(context.exchange);
  const kept = record.phase === 'completing' ? await context.kept() : undefined;
  const digest = await handoff.crypto.digest('SHA-256', utf8(record.statement));
  const provider = providerNamed(handoff, record.provider);
  const checks: Check[] = [];
  let step = 'handoff.evidence';
  let proof = proofOf(record, context, toBase64url(digest));
  const demand = (id: string, holds: boolean, code: Code): void => {
    step = id;
    if (!holds) throw new IdVerifyError(code, `${id} does not hold`);
    checks.push({ id, outcome: 'passed' });
  };
  try {
    demand('handoff.completed', kept !== undefined, 'incomplete/handoff');
    const result = readKept(kept ?? new Uint8Array());
    const rungs = [body.rung, context.method, result.rung];
    demand(
      'handoff.rung',
      rungs.every((rung) => rung === record.rung),
      'request_mismatch/rung',
    );
    demand(
      'handoff.transaction',
      equalBytes(body.transactionDigest, digest),
      'request_mismatch/transaction',
    );
    const statementHash = await hashText(handoff.crypto, result.statement);
    demand(
      'handoff.statement',
      toBase64url(body.statementHash) === statementHash && statementHash === record.statementHash,
      'request_mismatch/statement',
    );
    checks.push(
      ...result.checks,
      {
        id: 'handoff.code',
        outcome: 'passed',
        detail: `chosen on the phone, opened by ${record.opened}`,
      },
      boundBrowser(provider),
    );
    proof = { ...proof, statementHash };
    if (!result.statementIsPersonal) proof = { ...proof, statement: result.statement };
    const refused = (code: Code): Verdict => ({ outcome: 'refused', code, checks, proof });
    const failed = result.checks.find(({ outcome }) => outcome === 'failed');
    if (failed) return refused(failed.code ?? 'undetermined');
    if (context.profile.boundBrowser === 'required' && provider.bindsBrowser !== true) {
      return refused('policy/bound_browser');
    }
    const signs = isSigned(record.rung);
    const signature = signs ? result.signature : undefined;
    const keeps = signs && provider.keepsCertificate === true && signature === undefined;
    demand('handoff.card', !signs || keeps || signature !== undefined, 'issuer_signature/missing');
    let document = utf8(result.statement);
    let known = result.claims;
    let uncertain: readonly ClaimName[] = [];
    if (keeps) {
      const word = judgeKept(handoff, result.certificateStatus);
      checks.push(...word.checks);
      if (word.code) return refused(word.code);
    } else if (signature) {
      step = 'jpki.certificate';
      const judged = await judgeSignature(
        handoff,
        record,
        signature,
        result.certificateStatus,
        context.signal,
      );
      checks.push(...judged.checks);
      proof = { ...proof, certificate: judged.traces };
      if (judged.outcome === 'refused') return refused(judged.code);
      const joined = joinClaims(judged.person, result.claims, record.told.claims, handoff.now());
      checks.push(...joined.checks);
      const contradiction = joined.checks.find(({ outcome }) => outcome === 'failed');
      if (contradiction) return refused(contradiction.code ?? 'undetermined');
      known = joined.claims;
      uncertain = joined.uncertain;
      if (provider.mayRetainCertificate) document = documentOf(result, signature);
    }
    step = 'handoff.claims';
    const claims = claimsAgreedTo(record, context.profile, known, handoff.now());
    checks.push({ id: step, outcome: 'passed' });
    // Nothing shows that the link was opened where the page is; so nobody is told that it was.
    return { outcome: 'accepted', claims, checks, crossDevice: true, proof, document, uncertain };
  } catch (error) {
    if (!(error instanceof IdVerifyError) || error.category === 'config') throw error;
    const { code, message: detail } = error;
    checks.push({ id: step, outcome: 'failed', code, detail });
    return { outcome: 'refused', code, checks, proof };
  }
}

/**
 * What the person was told is asked, and what the profile asks now, both: a profile that was changed in
 * between gets nothing that nobody agreed to.
 */
function claimsAgreedTo(
  { told }: HandoffRecord,
  profile: Profile,
  known: Claims,
  at: number,
): Claims {
  const rules = Object.entries(profile.claims) as [ClaimName, { readonly optional?: boolean }][];
  const agreed = ([claim]: readonly [ClaimName, unknown]) => told.claims.includes(claim);
  const untold = rules.find((rule) => !agreed(rule) && !rule[1].optional);
  if (untold) {
    throw new IdVerifyError('request_mismatch/missing_claim', `${untold[0]} was not asked`);
  }
  return completeClaims(rules.filter(agreed), known, at);
}

/** Whether the operator is known to keep its page to the browser in which the number was chosen. */
const boundBrowser = ({ bindsBrowser }: HandoffProvider): Check =>
  bindsBrowser === true
    ? { id: 'handoff.bound_browser', outcome: 'passed' }
    : {
        id: 'handoff.bound_browser',
        outcome: 'undetermined',
        code: 'undetermined/bound_browser',
      };

/** What was asked and how it went: nothing about the person. */
const proofOf = (
  { rung, provider, statement, code, opened, device, startedAt }: HandoffRecord,
  { exchange }: EvidenceContext,
  transactionDigest: string,
): Proof => ({
  handoff: exchange.id,
  rung,
  provider,
  transaction: statement,
  transactionDigest,
  code,
  opened: opened ?? null,
  device,
  startedAt,
});

/** With the certificate, where the provider lets the relying party keep it. */
const documentOf = (
  { statement }: HandoffResult,
  { value, certificate }: NonNullable<HandoffResult['signature']>,
): Uint8Array<ArrayBuffer> =>
  utf8(
    JSON.stringify({
      statement,
      signature: toBase64url(value),
      certificate: toBase64url(certificate),
    }),
  );
