/** The server half of the wallet rung. */
import type { EcPrivateJwk } from '../../../crypto/provider.ts';
import { decryptDeviceResponse } from '../../../mdoc/hpke.ts';
import { readOpenId4VpResponse } from '../../../mdoc/openid4vp-response.ts';
import { MdocRefusedError } from '../../../mdoc/report.ts';
import { isoMdocSessionTranscript, openId4VpSessionTranscript } from '../../../mdoc/transcript.ts';
import {
  type VerifiedDocument,
  verifyDeviceResponse,
} from '../../../mdoc/verify-device-response.ts';
import type { VerifyDeviceResponseOptions } from '../../../mdoc/verify-options.ts';
import { sentence } from '../../../trust/refusal.ts';
import { parseBody } from '../../../wire/body.ts';
import { fromBase64url } from '../../../wire/bytes.ts';
import type { CborValue } from '../../../wire/cbor.ts';
import { walletAnswer } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import { parseAs } from '../../../wire/parse.ts';
import * as v from '../../../wire/schema.ts';
import type {
  Check,
  Deployment,
  EvidenceContext,
  MethodRoute,
  MethodVerifier,
  Proof,
  RouteContext,
  Verdict,
} from '../../method-verifier.ts';
import { type WalletBody, walletBody } from '../evidence.ts';
import type { WalletOptions } from '../settings.ts';
import { claimsFrom } from './claims.ts';
import { anchorWarnings, checkWallet, type WalletDeployment } from './config.ts';
import { confirmationCheck } from './confirmation.ts';
import { proveReader } from './readers.ts';
import { documentProof, requestProof } from './record.ts';
import { WALLET_REFUSALS, walletSentence } from './refusals.ts';
import { ANSWERABLE, type Asked, askedSchema, buildRequests, FRESH } from './requests.ts';

/** @throws IdVerifyError `config/*` */
export function walletVerifier(deployment: Deployment, options: WalletOptions): MethodVerifier {
  const wallet = checkWallet(deployment, options);
  return {
    methods: ['wallet'],
    environment: wallet.environment,
    routes: [requestsRoute(wallet)],
    offer: (_, profile) => (profile.methods.wallet ? { method: 'wallet' } : undefined),
    exchangeOf: (body) => parseBody(walletBody, body).request,
    verify: (context) => verify(wallet, context),
    ready: async () => {
      await Promise.all(wallet.readers.map((reader) => proveReader(reader, wallet)));
    },
    warnings: () => anchorWarnings(wallet),
  };
}

/** `POST sessions/{id}/wallet`: requests ready to send, one fresh key and nonce per protocol family. */
const requestsRoute = (wallet: WalletDeployment): MethodRoute => ({
  operation: 'prepareWallet',
  verb: 'POST',
  path: 'wallet',
  summary: 'Ready-to-send requests for navigator.credentials.get',
  answer: walletAnswer,
  handle: (context) => prepare(wallet, context),
});

async function prepare(wallet: WalletDeployment, { session, profile, open }: RouteContext) {
  const settings = profile.methods.wallet;
  if (settings === undefined) throw new IdVerifyError('policy/method', 'no wallet in this profile');
  const { asked, requests } = await buildRequests(wallet, profile, settings, session.origin);
  const exchange = await open('wallet', JSON.parse(JSON.stringify(asked)), ANSWERABLE);
  const now = wallet.now();
  return { id: exchange.id, now, expiresAt: now + FRESH, requests };
}

