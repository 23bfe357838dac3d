/** A card's certificate, its signature and a responder's answers, all made by OpenSSL. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  directoryCrl,
  type OcspOptions,
  ocspSource,
  type RevocationSource,
  verifyJpkiSignature,
} from '../../src/verifier/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
after(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const bytes = (name: string) => new Uint8Array(readFileSync(path(name)));

function openssl(...words: string[]): void {
  const { status, stderr } = spawnSync('openssl', words, { cwd: folder });
  assert.equal(status, 0, String(stderr));
}

const CONFIG = `
[req]
distinguished_name = dn
prompt = no
[dn]
C = JP
O = JPKI
OU = JPKI for digital signature
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[card]
keyUsage = critical,digitalSignature,nonRepudiation
certificatePolicies = critical,@policy
subjectAltName = @holder
issuerAltName = dirName:service
crlDistributionPoints = point
authorityKeyIdentifier = keyid,issuer:always
subjectKeyIdentifier = hash
[policy]
policyIdentifier = 1.2.392.200149.8.5.1.1.20
CPS.1 = http://www.jpki.go.jp/cps.html
[holder]
otherName.1 = 1.2.392.200149.8.5.5.1;FORMAT:UTF8,UTF8:番号　太郎
otherName.2 = 1.2.392.200149.8.5.5.4;FORMAT:UTF8,UTF8:319500101
otherName.3 = 1.2.392.200149.8.5.5.3;FORMAT:UTF8,UTF8:1
otherName.4 = 1.2.392.200149.8.5.5.5;FORMAT:UTF8,UTF8:〇〇県△△市１－２
otherName.5 = 1.2.392.200149.8.5.5.2;FORMAT:UTF8,UTF8:00001
otherName.6 = 1.2.392.200149.8.5.5.6;FORMAT:UTF8,UTF8:0000000000
[service]
C = JP
O = JPKI service
[point]
fullname = dirName:place
[place]
C = JP
O = JPKI
1.OU = CRL Distribution Points
CN = Somewhere
`;

before(() => {
  writeFileSync(path('openssl.cnf'), CONFIG);
  writeFileSync(path('signed'), '同意します。');
  for (const root of ['old', 'now', 'next']) {
    const made = ['-keyout', `${root}.key`, '-out', `${root}.pem`, '-days', '3650'];
    const from = ['-config', 'openssl.cnf', '-extensions', 'ca', '-newkey', 'rsa:2048', '-noenc'];
    openssl('req', '-x509', ...from, ...made);
    openssl('x509', '-in', `${root}.pem`, '-outform', 'DER', '-out', `${root}.der`);
  }
  const subject = ['-subj', '/C=JP/L=Somewhere/CN=card'];
  openssl(
    ...['req', '-newkey', 'rsa:2048', '-noenc', '-keyout', 'card.key'],
    '-out',
    'csr',
    ...subject,
  );
  const issuer = ['-CA', 'now.pem', '-CAkey', 'now.key', '-set_serial', '80000001'];
  const profile = ['-extfile', 'openssl.cnf', '-extensions', 'card', '-outform', 'DER'];
  openssl('x509', '-req', '-in', 'csr', '-out', 'card.der', '-days', '1800', ...issuer, ...profile);
  openssl('dgst', '-sha256', '-sign', 'card.key', '-out', 'signature', 'signed');
});

const verify = (roots: readonly string[], ...sources: RevocationSource[]) =>
  verifyJpkiSignature({
    certificate: bytes('card.der'),
    signature: bytes('signature'),
    signed: bytes('signed'),
    trustAnchors: roots.map((root) => bytes(`${root}.der`)),
    now: new Date(),
    ...(sources.length > 0 && { revocation: { sources } }),
  });

/** `openssl ocsp` answers; `V` for a certificate in force, `R` for one revoked. */
function responder(state: 'V' | 'R', changes: Partial<OcspOptions> = {}): RevocationSource {
  const revokedAt = state === 'R' ? '200101000000Z' : '';
  writeFileSync(path('index'), `${state}\t401231000000Z\t${revokedAt}\t04C4B401\tunknown\t/CN=x\n`);
  return ocspSource({
    responder: 'http://responder.test.invalid/',
    certificates: [bytes('now.der')],
    fetch: async (request) => {
      writeFileSync(path('question'), new Uint8Array(await request.arrayBuffer()));
      const signer = ['-CA', 'now.pem', '-rsigner', 'now.pem', '-rkey', 'now.key', '-ndays', '1'];
      openssl(
        ...['ocsp', '-index', 'index', '-reqin', 'question', '-respout', 'answer'],
        ...signer,
      );
      return new Response(bytes('answer'));
    },
    ...changes,
  });
}

describe('what OpenSSL has made', () => {
  it('is read and believed, whatever the order of the roots', async () => {
    for (const roots of [
      ['old', 'now', 'next'],
      ['next', 'old', 'now'],
    ]) {
      const { person, policy, checks } = await verify(roots);
      assert.deepEqual(person, {
        name: '番号　太郎',
        nameSubstituted: true,
        birthDate: '1950-01-01',
        sex: 'male',
        address: '〇〇県△△市１－２',
        addressSubstituted: false,
      });
      assert.equal(policy, '1.2.392.200149.8.5.1.1.20');
      assert.equal(checks.find(({ id }) => id === 'jpki.chain')?.outcome, 'passed');
    }
    await assert.rejects(verify(['old', 'next']), { code: 'untrusted_issuer/chain_signature' });
  });

  it('is asked of OpenSSL’s responder: in force, revoked, or known to another', async () => {
    for (const hash of ['SHA-1', 'SHA-256'] as const) {
      const { checks } = await verify(['now'], responder('V', { hash }));
      assert.equal(checks.at(-1)?.outcome, 'passed');
    }
    await assert.rejects(verify(['now'], responder('R')), { code: 'revoked/certificate' });
    const stranger = responder('V', { certificates: [bytes('next.der')] });
    await assert.rejects(verify(['now'], stranger), { code: 'undetermined/ocsp_signature' });
  });

  it('names the place of its list, as LDAP takes it', async () => {
    const places: string[] = [];
    const source = directoryCrl(async ({ name }) => {
      places.push(name);
      throw new TypeError('nobody there');
    });
    await assert.rejects(verify(['now'], source), { code: 'undetermined/crl_unreachable' });
    assert.deepEqual(places, ['CN=Somewhere,OU=CRL Distribution Points,O=JPKI,C=JP']);
  });
});
