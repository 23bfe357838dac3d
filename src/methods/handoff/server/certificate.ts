/**
 * The 署名用電子証明書 behind a handoff's signature, by `verifyJpkiSignature`: of the rung's policy, over
 * the statement of this handoff.
 */

import type { JpkiPerson } from '../../../jpki/person.ts';
import { JpkiRefusedError, verifyJpkiSignature } from '../../../jpki/verify.ts';
import { wordOfKeeper } from '../../../trust/operators-word.ts';
import { instant } from '../../../trust/refusal.ts';
import type { ToldStatus } from '../../../trust/revocation.ts';
import { toBase64url, utf8 } from '../../../wire/bytes.ts';
import type { Code } from '../../../wire/error.ts';
import type { Check, Json } from '../../method-verifier.ts';
import { type HandoffDeployment, policiesOf } from './config.ts';
import type { HandoffRecord } from './exchange.ts';
import type { HandoffResult } from './provider.ts';

/**
 * What stays of a certificate that may not be kept. Not its serial number, of which there are so few
 * that a hash of one is the number itself, and not its end, which is a birthday.
 */
export type CertificateTraces = { readonly [key: string]: Json };

export type Judged =
  | {
      readonly outcome: 'accepted';
      readonly checks: readonly Check[];
      readonly person: JpkiPerson;
      readonly traces: CertificateTraces;
    }
  | {
      readonly outcome: 'refused';
      readonly checks: readonly Check[];
      readonly code: Code;
      readonly traces: CertificateTraces;
    };

export async function judgeSignature(
  handoff: HandoffDeployment,
  { rung, statement }: Pick<HandoffRecord, 'rung' | 'statement'>,
  signature: NonNullable<HandoffResult['signature']>,
  told: ToldStatus | undefined,
  signal: AbortSignal,
): Promise<Judged> {
  const { crypto, options, now } = handoff;
  const { certificate } = signature;
  const certificateDigest = toBase64url(await crypto.digest('SHA-256', certificate));
  try {
    const { checks, person, issuer, policy } = await verifyJpkiSignature({
      certificate,
      signature: signature.value,
      signed: utf8(statement),
      trustAnchors: (options.trustAnchors ?? []).map((anchor) => anchor.certificate),
      policies: policiesOf(handoff, rung),
      now: now(),
      revocation: options.revocation ?? { sources: [] },
      ...(told && { told }),
      crypto,
      signal,
    });
    return {
      outcome: 'accepted',
      checks,
      person,
      traces: { certificateDigest, issuer, policy, revocation: outcomeIn(checks) },
    };
  } catch (error) {
    if (!(error instanceof JpkiRefusedError)) throw error;
    const { checks, code } = error;
    const traces = { certificateDigest, revocation: outcomeIn(checks) };
    return { outcome: 'refused', checks, code, traces };
  }
}

const outcomeIn = (checks: readonly Check[]): string =>
  checks.find(({ id }) => id === 'jpki.revocation')?.outcome ?? 'not asked';

/** Where the operator keeps the certificate, all there can be is its word. */
export function judgeKept(
  { options, now }: HandoffDeployment,
  told: ToldStatus | undefined,
): Pick<Judged, 'checks'> & { readonly code: Code | undefined } {
  const kept: Check = {
    id: 'jpki.certificate',
    outcome: 'undetermined',
    code: 'undetermined/operators_word',
    detail: 'the operator keeps certificate and signature; the claims are its word',
  };
  const id = 'jpki.revocation';
  const word = wordOfKeeper(told, options.revocation?.sources ?? [], now());
  if (word === 'revoked') {
    const code = 'revoked/certificate';
    return { checks: [kept, { id, outcome: 'failed', code }], code };
  }
  if (word !== 'nothing') {
    const detail = `by the word of the operator, of ${instant(word.at)}`;
    return { checks: [kept, { id, outcome: 'passed', detail }], code: undefined };
  }
  const code = 'undetermined/operators_word';
  const accepts = options.revocation?.onUndetermined === 'accept';
  return {
    checks: [kept, { id, outcome: 'undetermined', code }],
    code: accepts ? undefined : code,
  };
}
