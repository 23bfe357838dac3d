/** Responses to judge: good ones of every kind, each kind of lie, and either rearranged at random. */
import { flipBit } from '../../src/testing/issuer/bytes.ts';
import { fullDate, wide } from '../../src/testing/issuer/cbor.ts';
import { seedEntropy } from '../../src/testing/issuer/entropy.ts';
import { newKeys } from '../../src/testing/issuer/keys.ts';
import {
  buildResponse,
  type Item,
  itemBytes,
  type ResponsePlan,
} from '../../src/testing/issuer/mdoc.ts';
import { createTestPki, EKU, issueIaca, issueSigner } from '../../src/testing/issuer/pki.ts';
import { openId4VpTranscript } from '../../src/testing/issuer/transcript.ts';
import { NOW } from '../clock.ts';
import { damage, rearrange } from '../fuzz/mutate.ts';
import { Random } from '../fuzz/random.ts';
import { nodes, parse } from '../fuzz/tree.ts';

/** `FUZZ_SEED`; the same one each time unless told: new reasons are looked for by hand. */
export const SEED = Number(process.env.FUZZ_SEED ?? 1);
seedEntropy(SEED);

export const SESSION = { origin: 'https://rp.example', nonce: 'bm9uY2U' };
export const TRANSCRIPT = openId4VpTranscript(SESSION.origin, SESSION.nonce, null);
export const pki = createTestPki({ curve: 'P-256' });

const DAY = 86_400_000;
const days = (count: number) => new Date(NOW + count * DAY);
const signer = (overrides: Parameters<typeof issueSigner>[1]) => issueSigner(pki.iaca, overrides);
const elements = {
  a: { family_name: 'BANGO', birth_date: fullDate('1971-09-01'), sex: 2 },
  b: { age_over_20: true, portrait: Uint8Array.of(0xff, 0xd8, 0xff) },
};
const rogue = issueIaca();

const GOOD: readonly ResponsePlan[] = [
  {},
  { version: '1.0', digestAlgorithm: 'SHA-384' },
  { digestAlgorithm: 'SHA-512' },
  { deviceKeys: newKeys('P-384') },
  { saltLength: 16 },
  { edits: { encodeItem: (item) => wide(itemBytes(item), 4) } },
  { validity: { signed: days(-20), validUntil: days(1) } },
];

const LIES: readonly ResponsePlan[] = [
  { version: '2.0' },
  { version: '1.1' },
  { status: 10 },
  { count: 2 },
  { documentErrors: [{ x: 0 }] },
  { saltLength: 4 },
  { digestAlgorithm: 'SHA-1' },
  { validity: { validUntil: days(-0.5) } },
  { validity: { validFrom: days(1) } },
  { validity: { signed: days(1), validFrom: days(-1) } },
  { validity: { signed: days(-40) } },
  { signer: issueSigner(rogue) },
  { signer: signer({ issuer: null }) },
  { signer: signer({ notAfter: days(-0.1) }) },
  { signer: signer({ extensions: { extendedKeyUsage: [EKU.tlsServer] } }) },
  { signer: signer({ extensions: { extendedKeyUsage: undefined } }) },
  { signer: signer({ extensions: { keyUsage: ['keyAgreement'] } }) },
  { signer: signer({ extensions: { basicConstraints: { ca: true } } }) },
  { signer: signer({ subject: { CN: 'TEST', C: 'US' } }) },
  { signer: { ...pki.signer, keys: newKeys() } },
  { intermediates: [pki.reader.certificate] },
  { sessionTranscript: openId4VpTranscript('https://evil.example', SESSION.nonce, null) },
  { sessionTranscript: openId4VpTranscript(SESSION.origin, 'b3RoZXI', null) },
  { deviceSigned: { x: { y: 1 } } },
  { edits: { response: (it) => ({ ...it, documents: [] }) } },
  { edits: { nameSpaces: () => ({}) } },
  { edits: { nameSpaces: (it) => ({ ...it, a: [...(it.a ?? []), it.a?.[0] ?? null] }) } },
  { edits: { nameSpaces: (it) => ({ ...it, c: it.a ?? [] }) } },
  { edits: { items: (it) => it.map((item) => ({ ...item, digestID: 0 })) } },
  { edits: { items: (it) => [...it, { ...(it[0] as Item), digestID: 50, elementValue: 'x' }] } },
  { edits: { mso: (it) => ({ ...it, version: '2.0' }) } },
  { edits: { mso: (it) => ({ ...it, docType: 'other' }) } },
  { edits: { headers: (it) => it.protected.set(1, -35) } },
  { edits: { headers: (it) => it.unprotected.delete(33) } },
  { edits: { issuerAuth: ([p, u, b, s]) => [p, u, b, flipBit(s)] } },
  { edits: { issuerAuth: ([p, u, b]) => [p, u, b, new Uint8Array()] } },
  { edits: { deviceProof: ([p, u, b, s]) => [p, u, b, flipBit(s)] } },
  { edits: { deviceAuth: () => ({}) } },
  { edits: { document: ({ deviceSigned: _, ...it }) => it } },
  { edits: { deviceAuthentication: ([a = null, b = null, , d = null]) => [a, b, 'x', d] } },
  { elements: { a: { birth_date: 1 } } },
  { elements: { a: { portrait: Uint8Array.of(0x89, 0x50) } } },
  { elements: { a: { issuing_country: 'US' } } },
];

const build = (plan: ResponsePlan) =>
  buildResponse({ pki, elements, sessionTranscript: TRANSCRIPT, ...plan });
const good = GOOD.map(build);
const trees = good.map(parse);
const donors = trees.flatMap((tree) => nodes(tree));

/**
 * Response number `index`, whatever came before it. One of six is good, two are a plain lie, the
 * others a good one rearranged or damaged.
 */
export function response(index: number): Uint8Array {
  seedEntropy(`${SEED}/${index}`);
  const random = new Random(SEED * 1_000_003 + index);
  const kind = random.below(6);
  if (kind === 0) return random.pick(good);
  if (kind < 3) return build(random.pick(LIES));
  if (kind === 5) return damage(random.pick(good), random);
  return rearrange(random.pick(trees), random, donors);
}
