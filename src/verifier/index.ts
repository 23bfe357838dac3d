/**
 * `id-verify/verifier`: the server half, on web APIs only.
 *
 * @example
 * const verifier = createVerifier({ relyingParty, origins, authorize, profiles, wallet, store });
 * // mount verifier.fetch under /id-verify, then, on the site's own server:
 * const result = await verifier.redeem(ref, { subject, profile: 'identity' });
 */
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { japaneseDay } from '../law/law.ts';
import { technicalConfirmation } from '../methods/confirmation.ts';
import type { Deployment, Warning } from '../methods/method-verifier.ts';
import { createVerifiers } from '../methods/verifiers.ts';
import type { Swept } from '../store/store.ts';
import { isLoopback } from '../wire/contract.ts';
import { checkOptions, checkProfiles } from './config.ts';
import type { Core } from './core.ts';
import { type Erasure, eraseSubject } from './erasure.ts';
import { logFailure, unfailing } from './log.ts';
import { type MintOptions, mintSession } from './opening.ts';
import type { Expectation, Sender, VerifierOptions } from './options.ts';
import type { Result } from './result.ts';
import { redeem, resultById } from './results.ts';
import { type Reviews, reviewsOf } from './reviews.ts';
import { dispatch } from './router.ts';
import { routesOf } from './routes.ts';
import { guarded } from './storage.ts';
import { Streams } from './streams.ts';
import { sweep, sweepEvery } from './sweep.ts';

export interface Verifier {
  /** The pages' origins, as configured. */
  readonly origins: readonly string[];
  /**
   * Answers every request below the base path. Never rejects.
   * @param from who sends it, for `rateLimit` and the bound on streams; `nodeHandler` fills it
   */
  fetch(request: Request, from?: Sender): Promise<Response>;
  /**
   * What came of a session, for the site's server.
   * @param ref from the form field or the event `id-verify-result`
   * @throws IdVerifyError `session/unknown`, `session/subject`, `policy/profile`,
   *   `policy/test_result`, `session/conflict`, `config/option` for an expectation of nobody
   */
  redeem(ref: string, expectation: Expectation): Promise<Result>;
  /**
   * The same by the session's id, for whoever minted it and was told by a webhook, not by a page.
   * Whoever may call this sees every result: it is for the site's server alone.
   * @throws IdVerifyError as `redeem`
   */
  result(sessionId: string, expectation: Expectation): Promise<Result>;
  /**
   * A one-use token that fixes subject, profile and origin of a session, for the element's
   * attribute `session`.
   * @throws IdVerifyError `policy/origin`, `policy/profile`, `policy/method`, `config/option` for
   *   a session of nobody
   */
  mint(opening: MintOptions): Promise<string>;
  /** Evidence that waits for a person's decision. */
  readonly reviews: Reviews;
  /** Removes every trace of a session. */
  erase(sessionId: string): Promise<void>;
  /**
   * Removes every trace of a member but what a law obliges to keep. Safe to repeat.
   * @returns what was erased and what stays, why, and until when
   */
  eraseSubject(subject: string): Promise<Erasure>;
  /** Ends and erases what is due, in short parts. @throws IdVerifyError `unavailable/storage` */
  sweep(): Promise<Omit<Swept, 'more'>>;
  /**
   * Sweeps now and `ms` after each end, every half minute or so, until the signal aborts or the
   * verifier is closed. A sweep that fails is logged as `sweep.failed`.
   */
  sweepEvery(ms: number, signal?: AbortSignal): void;
  /**
   * Resolves when keys and anchors proved usable, with what is to be looked after: anchors that are
   * set aside because they have expired or are not valid yet, those that expire within 30 days. The
   * same is logged at the start and once a day (`deployment.warning`).
   * @throws IdVerifyError `config/*`
   */
  ready(): Promise<readonly Warning[]>;
  /** Ends event streams and refuses what comes after. The store stays the caller's to close. */
  close(): void;
}

