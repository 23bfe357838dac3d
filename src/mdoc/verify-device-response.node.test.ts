import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { embedded, tag } from '../../demo/issuer/cbor.ts';
import { newKeys } from '../../demo/issuer/keys.ts';
import {
  buildResponse,
  DEFAULT_TRANSCRIPT,
  itemBytes,
  type ResponsePlan,
} from '../../demo/issuer/mdoc.ts';
import { createTestPki, EKU, issueIaca, issueSigner } from '../../demo/issuer/pki.ts';
import { isoMdocTranscript } from '../../demo/issuer/transcript.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { generateKeyJwk, webCrypto } from '../crypto/web-crypto.ts';
import type { RevocationSource } from '../trust/revocation.ts';
import { MDOC_CHECKS, type MdocCheckId } from './checks.ts';
import { MdocRefusedError } from './report.ts';
import { verifyDeviceResponse } from './verify-device-response.ts';
import type { VerifyDeviceResponseOptions } from './verify-options.ts';

const docType = 'org.iso.23220.1.jp.mnc';
const CARD = 'org.iso.23220.1.jp';
const NOW = Date.now();
const DAY = 86_400_000;
const pki = createTestPki();
const days = (count: number) => new Date(NOW + count * DAY);

function verify(plan: ResponsePlan = {}, options: Partial<VerifyDeviceResponseOptions> = {}) {
  return verifyDeviceResponse({
    deviceResponse: buildResponse({ pki, ...plan }),
    sessionTranscript: DEFAULT_TRANSCRIPT,
    trustAnchors: [{ docType, certificates: [pki.iaca.certificate] }],
    docType,
    now: NOW,
    ...options,
  });
}

async function refusalOf(run: Promise<unknown>): Promise<MdocRefusedError> {
  try {
    await run;
  } catch (error) {
    assert.ok(error instanceof MdocRefusedError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'was accepted' });
}

for (const crypto of [undefined, webCrypto]) {
  test(`a good response is accepted (${crypto?.name ?? 'default provider'})`, async () => {
    const verified = await verify({}, crypto && { crypto });
    assert.equal(verified.docType, docType);
    assert.equal(verified.elements.get(CARD)?.get('full_name_unicode'), '番号　花子');
    assert.equal(verified.issuer.country, 'JP');
    assert.deepEqual(
      verified.checks.map(({ id }) => id),
      Object.keys(MDOC_CHECKS),
    );
    const open = verified.checks.filter(({ outcome }) => outcome !== 'passed');
    assert.deepEqual(
      open.map(({ id, code }) => [id, code]),
      [
        ['mdoc.requested', 'undetermined/no_request'],
        ['mdoc.revocation', 'undetermined/revocation_not_configured'],
      ],
    );
  });
}

const CURVES = [
  'P-256',
  'P-384',
  'P-521',
  'Ed25519',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
] as const;
for (const curve of CURVES) {
  test(`root, document signer and device on ${curve}`, async () => {
    const other = createTestPki({ curve });
    const signer = issueSigner(other.iaca, { curve });
    const certificates = [other.iaca.certificate];
    const trustAnchors = [{ docType, certificates }];
    const deviceKeys = newKeys(curve);
    assert.equal((await verify({ signer, deviceKeys }, { trustAnchors })).docType, docType);
  });
}

/** Signatures no key makes: some libraries throw at them instead of refusing. */
const NO_SIGNATURES: Readonly<Record<string, (signature: Uint8Array) => Uint8Array>> = {
  nothing: () => new Uint8Array(),
  'one byte': () => Uint8Array.of(1),
  zeros: ({ length }) => new Uint8Array(length),
  ones: ({ length }) => new Uint8Array(length).fill(0xff),
  'r of zero': (it) => it.slice().fill(0, 0, it.length / 2),
  's of zero': (it) => it.slice().fill(0, it.length / 2),
  twice: (it) => Uint8Array.from([...it, ...it]),
};

for (const curve of CURVES) {
  for (const crypto of [defaultCrypto(), webCrypto]) {
    test(`${curve} in ${crypto.name}: what is no signature is refused like any other`, async () => {
      const signer = issueSigner(pki.iaca, { curve });
      const deviceKeys = newKeys(curve);
      for (const [what, change] of Object.entries(NO_SIGNATURES)) {
        const byIssuer = verify(
          { signer, edits: { issuerAuth: ([p, u, b, s]) => [p, u, b, change(s)] } },
          { crypto },
        );
        await assert.rejects(byIssuer, { code: 'issuer_signature/invalid' }, what);
        const byDevice = verify(
          { deviceKeys, edits: { deviceProof: ([p, u, b, s]) => [p, u, b, change(s)] } },
          { crypto },
        );
        await assert.rejects(byDevice, { code: 'device_binding/signature' }, what);
      }
    });
  }
}

