/** A session with the verifier, to which a wallet's answer is sent that is changed on its way. */
import assert from 'node:assert/strict';
import { encryptJwe, type JwePlan } from '../../src/testing/wallet/jwe.ts';
import type { EvidenceAnswer, WalletAnswer, WalletProtocol } from '../../src/wire/contract.ts';
import type { Code } from '../../src/wire/error.ts';
import {
  type EvidenceBody,
  ORIGIN,
  Page,
  refused as refusedCall,
  site,
} from '../verifier/harness.ts';
import { note } from './neg.ts';

/** A session that waits for evidence, and its requests. */
export async function asked() {
  const page = await Page.open(site());
  return { page, requests: await page.requests() };
}

/** Sends `data` for one protocol and asserts the refusal. */
export async function answered(
  code: Code,
  protocol: WalletProtocol,
  data: (
    requests: WalletAnswer,
    page: Page,
  ) => Promise<EvidenceBody['data']> | EvidenceBody['data'],
  what = '',
) {
  const { page, requests } = await asked();
  const answer = await page.evidence<EvidenceAnswer>({
    request: requests.id,
    protocol,
    data: await data(requests, page),
  });
  assert.deepEqual([answer.outcome, answer.code], ['refused', code], what);
  note(code);
}

/** Asserts the refusal of a call. */
export async function refused(response: Response, status: number, code: Code) {
  await refusedCall(response, status, code);
  note(code);
}

/** The answer of an honest wallet, changed on its way. */
export async function honest(
  page: Page,
  requests: WalletAnswer,
  protocol: WalletProtocol,
  plan = {},
) {
  const request = requests.requests.find((one) => one.protocol === protocol);
  assert.ok(request);
  return (await page.site.wallet.answer(request, { origin: ORIGIN, plan })).data as Record<
    string,
    string
  >;
}

export const dataOf = ({ requests }: WalletAnswer, protocol: WalletProtocol) =>
  (requests.find((one) => one.protocol === protocol)?.data ?? {}) as Record<string, string>;

/** A JWE to the request's own key, with whatever else in its header or text. */
export async function jwe(
  requests: WalletAnswer,
  plan: Partial<JwePlan>,
  change = (text: string) => text,
  answer: unknown = { vp_token: { document: ['AA'] } },
) {
  const [, payload = ''] = (dataOf(requests, 'openid4vp-v1-signed').request ?? '').split('.');
  const parameters = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const [jwk] = parameters.client_metadata.jwks.keys;
  return {
    response: change(await encryptJwe(JSON.stringify(answer), { jwk, enc: 'A128GCM', ...plan })),
  };
}
