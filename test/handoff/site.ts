/** A site with handoffs, and what its page does with one. */
import assert from 'node:assert/strict';
import type { Profile } from '../../src/verifier/index.ts';
import { fromBase64url } from '../../src/wire/bytes.ts';
import type { CborInput } from '../../src/wire/cbor.ts';
import type {
  EvidenceAnswer,
  HandoffAnswer,
  HandoffStatus,
  Rung,
  SessionStatus,
} from '../../src/wire/contract.ts';
import { identity, json, type Page, post, type Site, site } from '../verifier/harness.ts';
import { handoffOptions } from './phone.ts';

const { portrait: _, ...claims } = identity.claims;

export const account: Profile = {
  ...identity,
  claims,
  methods: { jpki: {}, 'jpki-mobile': {}, 'ic-chip': {}, ...identity.methods },
};

type Changes = Parameters<typeof site>[0];

export const handoffSite = (changes: Changes = {}, profile: Partial<Profile> = {}): Site =>
  site({
    profiles: { identity: { ...account, ...profile } },
    handoff: handoffOptions(),
    ...changes,
  });

export const start = async (page: Page, rung: Rung = 'jpki'): Promise<HandoffAnswer> =>
  json(await page.call('handoff', post({ rung })));

export async function statusOf(page: Page): Promise<SessionStatus> {
  page.status = await json(await page.call(''));
  return page.status;
}

export async function handoffOf(page: Page): Promise<HandoffStatus> {
  const { handoff } = await statusOf(page);
  assert.ok(handoff);
  return handoff;
}

/** What the page signs when the status says `completing`. */
export async function evidenceOf(page: Page): Promise<Record<string, CborInput>> {
  const { id, rung, phase, transactionDigest, statementHash } = await handoffOf(page);
  assert.equal(phase, 'completing');
  return {
    handoff: id,
    rung,
    transactionDigest: fromBase64url(transactionDigest ?? ''),
    statementHash: fromBase64url(statementHash ?? ''),
  };
}

export async function send(
  page: Page,
  body: Record<string, CborInput>,
  method: Rung = 'jpki',
): Promise<EvidenceAnswer> {
  const envelope = await page.seal(body, { method });
  const answer = await json<EvidenceAnswer>(await page.sendEnvelope('evidence', envelope));
  page.status = answer.status;
  return answer;
}
