/** The simulated wallet over HTTP, for the demo page: the issuer's keys stay in this process. */

import { PERSONS, type PersonId } from '../issuer/persons.ts';
import { WalletError } from './error.ts';
import { isMode } from './modes.ts';
import type { Wallet } from './wallet.ts';

const LARGEST_BODY = 1_000_000;

/**
 * Answers `POST /demo/wallet/describe` with what the approval sheet shows and `POST /demo/wallet`
 * with the credential; both take `{ protocol, data, origin, mode?, person? }`. A wallet that does
 * not answer is 422 with `{ exception, message }`.
 * @param pages further origins whose pages may ask
 * @returns undefined for any other request
 */
export function walletHandler(
  wallet: Wallet,
  pages: readonly string[] = [],
): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname !== '/demo/wallet' && pathname !== '/demo/wallet/describe') return undefined;
    const response = await answer(wallet, request, pathname.endsWith('/describe'));
    const page = request.headers.get('origin');
    if (page !== null && pages.includes(page)) {
      response.headers.set('access-control-allow-origin', page);
      response.headers.set('access-control-allow-headers', 'content-type');
      response.headers.set('vary', 'origin');
    }
    return response;
  };
}

async function answer(wallet: Wallet, request: Request, describes: boolean): Promise<Response> {
  if (request.method === 'OPTIONS') return new Response(null, { status: 204 });
  if (request.method !== 'POST') return refusal(405, 'TypeError', 'POST only');
  const asked = await read(request);
  if (!asked) return refusal(400, 'TypeError', 'body');
  const from = request.headers.get('origin');
  if (from !== null && from !== asked.origin) return refusal(403, 'TypeError', 'origin');
  try {
    const { protocol, data, ...options } = asked;
    const found = describes
      ? wallet.describe({ protocol, data }, options)
      : await wallet.answer({ protocol, data }, options);
    return Response.json(found, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (error instanceof WalletError) return refusal(422, error.exception, error.message);
    throw error;
  }
}

const refusal = (status: number, exception: WalletError['exception'], message: string): Response =>
  Response.json({ exception, message }, { status, headers: { 'cache-control': 'no-store' } });

async function read(request: Request) {
  const text = await request.text();
  if (text.length > LARGEST_BODY) return undefined;
  const { protocol, data, origin, mode = 'approve', person = 'hanako' } = objectOf(text);
  if (typeof protocol !== 'string' || typeof origin !== 'string') return undefined;
  if (!isMode(mode) || !isPerson(person)) return undefined;
  return { protocol, data, origin, mode, person };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const isPerson = (value: unknown): value is PersonId =>
  typeof value === 'string' && Object.hasOwn(PERSONS, value);
