import assert from 'node:assert/strict';
import { test } from 'node:test';
import vectors from '../../test/envelopes/envelopes.json' with { type: 'json' };
import { refusal } from '../../test/refusal.ts';
import { parseBody } from './body.ts';
import { equalBytes, fromHex } from './bytes.ts';
import { type CborInput, Tagged } from './cbor.ts';
import { confirmBody } from './confirm.ts';
import { METHODS } from './contract.ts';
import { envelopeHash, parseEnvelope, sealEnvelope } from './envelope.ts';
import { writeCbor } from './writer.ts';

const bytes = (length: number) => new Uint8Array(length).fill(7);
const signature = async () => bytes(64);
const FIELDS = {
  v: 1,
  sid: 'session',
  challenge: bytes(32),
  aud: 'https://verifier.example',
  origin: 'https://shop.example',
  method: 'wallet',
  seq: 0,
  prev: bytes(32),
  at: 1_795_305_600_000,
  widget: '0.1.0',
  body: {},
} as const;
const HEADER = fromHex('a2012603781a6170706c69636174696f6e2f69642d7665726966792b63626f72');

function sign1(...members: CborInput[]): Uint8Array {
  return writeCbor(new Tagged<CborInput>(18, members));
}
const code = (message: Uint8Array) => refusal(() => parseEnvelope(message));
const withPayload = (payload: CborInput) => code(sign1(HEADER, {}, writeCbor(payload), bytes(64)));

test('one vector for each method', () => {
  assert.deepEqual(
    vectors.map(({ method }) => method),
    [...METHODS],
  );
});

for (const vector of vectors) {
  test(`vector ${vector.method}: parses, verifies, chains, and is what sealing it again gives`, async () => {
    const key = await crypto.subtle.importKey(
      'jwk',
      vector.publicKey,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const sent = [fromHex(vector.evidence), fromHex(vector.confirmation)] as const;
    const [evidence, confirmation] = [parseEnvelope(sent[0]), parseEnvelope(sent[1])];
    for (const [i, { payload, toBeSigned, signature }] of [evidence, confirmation].entries()) {
      const scheme = { name: 'ECDSA', hash: 'SHA-256' };
      assert.ok(await crypto.subtle.verify(scheme, key, signature, toBeSigned));
      assert.equal(payload.method, vector.method);
      assert.equal(payload.seq, i);
      const again = await sealEnvelope({ ...payload, body: payload.body }, async () => signature);
      assert.deepEqual(again, sent[i]);
    }
    assert.ok(equalBytes(evidence.payload.prev, await envelopeHash(evidence.payload.challenge)));
    assert.ok(equalBytes(confirmation.payload.prev, await envelopeHash(sent[0])));
    const { reviewHash, disputed } = parseBody(confirmBody, confirmation.payload.body);
    assert.equal(reviewHash.length, 32);
    assert.equal(disputed, undefined);
  });
}

test('the first bytes are those of RFC 9052', async () => {
  const sealed = await sealEnvelope(FIELDS, signature);
  assert.deepEqual(sealed.subarray(0, 2), fromHex('d284'));
  assert.deepEqual(sealed.subarray(4, 4 + HEADER.length), HEADER);
  const { toBeSigned } = parseEnvelope(sealed);
  const head = fromHex('846a5369676e61747572653158');
  assert.deepEqual(toBeSigned.subarray(0, head.length), head);
});

test('is refused unless it is our COSE_Sign1', () => {
  const payload = writeCbor(FIELDS);
  assert.equal(code(sign1(HEADER, {}, payload, bytes(64))), undefined);
  assert.equal(code(writeCbor([HEADER, {}, payload, bytes(64)])), 'malformed/envelope');
  assert.equal(
    code(writeCbor(new Tagged<CborInput>(17, [HEADER, {}, payload, bytes(64)]))),
    'malformed/tag',
  );
  assert.equal(code(sign1(HEADER, {}, payload)), 'malformed/envelope');
  assert.equal(code(sign1(HEADER, {}, null, bytes(64))), 'malformed/envelope');
  assert.equal(code(sign1(HEADER, { 1: 0 }, payload, bytes(64))), 'malformed/envelope_header');
  assert.equal(code(sign1(HEADER, [], payload, bytes(64))), 'malformed/envelope_header');
  const none = writeCbor(new Map([[1, -35]]));
  assert.equal(code(sign1(none, {}, payload, bytes(64))), 'session/algorithm');
  assert.equal(code(sign1('', {}, payload, bytes(64))), 'session/algorithm');
  assert.equal(code(sign1(HEADER, {}, payload, bytes(63))), 'malformed/envelope_signature');
  assert.equal(code(sign1(HEADER, {}, payload, '')), 'malformed/envelope_signature');
});

test('is refused unless the payload has exactly the known fields', () => {
  const { seq, ...withoutSeq } = FIELDS;
  assert.equal(seq, 0);
  for (const payload of [
    withoutSeq,
    { ...FIELDS, extra: 1 },
    JSON.parse('{"__proto__": 1}'),
    [FIELDS],
    new Map<CborInput & (string | number), CborInput>([...Object.entries(FIELDS), [1, 1]]),
    { ...FIELDS, v: '1' },
    { ...FIELDS, sid: '' },
    { ...FIELDS, sid: 'a b' },
    { ...FIELDS, challenge: bytes(31) },
    { ...FIELDS, challenge: 'text' },
    { ...FIELDS, prev: bytes(33) },
    { ...FIELDS, aud: '' },
    { ...FIELDS, origin: 'x'.repeat(301) },
    { ...FIELDS, method: 'jpki2' },
    { ...FIELDS, seq: -1 },
    { ...FIELDS, seq: 2n ** 60n },
    { ...FIELDS, at: 'now' },
    { ...FIELDS, widget: 'x'.repeat(65) },
  ] as CborInput[]) {
    assert.equal(withPayload(payload), 'malformed/envelope_payload');
  }
  assert.equal(withPayload({ ...FIELDS, v: 2 }), 'unsupported/envelope_version');
  assert.equal(withPayload({ ...FIELDS, body: null }), undefined);
});

test('is refused unless every part is deterministic and of allowed content', () => {
  const loose = (payload: string) => code(sign1(HEADER, {}, fromHex(payload), bytes(64)));
  assert.equal(loose('a000'), 'malformed/trailing_bytes');
  assert.equal(loose('a161761801'), 'malformed/non_minimal');
  assert.equal(loose('a16176f93c00'), 'malformed/float');
  assert.equal(loose('a26176016173f6'), 'malformed/key_order');
  const sealed = sign1(HEADER, {}, writeCbor(FIELDS), bytes(64));
  assert.equal(code(sealed.subarray(0, -1)), 'malformed/truncated');
});

test('a confirmation holds the hash of the review, and perhaps a dispute, nothing else', () => {
  const hash = bytes(32);
  const body = (fields: Record<string, unknown>) =>
    refusal(() => parseBody(confirmBody, new Map(Object.entries(fields))));
  assert.equal(body({ reviewHash: hash }), undefined);
  assert.equal(body({ reviewHash: hash, disputed: true }), undefined);
  assert.equal(body({ reviewHash: hash, disputed: false }), 'malformed/envelope_body');
  assert.equal(body({ reviewHash: hash, other: 1 }), 'malformed/envelope_body');
  assert.equal(body({ reviewHash: bytes(31) }), 'malformed/envelope_body');
  assert.equal(body({}), 'malformed/envelope_body');
  assert.equal(
    refusal(() => parseBody(confirmBody, { reviewHash: hash })),
    'malformed/envelope_body',
  );
});
