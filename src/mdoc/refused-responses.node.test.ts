import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tag } from '../testing/issuer/cbor.ts';
import { newKeys } from '../testing/issuer/keys.ts';
import { itemBytes, type ResponsePlan } from '../testing/issuer/mdoc.ts';
import { EKU, issueIaca, issueSigner } from '../testing/issuer/pki.ts';
import { isoMdocTranscript } from '../testing/issuer/transcript.ts';
import type { MdocCheckId } from './checks.ts';
import { CARD, DAY, days, docType, NOW, pki, refusalOf, verify } from './verify.helper.ts';

const signer = (overrides: Parameters<typeof issueSigner>[1]) => issueSigner(pki.iaca, overrides);

/** What is wrong, the one check that must fail, its code. */
const REFUSALS: readonly [string, ResponsePlan, MdocCheckId, string][] = [
  [
    'bytes behind the response',
    { edits: { encoded: (it) => new Uint8Array([...it, 0]) } },
    'mdoc.structure',
    'malformed/trailing_bytes',
  ],
  [
    'an item outside tag 24',
    { edits: { nameSpaces: (it) => ({ ...it, [CARD]: [{ digestID: 0 }] }) } },
    'mdoc.structure',
    'malformed/structure',
  ],
  ['response version', { version: '2.0' }, 'mdoc.version', 'unsupported/response_version'],
  [
    'MSO version',
    { edits: { mso: (it) => ({ ...it, version: '2.0' }) } },
    'mdoc.version',
    'unsupported/mso_version',
  ],
  ['status', { status: 10 }, 'mdoc.status', 'request_mismatch/status'],
  [
    'document errors',
    { documentErrors: [{ [docType]: 0 }] },
    'mdoc.status',
    'request_mismatch/document_errors',
  ],
  ['two documents', { count: 2 }, 'mdoc.documents', 'request_mismatch/extra_document'],
  [
    'a document that discloses nothing',
    { edits: { nameSpaces: () => ({}) } },
    'mdoc.documents',
    'request_mismatch/no_element',
  ],
  [
    'MSO for another document type',
    { edits: { mso: (it) => ({ ...it, docType: 'other' }) } },
    'mdoc.doc_type',
    'request_mismatch/mso_doc_type',
  ],
  [
    'x5chain missing',
    { edits: { headers: (it) => it.unprotected.delete(33) } },
    'mdoc.issuer_chain',
    'untrusted_issuer/no_chain',
  ],
  [
    'a rogue root of the same name',
    { signer: issueSigner(issueIaca()) },
    'mdoc.issuer_chain',
    'untrusted_issuer/key_id',
  ],
  [
    'self-signed document signer',
    { signer: signer({ issuer: null }) },
    'mdoc.issuer_chain',
    'untrusted_issuer/self_signed',
  ],
  [
    'document signer is a CA',
    { signer: signer({ extensions: { basicConstraints: { ca: true } } }) },
    'mdoc.issuer_chain',
    'untrusted_issuer/signer_is_ca',
  ],
  [
    'document signer for TLS',
    { signer: signer({ extensions: { extendedKeyUsage: [EKU.tlsServer] } }) },
    'mdoc.issuer_chain',
    'untrusted_issuer/signer_purpose',
  ],
  [
    'document signer from another country',
    { signer: signer({ subject: { CN: 'TEST', C: 'US' } }) },
    'mdoc.issuer_chain',
    'untrusted_issuer/country',
  ],
  [
    'intermediate certificates',
    { intermediates: [pki.reader.certificate] },
    'mdoc.issuer_chain',
    'untrusted_issuer/long_chain',
  ],
  [
    'issuer signature altered',
    { edits: { issuerAuth: ([p, u, b, s]) => [p, u, b, s.map((it) => it ^ 1)] } },
    'mdoc.issuer_signature',
    'issuer_signature/invalid',
  ],
  [
    'issuer signature empty',
    { edits: { issuerAuth: ([p, u, b]) => [p, u, b, new Uint8Array()] } },
    'mdoc.issuer_signature',
    'issuer_signature/invalid',
  ],
  [
    'algorithm of another curve',
    { edits: { headers: (it) => it.protected.set(1, -35) } },
    'mdoc.issuer_signature',
    'unsupported/algorithm',
  ],
  [
    'an item altered',
    {
      edits: {
        items: (it) => it.map((item, digestID) => ({ ...item, digestID })),
        nameSpaces: (it) => ({
          ...it,
          [CARD]: [
            itemBytes({
              namespace: CARD,
              digestID: 0,
              random: new Uint8Array(16),
              elementIdentifier: 'full_name_unicode',
              elementValue: 'x',
            }),
          ],
        }),
      },
    },
    'mdoc.digests',
    'digest/mismatch',
  ],
  [
    'an element twice',
    {
      edits: {
        nameSpaces: (it) => ({ ...it, [CARD]: [...(it[CARD] ?? []), it[CARD]?.[0] ?? null] }),
      },
    },
    'mdoc.digests',
    'malformed/duplicate_element',
  ],
  [
    'a namespace without digests',
    { edits: { nameSpaces: (it) => ({ ...it, 'x.y': it[CARD] ?? [] }) } },
    'mdoc.digests',
    'digest/name_space',
  ],
  ['SHA-1', { digestAlgorithm: 'SHA-1' }, 'mdoc.digests', 'unsupported/digest_algorithm'],
  ['short salts', { saltLength: 15 }, 'mdoc.digests', 'malformed/salt'],
  ['expired', { validity: { validUntil: days(-0.5) } }, 'mdoc.validity', 'validity/expired'],
  [
    'not yet valid',
    { validity: { validFrom: days(1) } },
    'mdoc.validity',
    'validity/not_yet_valid',
  ],
  [
    'signed in the future',
    { validity: { signed: days(1), validFrom: days(-1) } },
    'mdoc.validity',
    'validity/signed_in_future',
  ],
  [
    'signed before the signer',
    { validity: { signed: days(-31) } },
    'mdoc.validity',
    'validity/signed_outside_signer',
  ],
  [
    'no deviceSigned',
    { edits: { document: ({ deviceSigned: _, ...it }) => it } },
    'mdoc.device_auth',
    'device_binding/missing',
  ],
  [
    'deviceAuth empty',
    { edits: { deviceAuth: () => ({}) } },
    'mdoc.device_auth',
    'device_binding/missing',
  ],
  [
    'another session',
    { sessionTranscript: isoMdocTranscript('gmVkY2FwaaA', 'https://evil.example') },
    'mdoc.device_auth',
    'device_binding/signature',
  ],
  [
    'device signature over another document type',
    { edits: { deviceAuthentication: ([a, b, , d]) => [a ?? 0, b ?? 0, 'other', d ?? 0] } },
    'mdoc.device_auth',
    'device_binding/signature',
  ],
  [
    'a device MAC without a reader key',
    { macWith: newKeys().publicKey },
    'mdoc.device_auth',
    'device_binding/no_reader_key',
  ],
  [
    'a device-signed element nobody authorised',
    { deviceSigned: { x: { y: 1 } } },
    'mdoc.device_auth',
    'device_binding/unauthorized_element',
  ],
  [
    'a birth date that is a number',
    { elements: { x: { birth_date: 19710901 } } },
    'mdoc.elements',
    'malformed/element_type',
  ],
  [
    'a day that does not exist',
    { elements: { x: { birth_date: tag(1004, '1971-02-30') } } },
    'mdoc.elements',
    'malformed/element_type',
  ],
  [
    'a portrait that is a PNG',
    { elements: { x: { portrait: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) } } },
    'mdoc.elements',
    'malformed/portrait',
  ],
  [
    'an oversize text',
    { elements: { x: { note: 'x'.repeat(2_001) } } },
    'mdoc.elements',
    'limit/element',
  ],
];