/**
 * Checks the whole deployment and starts it.
 * @throws IdVerifyError `config/*`; nothing is served by a deployment that cannot be right
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const basePath = options.basePath ?? '/id-verify';
  checkOptions(options, basePath);
  const now = options.now ?? Date.now;
  const deployment: Deployment = {
    relyingParty: options.relyingParty,
    origins: options.origins,
    loopbackOnly: options.origins.every((origin) => isLoopback(new URL(origin).hostname)),
    pages: options.transferPages ?? [],
    profiles: new Map(Object.entries(options.profiles)),
    confirmation: options.confirmation ?? technicalConfirmation,
    crypto: options.crypto ?? defaultCrypto(),
    now,
  };
  const methods = createVerifiers(deployment, options);
  checkProfiles(options, methods, now());
  const closing = new AbortController();
  const log = unfailing(options.log);
  const core: Core = {
    ...deployment,
    options,
    basePath,
    audience: options.audience ?? `${options.origins[0]}${basePath}`,
    environment: methods.some(({ environment }) => environment === 'test') ? 'test' : 'production',
    store: guarded(options.store, (cause) =>
      logFailure({ log }, cause, { event: 'storage.failed' }),
    ),
    methods,
    log,
    streams: new Streams(),
    closing: closing.signal,
  };
  const routes = routesOf(core);
  let readiness: Promise<void> | undefined;
  const ready = (): Promise<void> => {
    readiness ??= Promise.all(methods.map((method) => method.ready?.())).then(() => {});
    return readiness;
  };
  const warnings = () => methods.flatMap((method) => method.warnings?.() ?? []);
  let warnedOn = '';
  const warn = (): void => {
    const today = japaneseDay(now());
    if (today === warnedOn) return;
    warnedOn = today;
    for (const { code, detail } of warnings()) {
      core.log({ event: 'deployment.warning', code, detail });
    }
  };
  warn();
  return {
    origins: options.origins,
    fetch: (request, from = {}) => {
      warn();
      return dispatch(core, routes, request, from, ready);
    },
    redeem: (ref, expectation) => redeem(core, ref, expectation),
    result: (sessionId, expectation) => resultById(core, sessionId, expectation),
    mint: (opening) => mintSession(core, opening),
    reviews: reviewsOf(core),
    erase: (sessionId) => core.store.erase(sessionId),
    eraseSubject: (subject) => eraseSubject(core, subject),
    sweep: () => sweep(core),
    sweepEvery: (ms, signal) => sweepEvery(core, ms, signal),
    ready: async () => {
      await ready();
      return warnings();
    },
    close: () => closing.abort(),
  };
}

export type { JpkiPerson } from '../jpki/person.ts';
export { JPKI_SIGNING_POLICIES } from '../jpki/policies.ts';
export {
  type JpkiCheck,
  JpkiRefusedError,
  type JpkiSignature,
  type JpkiSignatureOptions,
  verifyJpkiSignature,
} from '../jpki/verify.ts';
export { buildDeviceRequest } from '../mdoc/device-request.ts';
export { buildEncryptionInfo } from '../mdoc/encryption-info.ts';
export { decryptDeviceResponse } from '../mdoc/hpke.ts';
export { MdocRefusedError } from '../mdoc/report.ts';
export { isoMdocSessionTranscript, openId4VpSessionTranscript } from '../mdoc/transcript.ts';
export {
  type MdocElements,
  type VerifiedDocument,
  verifyDeviceResponse,
} from '../mdoc/verify-device-response.ts';
export type { VerifyDeviceResponseOptions } from '../mdoc/verify-options.ts';
export type { Claims, Picture } from '../methods/claims.ts';
export type { Confirmation, ConfirmationInput } from '../methods/confirmation.ts';
export { technicalConfirmation } from '../methods/confirmation.ts';
export type { HandoffOptions } from '../methods/handoff/server/config.ts';
export type {
  HandoffProvider,
  HandoffResult,
  Outcome,
  Pending,
  Progress,
  Transaction,
} from '../methods/handoff/server/provider.ts';
export {
  DIGITAL_AUTH_ENDPOINTS,
  type DigitalAuthOptions,
  digitalAuthApp,
} from '../methods/handoff/server/providers/digital-auth.ts';
export {
  type PlatformOptions,
  platformOperator,
} from '../methods/handoff/server/providers/platform.ts';
export type { HandoffSettings } from '../methods/handoff/settings.ts';
export type { Check, Environment, RelyingParty, Warning } from '../methods/method-verifier.ts';
export { DOCUMENT_IDS, type DocumentId } from '../methods/photo/documents.ts';
export type { PhotoOptions, PhotoSettings } from '../methods/photo/settings.ts';
export type { ClaimRule, ClaimRules, MethodSettings, Profile } from '../methods/profile.ts';
export type { ReviewMaterial, ReviewShot } from '../methods/review-material.ts';
export {
  type LintOptions,
  lintReader,
  type ReaderFinding,
} from '../methods/wallet/server/lint-reader.ts';
export type { Recheck, RecheckOptions, WalletRecord } from '../methods/wallet/server/record.ts';
export { verifyRecord } from '../methods/wallet/server/record.ts';
export type {
  ReaderIdentity,
  TrustAnchors,
  WalletOptions,
  WalletSettings,
} from '../methods/wallet/settings.ts';
export { memoryStore } from '../store/memory.ts';
export type {
  Change,
  EvidenceRecord,
  ImageRecord,
  KeptImages,
  PersonalRecord,
  SessionRecord,
  Store,
  Swept,
} from '../store/store.ts';
export { crlSource, fixedCrl } from '../trust/crl.ts';
export { type DirectoryPlace, directoryCrl } from '../trust/directory-crl.ts';
export { type OcspOptions, ocspSource } from '../trust/ocsp.ts';
export { operatorsWord } from '../trust/operators-word.ts';
export type { RevocationPolicy, RevocationSource, ToldStatus } from '../trust/revocation.ts';
export { statusListSource } from '../trust/status-list.ts';
export { importVical } from '../trust/vical.ts';
export { type Code, IdVerifyError } from '../wire/error.ts';
export type { Erasure, Kept } from './erasure.ts';
export { type Explanation, explain } from './explain.ts';
export type { AccountData, AccountMatch, Match } from './match.ts';
export { matchAccount } from './match.ts';
export type { MintOptions } from './opening.ts';
export type { Authorization, Expectation, LogEvent, Sender, VerifierOptions } from './options.ts';
export { ANONYMOUS } from './options.ts';
export type { Result } from './result.ts';
export type { Decision, ReviewCase, ReviewSummary, Reviews } from './reviews.ts';
export { verifyEvidence } from './signature.ts';
export type { TypedClaims } from './typed-claims.ts';
