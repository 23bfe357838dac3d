import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spkiOf } from '../../test/node-keys.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { generateKeyJwk, webCrypto } from '../crypto/web-crypto.ts';
import { embedded } from '../testing/issuer/cbor.ts';
import { newKeys } from '../testing/issuer/keys.ts';
import type { ResponsePlan } from '../testing/issuer/mdoc.ts';
import { createTestPki, issueIaca, issueSigner } from '../testing/issuer/pki.ts';
import type { RevocationSource } from '../trust/revocation.ts';
import { MDOC_CHECKS } from './checks.ts';
import { CARD, days, docType, pki, refusalOf, verify } from './verify.helper.ts';

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
  const macWith = spkiOf(publicJwk);
  assert.equal((await verify({ macWith }, { readerKey })).docType, docType);
  const another = await refusalOf(verify({ macWith }, { readerKey: await generateKeyJwk() }));
  assert.equal(another.code, 'device_binding/mac');
});

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
