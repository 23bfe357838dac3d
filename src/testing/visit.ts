/** The whole way of one person by wallet, as the element goes it, for tests without a browser. */

import { seal } from '../session/evidence-sender.ts';
import type { CborInput } from '../wire/cbor.ts';
import type {
  ClaimAnswer,
  ConfirmAnswer,
  EvidenceAnswer,
  OpenAnswer,
  SessionStatus,
  WalletAnswer,
  WalletProtocol,
} from '../wire/contract.ts';
import { createKey, proveKey, type SessionKey } from '../wire/session-key.ts';
import { sha256 } from '../wire/sha256.ts';
import type { PersonId } from './issuer/persons.ts';
import type { Mode } from './wallet/modes.ts';
import type { Wallet } from './wallet/wallet.ts';

export interface WalletVisit {
  /** `verifier.fetch`, or `fetch` where the service runs. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** `simulatedWallet` of the kit. */
  readonly wallet: Wallet;
  /** Of the page, which the verifier must list. */
  readonly origin: string;
  readonly profile: string;
  /** Default: `/id-verify` at `origin`. */
  readonly endpoint?: string;
  /** Sent with every call, for example the cookie that says who is signed in. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly mode?: Mode;
  readonly person?: PersonId;
  /** Which of the requests is answered. Default: the first. */
  readonly protocol?: WalletProtocol;
  readonly signal?: AbortSignal;
}

/** What came of it, as the page is told. */
export interface WalletVisitResult {
  readonly outcome: ConfirmAnswer['outcome'];
  /** To be redeemed by the service; absent where nothing was decided. */
  readonly ref: string | undefined;
  /** Why it was refused. */
  readonly code: string | undefined;
}

/**
 * Opens a session, has the wallet answer, and confirms what was read.
 * @example
 * const { ref } = await visitByWallet({ fetch: verifier.fetch, wallet: kit.simulatedWallet, origin, profile });
 * const result = await verifier.redeem(ref, { subject, profile, acceptTest: true });
 * @throws WalletError where the wallet does not answer; Error with the service's own words where it
 *   refuses a call
 */
export async function visitByWallet(visit: WalletVisit): Promise<WalletVisitResult> {
  const { origin, profile, wallet, mode, person, protocol } = visit;
  const opened = await call<OpenAnswer>(visit, 'sessions', undefined, { profile });
  const id = opened.token.split('.')[0] ?? '';
  const key = await createKey();
  const proof = await proveKey(key, id, opened.token, origin);
  const claimed = await call<ClaimAnswer>(visit, `sessions/${id}/claim`, opened.token, proof);
  const page = { visit, key, path: `sessions/${id}`, claimed };

  const asked = await call<WalletAnswer>(visit, `${page.path}/wallet`, claimed.token, undefined);
  const request = asked.requests.find((one) => !protocol || one.protocol === protocol);
  if (!request) throw new Error(`nothing was asked by ${protocol}`);
  const credential = await wallet.answer(request, {
    origin,
    ...(mode && { mode }),
    ...(person && { person }),
  });
  const data = credential.data as CborInput;
  const body = { request: asked.id, protocol: credential.protocol, data };
  const evidence = await send<EvidenceAnswer>(page, 'evidence', body, claimed.session.status);
  if (evidence.outcome !== 'review') {
    const { outcome, code, status } = evidence;
    return { outcome, code, ref: status.ref };
  }
  const review = await ask(visit, `${page.path}/review`, claimed.token);
  const reviewHash = await sha256(new Uint8Array(await review.arrayBuffer()));
  const { outcome, code, status } = await send<ConfirmAnswer>(
    page,
    'confirm',
    { reviewHash },
    evidence.status,
  );
  return { outcome, code, ref: status.ref };
}

interface OpenPage {
  readonly visit: WalletVisit;
  readonly key: SessionKey;
  readonly path: string;
  readonly claimed: ClaimAnswer;
}

async function send<Answer>(
  { visit, key, path, claimed: { token, session } }: OpenPage,
  route: 'evidence' | 'confirm',
  body: CborInput,
  status: SessionStatus,
): Promise<Answer> {
  const envelope = await seal(key, {
    view: session,
    status,
    method: 'wallet',
    body,
    at: Date.now(),
  });
  const response = await ask(visit, `${path}/${route}`, token, {
    method: 'POST',
    headers: { 'content-type': 'application/cose' },
    body: envelope,
  });
  return response.json();
}

async function call<Answer>(
  visit: WalletVisit,
  path: string,
  token: string | undefined,
  body: unknown,
): Promise<Answer> {
  const json = body !== undefined && {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return (await ask(visit, path, token, { method: 'POST', ...json })).json();
}

async function ask(
  { fetch, origin, endpoint = `${origin}/id-verify`, headers: given, signal }: WalletVisit,
  path: string,
  token: string | undefined,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers({ ...given, origin });
  for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
  if (token) headers.set('authorization', `Bearer ${token}`);
  const request = new Request(`${endpoint}/${path}`, {
    ...init,
    headers,
    ...(signal && { signal }),
  });
  const response = await fetch(request);
  if (response.ok) return response;
  const problem: { code?: string; detail?: string } = await response.json().catch(() => ({}));
  throw new Error(`${path}: ${response.status} ${problem.code ?? ''} ${problem.detail ?? ''}`);
}
