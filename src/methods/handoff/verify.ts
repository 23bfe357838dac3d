/** The server half of the rungs that an app on a phone answers for. */
import { equalBytes, toBase64url, utf8 } from '../../wire/bytes.ts';
import { type ClaimName, RUNGS } from '../../wire/contract.ts';
import { type Code, IdVerifyError } from '../../wire/error.ts';
import { parseBody } from '../../wire/parse.ts';
import { completeClaims } from '../claims.ts';
import type {
  Check,
  Deployment,
  EvidenceContext,
  MethodVerifier,
  Proof,
  Verdict,
} from '../method-verifier.ts';
import { handoffEvidence } from './evidence.ts';
import { callbackRoute } from './verify/callback.ts';
import { judgeSignature } from './verify/certificate.ts';
import {
  checkHandoff,
  type HandoffDeployment,
  type HandoffOptions,
  isSigned,
  providerNamed,
  providerOf,
} from './verify/config.ts';
import {
  current,
  type HandoffRecord,
  isFinal,
  isHandoff,
  readRecord,
  statusOf,
} from './verify/exchange.ts';
import { followers } from './verify/follow.ts';
import { landingRoutes } from './verify/landing.ts';
import type { HandoffResult } from './verify/provider.ts';
import { readKept } from './verify/result.ts';
import { rotatingLink } from './verify/rotating.ts';
import { startRoute } from './verify/start.ts';
import { hashText } from './verify/token.ts';
import { withinPatience } from './verify/transaction.ts';

/** @throws IdVerifyError `config/*` */
export function handoffVerifier(deployment: Deployment, options: HandoffOptions): MethodVerifier {
  const handoff = checkHandoff(deployment, options);
  const { crypto } = handoff;
  const { attend, abandon } = followers(handoff);
  return {
    methods: RUNGS,
    environment: handoff.environment,
    routes: [startRoute(handoff)],
    callbacks: [...landingRoutes(handoff), callbackRoute(handoff)],
    offer: (method, profile) => {
      const rung = RUNGS.find((known) => known === method);
      const settings = rung && profile.methods[rung];
      const provider = rung && settings && providerOf(handoff, rung, settings);
      if (rung === undefined || provider === undefined) return undefined;
      const { addToWallet } = options;
      return { method: rung, app: provider.app, ...(addToWallet && { addToWallet }) };
    },
    exchangeOf: (body) => parseBody(handoffEvidence, body).handoff,
    verify: (context) => verify(handoff, context),
    status: (exchanges) => {
      const exchange = current(exchanges);
      return exchange && statusOf(exchange, handoff.now());
    },
    payload: async (exchanges, channel) => {
      const waiting = showing(handoff, exchanges.findLast(isHandoff));
      if (waiting?.rotating === undefined) return undefined;
      const { link, [channel]: secret } = waiting.rotating;
      return rotatingLink(crypto, link, secret, secondsOf(handoff, waiting));
    },
    changesAt: (exchanges) => {
      const newest = exchanges.findLast(isHandoff);
      const record = newest && readRecord(newest);
      if (record === undefined || isFinal(record) || handoff.now() >= record.expiresAt)
        return undefined;
      const turning = showing(handoff, newest)?.rotating !== undefined;
      return turning
        ? record.startedAt + (secondsOf(handoff, record) + 1) * 1_000
        : record.expiresAt;
    },
    attend,
    abandon,
    ready: async () => {
      const each = options.providers.map((provider) =>
        withinPatience(async (signal) => provider.ready?.(signal), 10_000),
      );
      await Promise.all(each);
    },
  };
}

const secondsOf = ({ now }: HandoffDeployment, { startedAt }: HandoffRecord): number =>
  Math.floor((now() - startedAt) / 1_000);

/** The record of a handoff whose QR code is on the screen. */
function showing(
  { now }: HandoffDeployment,
  exchange: Parameters<typeof statusOf>[0] | undefined,
): HandoffRecord | undefined {
  const record = exchange && readRecord(exchange);
  return record?.phase === 'waiting' && now() < record.expiresAt ? record : undefined;
}

/** Joins the page's word to the operator's; of the page only the two digests are believed to be its. */
async function verify(handoff: HandoffDeployment, context: EvidenceContext): Promise<Verdict> {
  const body = parseBody(handoffEvidence, context.body);
  const record = readRecord(context.exchange);
  const kept = record.phase === 'completing' ? await context.kept() : undefined;
  const digest = await handoff.crypto.digest('SHA-256', utf8(record.statement));
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
    checks.push(...result.checks, {
      id: 'handoff.code',
      outcome: 'passed',
      detail: `chosen on the phone, opened by ${record.opened}`,
    });
    proof = { ...proof, statementHash };
    if (!result.statementIsPersonal) proof = { ...proof, statement: result.statement };
    demand(
      'handoff.card',
      !isSigned(record.rung) || result.signature !== undefined,
      'issuer_signature/missing',
    );
    let document = utf8(result.statement);
    if (result.signature) {
      step = 'jpki.certificate';
      const judged = await judgeSignature(handoff, result.signature, record.statement);
      checks.push(...judged.checks);
      proof = { ...proof, certificate: judged.traces };
      if (judged.code) return { outcome: 'refused', code: judged.code, checks, proof };
      if (providerNamed(handoff, record.provider).mayRetainCertificate) {
        document = documentOf(result, result.signature);
      }
    }
    step = 'handoff.claims';
    const asked = Object.entries(context.profile.claims) as [
      ClaimName,
      { readonly optional?: boolean },
    ][];
    const claims = completeClaims(asked, result.claims, handoff.now());
    checks.push({ id: step, outcome: 'passed' });
    // Nothing shows that the link was opened where the page is; so nobody is told that it was.
    return { outcome: 'accepted', claims, checks, crossDevice: true, proof, document };
  } catch (error) {
    if (!(error instanceof IdVerifyError) || error.category === 'config') throw error;
    const { code, message: detail } = error;
    checks.push({ id: step, outcome: 'failed', code, detail });
    return { outcome: 'refused', code, checks, proof };
  }
}

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
