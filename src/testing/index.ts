/**
 * `id-verify/testing`: what a service is developed and tested against, on Node and in browsers. All
 * of it says that it is a test, works on loopback only, and is refused by a verifier of production.
 *
 * @example
 * const kit = createTestKit({ origin: 'http://localhost:8080', name: '株式会社サンプル' });
 * const verifier = createVerifier({ ...kit.options, authorize, profiles, store: memoryStore() });
 * // kit.handle(request) beside verifier.fetch(request)
 */
export type { Cbor } from './issuer/cbor.ts';
export type { Curve, Keys } from './issuer/keys.ts';
export {
  buildResponse,
  type IssueEdits,
  type PresentEdits,
  type ResponsePlan,
} from './issuer/mdoc.ts';
export {
  DOC_TYPES,
  type DocType,
  MDL,
  MNC,
  PERSONS,
  type Person,
  type PersonId,
} from './issuer/persons.ts';
export {
  createTestPki,
  issueReader,
  type PkiOptions,
  type ReaderOverrides,
  type TestPki,
} from './issuer/pki.ts';
export { STATUS, statusListCwt, statusListJwt } from './issuer/status.ts';
export { isoMdocTranscript, openId4VpTranscript } from './issuer/transcript.ts';
export { vical } from './issuer/vical.ts';
export { type Identity, pem } from './issuer/x509.ts';
export { createTestKit, type TestKit, type TestKitOptions } from './kit.ts';
export { TEST_PIN } from './phone/card.ts';
export { OUTCOMES, type OutcomeName } from './phone/session.ts';
export { visitByWallet, type WalletVisit, type WalletVisitResult } from './visit.ts';
export { WalletError } from './wallet/error.ts';
export { walletHere } from './wallet/here.ts';
export { BROWSER_MODES, type BrowserMode, MODES, type Mode } from './wallet/modes.ts';
export type { Asked, AskedDocument, Requester } from './wallet/request.ts';
export {
  type Asking,
  installWallet,
  type ShimSettings,
  type WalletBehind,
  walletAt,
} from './wallet/shim.ts';
export type {
  AnswerOptions,
  Description,
  Wallet,
  WalletCredential,
  WalletRequest,
} from './wallet/wallet.ts';
