/** What the negative cases share: one way to name them, to verify a response, and to ask for its refusal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MdocRefusedError } from '../../src/mdoc/report.ts';
import {
  type VerifiedDocument,
  verifyDeviceResponse,
} from '../../src/mdoc/verify-device-response.ts';
import type { VerifyDeviceResponseOptions } from '../../src/mdoc/verify-options.ts';
import {
  buildResponse,
  DEFAULT_TRANSCRIPT,
  type ResponsePlan,
} from '../../src/testing/issuer/mdoc.ts';
import { MNC } from '../../src/testing/issuer/persons.ts';
import { createTestPki, issueSigner } from '../../src/testing/issuer/pki.ts';
import { CATEGORIES, type Category, type Code, IdVerifyError } from '../../src/wire/error.ts';

export const NOW = Date.now();
export const DAY = 86_400_000;
export const days = (count: number): Date => new Date(NOW + count * DAY);

export const CARD = 'org.iso.23220.1.jp';
export const PERSON = 'org.iso.23220.1';

/** Makes the responses, and is trusted unless a case says otherwise. */
export const pki = createTestPki();
export const signer = (overrides: Parameters<typeof issueSigner>[1] = {}) =>
  issueSigner(pki.iaca, overrides);

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The cases each category is for. A category never changes its meaning, so this never changes. */
const CASES: Readonly<Partial<Record<Category, readonly number[]>>> = {
  malformed: [1, 2, 4, 12, 18, 25, 54],
  limit: [3, 25],
  digest: [4, 10, 11, 13],
  unsupported: [5, 14, 17, 27, 35],
  request_mismatch: [...range(6, 9), 15, 16, 23, 24, 55, 57, 61, 82],
  validity: [...range(19, 22), 31, 32],
  issuer_signature: [26],
  untrusted_issuer: [28, 29, 30, 33, 34, 41, 42],
  revoked: [36, 38],
  undetermined: [37, 39, 40, 83],
  config: [43, 83],
  device_binding: [...range(44, 52), 60, 62],
  decryption: [53, 56],
  session: [58, 59, 63],
  policy: [81],
};

/** What the case that runs has asserted. */
const asserted = new Set<Category>();

/** Notes a refusal that a case has asserted. */
export const note = (code: Code): void => {
  asserted.add(code.split('/', 1)[0] as Category);
};

/**
 * The negative case of this number. Numbers are stable; a title says what is refused. It has to
 * assert each category its number is for.
 */
export const neg = (number: number, title: string, body: () => Promise<unknown>): void => {
  test(`neg-${number} ${title}`, { timeout: 60_000 }, async () => {
    asserted.clear();
    await body();
    const expected = CATEGORIES.filter((category) => CASES[category]?.includes(number));
    assert.ok(expected.length > 0, `no category for neg-${number}`);
    for (const category of expected) assert.ok(asserted.has(category), `${category} not asserted`);
  });
};

export type Options = Partial<VerifyDeviceResponseOptions>;

/** Verifies the response of a plan; a good one, with nothing asked, where neither says more. */
export function verify(plan: ResponsePlan = {}, options: Options = {}): Promise<VerifiedDocument> {
  return verifyDeviceResponse({
    deviceResponse: buildResponse({ pki, ...plan }),
    sessionTranscript: DEFAULT_TRANSCRIPT,
    trustAnchors: [{ docType: MNC, certificates: [pki.iaca.certificate] }],
    docType: MNC,
    now: NOW,
    ...options,
  });
}

/** Asserts that `run` is refused with exactly this code. */
export async function refusedWith(
  code: Code,
  run: Promise<unknown> | (() => unknown),
  what = '',
): Promise<void> {
  try {
    await (typeof run === 'function' ? run() : run);
  } catch (error) {
    assert.ok(error instanceof IdVerifyError, `${what}: ${error}`);
    assert.equal(error.code, code, what);
    note(code);
    if (error instanceof MdocRefusedError) everyCheckIsExplained(error);
    return;
  }
  assert.fail(`accepted: ${what || code}`);
}

/** What, where, expected, found, clause. */
const SENTENCES = /^(\S.*?, in .+?: expected .+?, found .+? \(.+?\)\.( |$))+$/s;

function everyCheckIsExplained({ checks }: MdocRefusedError): void {
  for (const { id, outcome, detail = '' } of checks) {
    if (outcome !== 'passed') assert.match(detail, SENTENCES, id);
  }
}

/** What is wrong, the code it gets, the response, and how it is verified. */
export type Lie = readonly [what: string, code: Code, plan: ResponsePlan, options?: Options];

/** Asserts each lie of a case; a good response built beside it shows that the refusal is no accident. */
export async function refuses(...lies: readonly Lie[]): Promise<void> {
  await verify();
  for (const [what, code, plan, options] of lies) {
    await refusedWith(code, verify(plan, options), what);
  }
}