test('several anchors of one name: the one that signed is found', async () => {
  const certificates = [issueIaca().certificate, pki.iaca.certificate];
  const { issuer } = await verify({}, { trustAnchors: [{ docType, certificates }] });
  assert.deepEqual(issuer.anchorCertificate, new Uint8Array(pki.iaca.certificate));
});

test('an anchor is needed, and it counts for its document type only', async () => {
  const elsewhere = { docType: 'org.iso.18013.5.1.mDL', certificates: [pki.iaca.certificate] };
  await assert.rejects(verify({}, { trustAnchors: [] }), { code: 'config/no_trust_anchor' });
  await assert.rejects(verify({}, { trustAnchors: [elsewhere] }), {
    code: 'config/no_trust_anchor',
  });
});

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

test('every failed check is listed, not the first alone', async () => {
  const plan: ResponsePlan = {
    status: 10,
    saltLength: 4,
    validity: { validUntil: days(-0.5) },
    edits: { deviceAuth: () => ({}) },
  };
  const { code, codes } = await refusalOf(verify(plan));
  assert.equal(code, 'request_mismatch/status');
  for (const expected of [
    'malformed/salt',
    'validity/expired',
    'device_binding/missing',
  ] as const) {
    assert.ok(codes.includes(expected), expected);
  }
});

test('what was asked for: nothing more, nothing less, optional elements may be missing', async () => {
  const disclose = { [CARD]: ['full_name_unicode'] };
  const name = { [CARD]: { full_name_unicode: false } };
  const both = { [CARD]: { full_name_unicode: false, sex_unicode: false } };
  await verify({ disclose }, { requested: name });
  await verify({ disclose }, { requested: both, optional: { [CARD]: ['sex_unicode'] } });
  const missing = await refusalOf(verify({ disclose }, { requested: both }));
  assert.equal(missing.code, 'request_mismatch/missing_element');
  const extra = await refusalOf(verify({ disclose }, { requested: {} }));
  assert.equal(extra.code, 'request_mismatch/extra_element');
});

test('what the device signed itself is not handed on as issuer data', async () => {
  const deviceSigned = { x: { y: 1 } };
  const keyAuthorizations = { nameSpaces: ['x'] };
  const { elements } = await verify({ deviceSigned, keyAuthorizations });
  assert.equal(elements.has('x'), false);
});

test('items are hashed as received, whatever the order of their keys', async () => {
  const encodeItem: NonNullable<ResponsePlan['edits']>['encodeItem'] = ({
    namespace: _,
    ...item
  }) => embedded(new Map(Object.entries(item).reverse()));
  assert.equal((await verify({ edits: { encodeItem } })).docType, docType);
});

test('a device MAC with the reader key of the session', async () => {
  const readerKey = await generateKeyJwk();
  const { d: _, ...publicJwk } = readerKey;
  const macWith = createPublicKey({ key: publicJwk, format: 'jwk' });
  assert.equal((await verify({ macWith }, { readerKey })).docType, docType);
  const another = await refusalOf(verify({ macWith }, { readerKey: await generateKeyJwk() }));
  assert.equal(another.code, 'device_binding/mac');
});

for (const curve of ['P-192', 'secp256k1', 'RSA-1024', 'RSA-2048'] as const) {
  test(`refused by name: a document signer on ${curve}`, async () => {
    const { code } = await refusalOf(verify({ signer: signer({ curve }) }));
    assert.match(code, /^unsupported\//);
  });
}

test('revocation: consulted only for what the issuer signed, and unless told otherwise it must answer', async () => {
  const asked: unknown[] = [];
  const source: RevocationSource = ({ status }, fail) => {
    asked.push(status);
    fail('undetermined/status_unreachable');
  };
  const revocation = { sources: [source] };
  const { code } = await refusalOf(verify({}, { revocation }));
  assert.equal(code, 'undetermined/status_unreachable');
  const tolerant = { ...revocation, onUndetermined: 'accept' as const };
  assert.equal((await verify({}, { revocation: tolerant })).docType, docType);
  assert.equal(asked.length, 2);
  const edits: ResponsePlan['edits'] = { issuerAuth: ([p, u, b]) => [p, u, b, new Uint8Array(64)] };
  await refusalOf(verify({ edits }, { revocation }));
  assert.equal(asked.length, 2);
  const revoked: RevocationSource = (_, fail) => fail('revoked/document');
  const policy = { sources: [revoked], onUndetermined: 'accept' as const };
  assert.equal((await refusalOf(verify({}, { revocation: policy }))).code, 'revoked/document');
});

test('nothing of the document that is long or has control characters gets into a report', async () => {
  const name = `x\n${'y'.repeat(1_000)}`;
  const elements = { [name]: { birth_date: 1, portrait: 1 } };
  const { checks } = await refusalOf(verify({ elements }));
  const detail = checks.find(({ id }) => id === 'mdoc.elements')?.detail ?? '';
  assert.ok(detail.length < 1_000 && !detail.includes('\n'));
});
