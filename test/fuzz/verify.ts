/**
 * Whole verifications: good responses, rearranged or damaged. Nothing is thrown but refusals, and
 * what is accepted says what one of the good responses says. By hand:
 * `node test/fuzz/verify.ts <seed> <batches>`.
 */

import assert from 'node:assert/strict';
import type { EcPrivateJwk } from '../../src/crypto/provider.ts';
import { MdocRefusedError } from '../../src/mdoc/report.ts';
import {
  type VerifiedDocument,
  verifyDeviceResponse,
} from '../../src/mdoc/verify-device-response.ts';
import { seedEntropy } from '../../src/testing/issuer/entropy.ts';
import { newKeys } from '../../src/testing/issuer/keys.ts';
import {
  buildResponse,
  DEFAULT_TRANSCRIPT,
  type ResponsePlan,
} from '../../src/testing/issuer/mdoc.ts';
import { MDL, MNC, PERSONS } from '../../src/testing/issuer/persons.ts';
import { createTestPki, issueSigner } from '../../src/testing/issuer/pki.ts';
import { IdVerifyError } from '../../src/wire/error.ts';
import { NOW } from '../clock.ts';
import { privateKeyOf } from '../node-keys.ts';
import { damage, rearrange } from './mutate.ts';
import type { Random } from './random.ts';
import type { Target } from './target.ts';
import { nodes, parse } from './tree.ts';
import { fuzzHere } from './watchdog.ts';

// The same samples every time, so that a seed gives the same inputs and an input the same verdict.
seedEntropy('fuzz');
const pki = createTestPki({ curve: 'P-256' });
const reader = newKeys();
const readerKey = privateKeyOf(reader).export({ format: 'jwk' }) as EcPrivateJwk;
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
let count = 0;
/** No two documents alike, so that their outputs tell them apart. */
const few = () => ({
  x: { full_name_unicode: `番号　花子${count++}`, portrait: JPEG, age_over_20: true },
});

/** Good responses of every kind, all of them for one session. */
const PLANS: readonly ResponsePlan[] = [
  { elements: few() },
  { elements: { a: { family_name: 'A', birth_date: '1971-09-01' }, b: { x: [1, { y: null }] } } },
  { elements: few(), macWith: reader.publicKey },
  { elements: few(), deviceSigned: { x: { y: 1 } }, keyAuthorizations: { nameSpaces: ['x'] } },
  { elements: few(), msoStatus: { status_list: { idx: 1, uri: 'https://issuer.test.invalid/' } } },
  { elements: few(), digestAlgorithm: 'SHA-512', deviceKeys: newKeys('P-384') },
  { elements: few(), signer: issueSigner(pki.iaca), version: '1.1' },
  { elements: few(), docType: MDL, person: PERSONS.minor },
];

const SAMPLES = PLANS.map((plan) => buildResponse({ pki, ...plan }));
const TREES = SAMPLES.map(parse);
const DONORS = TREES.flatMap((tree) => nodes(tree));

const certificates = [pki.iaca.certificate];

/**
 * Verifies an answer to the request this sample answers: all its elements, so that none may be left
 * out but what the device says by itself.
 */
function judge(deviceResponse: Uint8Array, which: number): Promise<VerifiedDocument> {
  const { docType = MNC, elements = {}, deviceSigned = {} } = PLANS[which] as ResponsePlan;
  const requested = Object.fromEntries(
    Object.entries(elements).map(([nameSpace, values]) => [
      nameSpace,
      Object.fromEntries(
        Object.keys({ ...values, ...deviceSigned[nameSpace] }).map((name) => [name, false]),
      ),
    ]),
  );
  const optional = Object.fromEntries(
    Object.entries(deviceSigned).map(([nameSpace, values]) => [nameSpace, Object.keys(values)]),
  );
  return verifyDeviceResponse({
    deviceResponse,
    sessionTranscript: DEFAULT_TRANSCRIPT,
    trustAnchors: [{ docType, certificates }],
    docType,
    requested,
    optional,
    readerKey,
    now: NOW,
  });
}

/** Everything a caller learns; the order of elements says nothing. */
const outputs = (document: VerifiedDocument): string =>
  JSON.stringify(document, (_, value) => {
    if (value instanceof Map) return [...value].sort();
    return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
  });

const KNOWN = new Set(
  await Promise.all(SAMPLES.map(async (sample, which) => outputs(await judge(sample, which)))),
);
assert.equal(KNOWN.size, PLANS.length);

export async function check(bytes: Uint8Array): Promise<boolean> {
  try {
    const document = await judge(bytes.slice(1), bytes[0] ?? 0);
    assert.ok(KNOWN.has(outputs(document)), 'accepted with changed content');
    return true;
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    assert.ok(error instanceof MdocRefusedError, `${error.code} outside the report`);
    assert.ok(error.checks.some(({ outcome }) => outcome !== 'passed'));
    return false;
  }
}

/** The first byte names the sample. */
export function input(random: Random): Uint8Array {
  const which = random.below(SAMPLES.length);
  const sample = SAMPLES[which] as Uint8Array;
  const tree = TREES[which] as (typeof TREES)[number];
  const changed = random.below(4) === 0 ? damage(sample, random) : rearrange(tree, random, DONORS);
  return Uint8Array.from([which, ...changed]);
}

export const verification: Target = { batch: 100, input, check };

if (import.meta.main) await fuzzHere(verification);