/** Judges an answer from the server's own memory of the request; of the body only `data` is used. */
async function verify(wallet: WalletDeployment, context: EvidenceContext): Promise<Verdict> {
  const asked = parseAs(askedSchema, context.exchange.data, 'config/exchange');
  const body = parseBody(walletBody, context.body);
  const { individualNumber } = context.profile;
  const checks: Check[] = [signatureCheck(asked)];
  const step = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    try {
      const value = await work();
      checks.push({ id, outcome: 'passed' });
      return value;
    } catch (error) {
      if (error instanceof IdVerifyError && !(error instanceof MdocRefusedError)) {
        checks.push({ id, outcome: 'failed', code: error.code, detail: walletSentence(error) });
      }
      throw error;
    }
  };
  let proof: Proof = requestProof(
    asked,
    body.protocol,
    context,
    wallet.options.clockToleranceSeconds,
  );
  try {
    const { sessionTranscript, privateKey, open } = await step('wallet.protocol', () =>
      transcriptOf(wallet, asked, body, context.session.origin),
    );
    const deviceResponse = await step('wallet.decryption', open);
    const document = await verifyDocument(wallet, asked, {
      deviceResponse,
      sessionTranscript,
      readerKey: privateKey,
      signal: context.signal,
      ...(individualNumber && { individualNumber }),
    });
    checks.push(...document.checks);
    proof = { ...proof, ...documentProof(document, deviceResponse) };
    const { docType } = asked;
    const { origin } = context.session;
    const at = wallet.now();
    const claims = await step('wallet.claims', async () =>
      claimsFrom(document.elements, docType, context.profile, at),
    );
    const confirmed = await confirmationCheck(
      wallet.confirmation,
      { docType, deviceResponse, sessionTranscript, origin, at },
      context.signal,
    );
    checks.push(confirmed);
    if (confirmed.code) return { outcome: 'refused', code: confirmed.code, checks, proof };
    return {
      outcome: 'accepted',
      claims,
      checks,
      // A desktop browser may have shown a QR code by itself; the API does not tell.
      crossDevice: false,
      proof,
      document: deviceResponse,
    };
  } catch (error) {
    if (!(error instanceof IdVerifyError) || error.category === 'config') throw error;
    if (error instanceof MdocRefusedError) checks.push(...error.checks);
    return { outcome: 'refused', code: error.code, checks, proof };
  }
}

const UNSIGNED = 'undetermined/unsigned_request';

/** Nobody can say that an unsigned request reached the wallet as it was made. */
const signatureCheck = ({ signed }: Asked): Check =>
  signed
    ? { id: 'wallet.request_signature', outcome: 'passed' }
    : {
        id: 'wallet.request_signature',
        outcome: 'undetermined',
        code: UNSIGNED,
        detail: sentence(WALLET_REFUSALS[UNSIGNED], {}),
      };

interface Opening {
  readonly sessionTranscript: Uint8Array;
  /** The key of this protocol's request, for a wallet that answers with deviceMac. */
  readonly privateKey: EcPrivateJwk;
  open(): Promise<Uint8Array>;
}

/** @throws IdVerifyError `request_mismatch/protocol` for a protocol that was not asked */
async function transcriptOf(
  { crypto }: WalletDeployment,
  { requests, isoMdoc, openId4Vp }: Asked,
  { protocol, data }: WalletBody,
  origin: string,
): Promise<Opening> {
  const offered = Object.hasOwn(requests, protocol);
  if (offered && protocol === 'org-iso-mdoc' && isoMdoc !== undefined) {
    const { encryptionInfo, privateKey } = isoMdoc;
    const sessionTranscript = await isoMdocSessionTranscript({ encryptionInfo, origin }, crypto);
    const open = async () => {
      const { response } = parseAs(encrypted, plain(data), 'request_mismatch/response_mode');
      return decryptDeviceResponse({ response, privateKey, sessionTranscript });
    };
    return { sessionTranscript, privateKey, open };
  }
  if (offered && openId4Vp !== undefined) {
    const { nonce, privateKey } = openId4Vp;
    const jwkThumbprint = fromBase64url(openId4Vp.jwkThumbprint);
    const sessionTranscript = await openId4VpSessionTranscript(
      { origin, nonce, jwkThumbprint },
      crypto,
    );
    const open = () => readOpenId4VpResponse(plain(data), { privateKey, jwkThumbprint });
    return { sessionTranscript, privateKey, open };
  }
  throw new IdVerifyError('request_mismatch/protocol', 'answered by a protocol that was not asked');
}

const encrypted = v.strictObject({ response: v.string() });

/** JSON that travelled as CBOR. */
function plain(value: CborValue): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

function verifyDocument(
  { options, crypto, now }: WalletDeployment,
  { docType, requested, optional }: Asked,
  answer: Pick<
    VerifyDeviceResponseOptions,
    'deviceResponse' | 'sessionTranscript' | 'readerKey' | 'signal' | 'individualNumber'
  >,
): Promise<VerifiedDocument> {
  const { trustAnchors, revocation, clockToleranceSeconds } = options;
  return verifyDeviceResponse({
    ...answer,
    trustAnchors,
    docType,
    requested,
    optional,
    now: now(),
    crypto,
    ...(clockToleranceSeconds !== undefined && { clockToleranceSeconds }),
    ...(revocation && { revocation }),
  });
}
