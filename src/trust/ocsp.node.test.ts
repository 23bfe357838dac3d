import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { children, readDer, TAG } from '../crypto/der.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import * as der from '../testing/issuer/der.ts';
import { newKeys, sign } from '../testing/issuer/keys.ts';
import { certify } from '../testing/issuer/x509.ts';
import { createCards } from '../testing/phone/card.ts';
import { utf8 } from '../wire/bytes.ts';
import { parseCertificate } from './certificate.ts';
import { type OcspOptions, ocspSource } from './ocsp.ts';
import type { RevocationInput } from './revocation.ts';

const now = Math.floor(Date.now() / 1_000) * 1_000;
const at = (days: number) => new Date(now + days * 86_400_000);
const { cards, root } = createCards(() => now);
const responder = certify({
  subject: { CN: 'TEST responder', C: 'JP' },
  keys: newKeys('P-256'),
  issuer: root,
  notBefore: at(-1),
  notAfter: at(1),
});
const URL_OF_RESPONDER = 'https://ocsp.test.invalid/';

const input: RevocationInput = {
  signer: parseCertificate(cards.good.certificate),
  anchor: parseCertificate(root.certificate),
  status: undefined,
  now,
  crypto: defaultCrypto(),
};

const generalized = (date: Date) =>
  der.tlv(0x18, utf8(`${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));

interface Answering {
  status?: Uint8Array;
  from?: Date;
  until?: Date | undefined;
  keys?: typeof responder.keys;
  nonce?: Uint8Array | undefined;
  otherSerial?: boolean;
}

/** What a responder makes of a request. */
function answerTo(request: Uint8Array, changes: Answering): Uint8Array<ArrayBuffer> {
  const { status = new Uint8Array([0x80, 0]), from = at(-0.01), keys = responder.keys } = changes;
  const until = 'until' in changes ? changes.until : at(1);
  const [tbs] = children(readDer(request, TAG.sequence));
  assert.ok(tbs);
  const [list, extensions] = children(tbs);
  assert.ok(list && extensions);
  const [one] = children(list);
  const [certId] = one ? children(one) : [];
  assert.ok(certId);
  const [, , , serial] = children(certId);
  const asked = changes.otherSerial
    ? certId.encoded.with(certId.encoded.length - 1, 0)
    : certId.encoded;
  assert.ok(serial);
  const nonceList = children(extensions)[0]?.encoded ?? new Uint8Array();
  const said =
    'nonce' in changes
      ? changes.nonce &&
        der.sequence(
          der.sequence(der.oid('1.3.6.1.5.5.7.48.1.2'), der.octets(der.octets(changes.nonce))),
        )
      : nonceList;
  const single = der.sequence(
    asked,
    status,
    generalized(from),
    ...(until ? [der.context(0, generalized(until))] : []),
  );
  const data = der.sequence(
    der.context(2, der.octets(new Uint8Array(20))),
    generalized(at(0)),
    der.sequence(single),
    ...(said ? [der.context(1, said)] : []),
  );
  const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
  const basic = der.sequence(data, algorithm, der.bits(sign(keys, data, 'der')));
  const wrapped = der.sequence(der.oid('1.3.6.1.5.5.7.48.1.1'), der.octets(basic));
  return new Uint8Array(der.sequence(der.enumerated(0), der.context(0, wrapped)));
}

async function ask(changes: Answering | Response = {}, options: Partial<OcspOptions> = {}) {
  const found: string[] = [];
  const notes: string[] = [];
  const source = ocspSource({
    responder: URL_OF_RESPONDER,
    certificates: [responder.certificate],
    fetch: async (request) => {
      assert.equal(request.url, URL_OF_RESPONDER);
      assert.equal(request.headers.get('content-type'), 'application/ocsp-request');
      if (changes instanceof Response) return changes;
      return new Response(answerTo(new Uint8Array(await request.arrayBuffer()), changes));
    },
    ...options,
  });
  await source({ ...input, note: (how) => notes.push(how) }, (code) => found.push(code));
  return { found, notes };
}

describe('a responder', () => {
  it('that says good is believed, and its name recorded', async () => {
    for (const hash of ['SHA-1', 'SHA-256'] as const) {
      const { found, notes } = await ask({}, { hash });
      assert.deepEqual([found, notes], [[], [`asked of ${URL_OF_RESPONDER}`]]);
    }
    assert.deepEqual((await ask({ nonce: undefined })).found, [], 'without a nonce');
  });

  const revoked = der.tlv(0xa1, generalized(at(-1)));
  const cases: Record<string, [string, Answering | Response]> = {
    revoked: ['revoked/signer', { status: revoked }],
    unknown: ['undetermined/ocsp_unknown', { status: new Uint8Array([0x82, 0]) }],
    'something about another certificate': ['undetermined/ocsp_unknown', { otherSerial: true }],
    'another nonce': ['undetermined/ocsp_stale', { nonce: new Uint8Array(32) }],
    'what is over': ['undetermined/ocsp_stale', { from: at(-2), until: at(-1) }],
    'what is to come': ['undetermined/ocsp_stale', { from: at(0.5) }],
    'what names no end and is old': ['undetermined/ocsp_stale', { from: at(-1), until: undefined }],
    'something in another’s name': ['undetermined/ocsp_signature', { keys: newKeys('P-256') }],
    'that it cannot': [
      'undetermined/ocsp_unreadable',
      new Response(new Uint8Array(der.sequence(der.enumerated(6)))),
    ],
    nothing: ['undetermined/ocsp_unreachable', new Response(null, { status: 503 })],
    'far too much': ['undetermined/ocsp_unreachable', new Response(new Uint8Array(200_000))],
  };
  for (const [what, [code, answer]] of Object.entries(cases)) {
    it(`that says ${what}: ${code}`, async () => {
      assert.deepEqual((await ask(answer)).found, [code]);
    });
  }

  it('whose own certificate has run out is not believed', async () => {
    const old = certify({
      subject: { CN: 'TEST responder', C: 'JP' },
      keys: responder.keys,
      issuer: root,
      notBefore: at(-9),
      notAfter: at(-1),
    });
    const { found } = await ask({}, { certificates: [old.certificate] });
    assert.deepEqual(found, ['undetermined/ocsp_signature']);
  });

  it('is named by the operator, or nothing starts', () => {
    for (const options of [
      { responder: 'ftp://x', certificates: [responder.certificate] },
      { responder: URL_OF_RESPONDER, certificates: [] },
    ]) {
      assert.throws(() => ocspSource(options), { code: 'config/option' });
    }
  });
});
