import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { vector } from '../../test/vectors.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { newKeys } from '../testing/issuer/keys.ts';
import { createTestPki, issueIaca, issueReader, issueSigner } from '../testing/issuer/pki.ts';
import { toHex } from '../wire/bytes.ts';
import { parseCertificate, verifyX509Signature } from './certificate.ts';
import { checkIssuerChain, DOCUMENT_SIGNER_PURPOSE } from './issuer-chain.ts';
import { ATTRIBUTE, nameText } from './name.ts';
import { pemBlocks } from './pem.ts';

const pki = createTestPki();
const crypto = defaultCrypto();

test('the root of the My Number Card, as J-LIS published it', async (t) => {
  const pem = vector('jlis-mncmdocRootCA.pem');
  if (!pem) return t.skip('vectors folder missing');
  const [der, ...others] = pemBlocks(pem, 'CERTIFICATE');
  assert.ok(der && others.length === 0);
  const root = parseCertificate(der);
  assert.equal(nameText(root.subject), 'mncmdocRootCA');
  assert.equal(root.subject.attributes.get(ATTRIBUTE.country), 'JP');
  assert.equal(root.serialNumber, '4fb7b01ca3cd6731a5e449699e7165aaeaad139f');
  assert.equal(new Date(root.notBefore).toISOString(), '2025-01-29T02:23:04.000Z');
  assert.equal(new Date(root.notAfter).toISOString(), '2030-05-28T02:23:03.000Z');
  assert.ok(root.publicKey.type === 'EC' && root.publicKey.curve === 'P-384');
  assert.deepEqual([root.isCa, root.pathLength, root.keyUsage], [true, 0, [5, 6]]);
  const crl = 'https://dts.mdoc-iaca.digital.go.jp/certificate/latest/mnc.crl';
  assert.deepEqual(root.crlUrls, [crl]);
  assert.ok(await verifyX509Signature(root, root, crypto));
  const fingerprint = await crypto.digest('SHA-256', der);
  assert.equal(
    toHex(fingerprint).toUpperCase(),
    '6E8A3108609316961D142426CE842B7927FD281755317056E1574EB9EDE80A0E',
  );
});

test('what is read agrees with OpenSSL', async () => {
  for (const { certificate } of [pki.iaca, pki.signer, pki.reader, pki.statusSigner]) {
    const ours = parseCertificate(certificate);
    const openSsl = new X509Certificate(certificate);
    assert.equal(BigInt(`0x${ours.serialNumber}`), BigInt(`0x${openSsl.serialNumber}`));
    assert.equal(ours.notBefore, Date.parse(openSsl.validFrom));
    assert.equal(ours.notAfter, Date.parse(openSsl.validTo));
    assert.equal(ours.isCa, openSsl.ca);
    assert.match(openSsl.subject, new RegExp(`CN=${nameText(ours.subject)}`));
  }
  assert.deepEqual(parseCertificate(pki.reader.certificate).dnsNames, ['localhost']);
});

test('the same bytes are parsed once, and never shared with the caller', () => {
  const bytes = new Uint8Array(pki.signer.certificate);
  const first = parseCertificate(bytes);
  assert.equal(parseCertificate(new Uint8Array(bytes)), first);
  bytes.fill(0);
  assert.deepEqual(first.encoded, new Uint8Array(pki.signer.certificate));
  const twin = new Uint8Array(pki.signer.certificate);
  twin[20] = (twin[20] ?? 0) ^ 1;
  assert.notEqual(parseCertificate(twin), first);
});

test('every shortened or extended certificate is refused', () => {
  const bytes = new Uint8Array(pki.signer.certificate);
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => parseCertificate(bytes.subarray(0, length)), { code: 'malformed/der' });
  }
  assert.throws(() => parseCertificate(new Uint8Array([...bytes, 0])), { code: 'malformed/der' });
  assert.throws(() => parseCertificate(new Uint8Array(20_000)), { code: 'limit/certificate' });
});

async function chainProblems(
  signer: Uint8Array,
  anchors: readonly Uint8Array[] = [pki.iaca.certificate],
) {
  const problems: string[] = [];
  const input = {
    signer: parseCertificate(signer),
    anchors: anchors.map((anchor) => ({
      certificate: parseCertificate(anchor),
      purposes: [DOCUMENT_SIGNER_PURPOSE],
    })),
    now: Date.now(),
    crypto,
  };
  const anchor = await checkIssuerChain(input, (code) => problems.push(code));
  return { problems, anchor };
}

test('a chain without key identifiers is found by its signature', async () => {
  const extensions = { subjectKeyIdentifier: undefined };
  const root = issueIaca({ extensions });
  const { certificate } = issueSigner(root, { extensions: { authorityKeyIdentifier: undefined } });
  const twin = issueIaca({ extensions }).certificate;
  const found = await chainProblems(certificate, [twin, root.certificate]);
  assert.deepEqual(found.problems, []);
  assert.deepEqual(found.anchor?.certificate.encoded, new Uint8Array(root.certificate));
  const stranger = await chainProblems(certificate, [twin]);
  assert.deepEqual(stranger.problems, ['untrusted_issuer/chain_signature']);
});

test('a reader certificate is no document signer, and everything wrong is reported', async () => {
  const reader = issueReader(pki.iaca, { subject: { CN: 'x', C: 'US' } }).certificate;
  const { problems } = await chainProblems(reader);
  assert.deepEqual(problems, ['untrusted_issuer/signer_purpose', 'untrusted_issuer/country']);
});

test('an unknown critical extension is refused', async () => {
  const other = { '1.2.3.4': { critical: true, value: Uint8Array.of(5, 0) } };
  const { certificate } = issueSigner(pki.iaca, { extensions: { other } });
  const { problems } = await chainProblems(certificate);
  assert.deepEqual(problems, ['untrusted_issuer/critical_extension']);
});

test('a key whose point is off the curve is refused', async () => {
  const key = newKeys().publicKey;
  key[key.length - 1] = (key[key.length - 1] ?? 0) ^ 1;
  const root = issueIaca({ spki: key, extensions: { subjectKeyIdentifier: undefined } });
  await assert.rejects(chainProblems(pki.signer.certificate, [root.certificate]), {
    code: 'unsupported/key',
  });
});
