/** A session that moves to a phone, as the two pages do it. */

import { toBase64url, utf8 } from '../../src/wire/bytes.ts';
import {
  type ClaimAnswer,
  type TransferAnswer,
  transferProofInput,
} from '../../src/wire/contract.ts';
import { createKey, proveKey, type SessionKey, sign } from '../../src/wire/session-key.ts';
import { sha256 } from '../../src/wire/sha256.ts';
import { bearer, json, ORIGIN, Page, post, type Site } from './harness.ts';

/** The first page asks for a link, on which the phone goes on with its method. */
export async function offer(
  page: Page,
  { key = page.key, method }: { key?: SessionKey; method?: string } = {},
): Promise<Response> {
  const tokenHash = toBase64url(await sha256(utf8(page.token)));
  const proof = await sign(key, transferProofInput(page.view.id, tokenHash, ORIGIN));
  return page.call('transfer', post({ proof: toBase64url(proof), method }));
}

export const tokenIn = ({ link }: TransferAnswer): string =>
  new URL(link).hash.slice('#id-verify='.length);

/** The element on the phone. */
export async function join(shop: Site, granted: TransferAnswer): Promise<Page> {
  const token = tokenIn(granted);
  const key = await createKey();
  const id = token.split('.')[0] ?? '';
  const body = { ...(await proveKey(key, id, token, ORIGIN)), code: granted.code };
  const answer = await shop.send(`sessions/${id}/claim`, post(body, bearer(token)));
  return Page.of(shop, key, await json<ClaimAnswer>(answer));
}