for (const [name, plan, id, code] of REFUSALS) {
  test(`refused: ${name}`, async () => {
    const { code: first, checks } = await refusalOf(verify(plan));
    const failed = checks.filter(({ outcome }) => outcome === 'failed');
    assert.deepEqual(
      failed.map((check) => [check.id, check.code]),
      [[id, code]],
    );
    assert.equal(first, code);
    assert.match(failed[0]?.detail ?? '', /\(.+\)\.$/);
  });
}

test('refused: a document signer, and a root, outside their validity', async () => {
  const late = await refusalOf(verify({}, { now: NOW + 4000 * DAY }));
  const chain = late.checks.find(({ id }) => id === 'mdoc.issuer_chain');
  assert.equal(chain?.code, 'validity/signer_expired');
  assert.ok(late.codes.includes('validity/iaca_expired'));
  assert.ok(late.codes.includes('validity/expired'));
});

test('refused: a root with a path length, or none', async () => {
  for (const basicConstraints of [{ ca: true, pathLength: 1 }, { ca: true }]) {
    const iaca = issueIaca({ extensions: { basicConstraints } });
    const trustAnchors = [{ docType, certificates: [iaca.certificate] }];
    const { code } = await refusalOf(verify({ signer: issueSigner(iaca) }, { trustAnchors }));
    assert.equal(code, 'untrusted_issuer/iaca_path_length');
  }
});

test('refused: no documents', async () => {
  const edits: ResponsePlan['edits'] = { response: ({ documents: _, ...it }) => it };
  const { code, checks } = await refusalOf(verify({ edits }));
  assert.equal(code, 'request_mismatch/no_document');
  const passed = checks.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id);
  assert.deepEqual(passed, ['mdoc.structure', 'mdoc.version', 'mdoc.status']);
});

for (const curve of ['P-192', 'secp256k1', 'RSA-1024', 'RSA-2048'] as const) {
  test(`refused by name: a document signer on ${curve}`, async () => {
    const { code } = await refusalOf(verify({ signer: signer({ curve }) }));
    assert.match(code, /^unsupported\//);
  });
}

test('the message names what refused, not what was tolerated', async () => {
  const expired = { validity: { validUntil: days(-1) } };
  const asked = await refusalOf(verify(expired));
  // Neither a request nor a source of revocation was given; both are shown and refuse nothing.
  assert.equal(asked.message, 'DeviceResponse refused: mdoc.validity');
  const names = asked.checks.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id);
  assert.deepEqual(names, ['mdoc.validity', 'mdoc.requested', 'mdoc.revocation']);
  const failing = { sources: [() => Promise.reject(new Error('no'))] };
  const undetermined = await refusalOf(verify({}, { revocation: failing }));
  assert.equal(undetermined.message, 'DeviceResponse refused: mdoc.revocation');
  const { message } = await refusalOf(
    verify(expired, { revocation: { ...failing, onUndetermined: 'accept' } }),
  );
  assert.equal(message, 'DeviceResponse refused: mdoc.validity');
});
