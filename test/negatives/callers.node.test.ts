/**
 * What a caller without a compiler gets wrong: an option of a wrong type is named and ends the call,
 * and is never a weaker check. What a runtime may hand over instead of a plain array of bytes is taken.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { base64url } from '../../src/testing/issuer/bytes.ts';
import { encode } from '../../src/testing/issuer/cbor.ts';
import { buildResponse, DEFAULT_TRANSCRIPT } from '../../src/testing/issuer/mdoc.ts';
import { MDL, MNC } from '../../src/testing/issuer/persons.ts';
import { issueIaca } from '../../src/testing/issuer/pki.ts';
import * as api from '../../src/verifier/index.ts';
import { sealEnvelope } from '../../src/wire/envelope.ts';
import { IdVerifyError } from '../../src/wire/error.ts';
import { createKey, sign } from '../../src/wire/session-key.ts';
import vectors from '../envelopes/envelopes.json' with { type: 'json' };
import { days, NOW, type Options, pki, refusedWith, verify } from './neg.ts';

const root = pki.iaca.certificate;
const response = buildResponse({ pki });
const expired = buildResponse({ pki, validity: { validUntil: days(-0.5) } });
const anything = [undefined, null, 0, 'x', true, [], {}, () => {}, new Map(), new Uint8Array(3)];

/** Calls a function with good options but for `changes`, and with options that are none. */
async function rejects(
  call: (options: never) => unknown,
  good: object,
  changes: Readonly<Record<string, readonly unknown[]>>,
  none: readonly unknown[] = [undefined, null, 1, 'x', []],
): Promise<void> {
  const code = 'config/option';
  for (const [name, values] of Object.entries(changes)) {
    for (const value of values) {
      const what = `${name}: ${String(value)}`;
      await refusedWith(code, async () => call({ ...good, [name]: value } as never), what);
    }
  }
  for (const options of none) {
    await refusedWith(code, async () => call(options as never), String(options));
  }
}

/** Anything but values of a kind. */
const but = (isOfKind: (value: unknown) => boolean, ...more: readonly unknown[]) => [
  ...anything.filter((value) => !isOfKind(value)),
  ...more,
];
const isBytes = (value: unknown) => value instanceof Uint8Array;
const notBytes = but(
  isBytes,
  new Uint16Array(2),
  new ArrayBuffer(2),
  new DataView(new ArrayBuffer(2)),
);
const notGiven = (value: unknown) => value === undefined;

test('verifyDeviceResponse: each option of a wrong type', async () => {
  const anchors = (...certificates: unknown[]) => [{ docType: MNC, certificates }];
  await rejects(
    api.verifyDeviceResponse,
    {
      deviceResponse: response,
      sessionTranscript: DEFAULT_TRANSCRIPT,
      trustAnchors: anchors(root),
      docType: MNC,
    },
    {
      deviceResponse: notBytes,
      sessionTranscript: notBytes,
      trustAnchors: but(Array.isArray, [null], [{}], anchors('x'), anchors(null), [
        { docType: MNC, certificates: root },
      ]),
      docType: but((value) => typeof value === 'string'),
      now: but(
        (value) => notGiven(value) || typeof value === 'number',
        ...[
          Number.NaN,
          Number.POSITIVE_INFINITY,
          9e15,
          new Date(Number.NaN),
          `${NOW}`,
          BigInt(NOW),
        ],
      ),
      requested: [null, 'x', [], { x: null }, { x: ['y'] }, { x: { y: 'true' } }],
      optional: [null, 'x', { x: null }, { x: 'y' }, { x: {} }, { x: [1] }],
      individualNumber: [null, true, 'law', {}, { legalBasis: '' }, { legalBasis: {} }],
      crypto: [null, 'x', {}, { importKey: () => {} }],
      readerKey: [null, 'x', []],
      certificateEku: [null, 'x', [1]],
      revocation: [
        null,
        'x',
        {},
        { sources: null },
        { sources: ['x'] },
        { sources: [], onUndetermined: 'ignore' },
      ],
      signal: [null, 'x', {}],
    },
  );
});

test('no time lets an expired document pass', async () => {
  for (const now of [undefined, Number.NaN, new Date(Number.NaN), 'x', null, NOW, new Date()]) {
    await assert.rejects(verify({}, { deviceResponse: expired, now } as Options), IdVerifyError);
  }
  await verify({}, { deviceResponse: expired, now: days(-0.6) });
  await verify({}, { now: undefined } as unknown as Options);
});

test('bytes are taken from wherever they are', async () => {
  const shared = (bytes: Uint8Array) => {
    const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
    copy.set(bytes);
    return copy;
  };
  const inside = (bytes: Uint8Array) => {
    const larger = new Uint8Array(bytes.length + 20).fill(0xff);
    larger.set(bytes, 7);
    return larger.subarray(7, 7 + bytes.length);
  };
  const foreign = (bytes: Uint8Array): Uint8Array =>
    runInNewContext('Uint8Array.from(numbers)', { numbers: [...bytes] });
  for (const make of [shared, inside, foreign, (bytes: Uint8Array) => Buffer.from(bytes)]) {
    await verify(
      {},
      {
        deviceResponse: make(response),
        sessionTranscript: make(DEFAULT_TRANSCRIPT),
        trustAnchors: [{ docType: MNC, certificates: [make(root)] }],
      },
    );
  }
});

test('what the caller changes while it waits changes nothing', async () => {
  const deviceResponse = Uint8Array.from(response);
  const sessionTranscript = Uint8Array.from(DEFAULT_TRANSCRIPT);
  const verification = verify({}, { deviceResponse, sessionTranscript });
  deviceResponse.fill(0);
  sessionTranscript.fill(0);
  await verification;
});

test('what the caller does with a result changes no later one', async () => {
  const { issuer } = await verify();
  issuer.signerCertificate.fill(0);
  issuer.anchorCertificate.fill(0);
  assert.deepEqual((await verify()).issuer.anchorCertificate, new Uint8Array(root));
});

test('anchors: what is none is a fault of the deployment, those of other documents are not read', async () => {
  const given = (docType: string, ...certificates: Uint8Array[]) => [{ docType, certificates }];
  for (const junk of [
    new Uint8Array(),
    new Uint8Array(5),
    root.subarray(1),
    new Uint8Array(20_000),
  ]) {
    const trustAnchors = given(MNC, root, junk);
    await refusedWith('config/trust_anchor', verify({}, { trustAnchors }));
    await verify({}, { trustAnchors: [...given(MDL, junk), ...given(MNC, root)] });
  }
  const sameName = Array.from({ length: 5 }, () => issueIaca().certificate);
  await verify({}, { trustAnchors: given(MNC, ...sameName, root, ...sameName) });
  await verify({}, { trustAnchors: [...given(MNC, ...sameName), ...given(MNC, root)] });
});

test('a source of revocation that fails leaves the check undetermined, and the others are asked', async () => {
  const fails = () => {
    throw new TypeError('a fault');
  };
  const unknown = (_: unknown, fail: (code: never) => void) => fail('nonsense' as never);
  const withSources = (...sources: unknown[]) =>
    ({ revocation: { sources, onUndetermined: 'accept' } }) as Options;
  const notMade = [api.crlSource, api.statusListSource];
  for (const source of [fails, unknown, async () => fails(), ...notMade]) {
    const revocation = { sources: [source] } as Options['revocation'];
    await refusedWith('undetermined/revocation_source', verify({}, { revocation } as Options));
    const { checks } = await verify({}, withSources(source));
    assert.equal(checks.find(({ id }) => id === 'mdoc.revocation')?.outcome, 'undetermined');
    const revokes: api.RevocationSource = (_, fail) => fail('revoked/signer');
    await refusedWith('revoked/signer', verify({}, withSources(source, revokes)));
  }
});

test('a request key that is none', async () => {
  const macWith = pki.signer.keys.publicKey;
  const jwk = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', d: 'AA' } as const;
  for (const readerKey of [{}, jwk] as Options['readerKey'][]) {
    await refusedWith('config/private_key', verify({ macWith }, { readerKey } as Options));
  }
});

test('transcripts, decryption and requests: each option of a wrong type', async () => {
  const notText = but((value) => typeof value === 'string', '\ud800');
  const origin = 'https://rp.example';
  await rejects(
    api.isoMdocSessionTranscript,
    { encryptionInfo: 'a', origin },
    { encryptionInfo: notText, origin: notText },
  );
  await rejects(
    api.openId4VpSessionTranscript,
    { origin, nonce: 'n', jwkThumbprint: null },
    {
      origin: notText,
      nonce: notText,
      jwkThumbprint: notBytes.filter((value) => value !== null),
    },
  );
  const { privateKey, encryptionInfo } = await api.buildEncryptionInfo();
  const sessionTranscript = await api.isoMdocSessionTranscript({ encryptionInfo, origin });
  const sealed = { enc: new Uint8Array(65), cipherText: new Uint8Array(20) };
  const encrypted = base64url(encode(['dcapi', sealed]));
  const good = { response: encrypted, privateKey, sessionTranscript };
  await rejects(api.decryptDeviceResponse, good, {
    response: but((value) => typeof value === 'string'),
    privateKey: [null, 'x', []],
    sessionTranscript: notBytes,
  });
  await refusedWith('decryption/hpke', api.decryptDeviceResponse(good));
  const noKey = { ...good, privateKey: {} as typeof privateKey };
  await refusedWith('config/private_key', api.decryptDeviceResponse(noKey));

  const document = { docType: MNC, nameSpaces: { x: { y: false } } };
  const asking = { documents: [document], sessionTranscript };
  await api.buildDeviceRequest(asking);
  await rejects(api.buildDeviceRequest, asking, {
    version: ['2.0', 1, null],
    documents: but(
      () => false,
      [null],
      [{}],
      ...[null, {}, [], { x: {} }, { x: ['y'] }, { x: { y: 1 } }].map((nameSpaces) => [
        { ...document, nameSpaces },
      ]),
      [{ ...document, docType: 1 }],
    ),
    sessionTranscript: notBytes,
    reader: [null, {}, { certificates: [1], sign: () => {} }, { certificates: [root] }],
  });
  const signing = (...signatures: unknown[]) =>
    Promise.all(
      signatures.map((signature) => {
        const reader = { certificates: [root], sign: async () => signature as Uint8Array };
        return refusedWith(
          'config/reader_signature',
          api.buildDeviceRequest({ ...asking, reader }),
        );
      }),
    );
  await signing(undefined, 'x', new Uint8Array(63), new Uint8Array(72));
  const sign = () => Promise.reject(new Error('no such key'));
  const reader = { certificates: [root], sign };
  await refusedWith('config/reader_signature', api.buildDeviceRequest({ ...asking, reader }));
  const nobody = { certificates: [], sign: async () => new Uint8Array(64) };
  await refusedWith('config/reader_chain', api.buildDeviceRequest({ ...asking, reader: nobody }));
});

test('evidence, records and published lists: each option of a wrong type', async () => {
  const envelope = Buffer.from(vectors[0]?.evidence ?? '', 'hex');
  const key = await createKey();
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', key.publicKey);
  const publicKey = { kty: 'EC', crv: 'P-256', x, y } as const;
  await rejects(
    api.verifyEvidence,
    { envelope, publicKey },
    {
      envelope: notBytes,
      publicKey: but(() => false, { ...publicKey, x: '' }, { ...publicKey, crv: 'P-384' }),
      crypto: [null, 'x', {}],
    },
  );
  await refusedWith('session/signature', api.verifyEvidence({ envelope, publicKey }));
  const off = { ...publicKey, y: x };
  await refusedWith('unsupported/key', api.verifyEvidence({ envelope, publicKey: off }));
  const sealed = await sealEnvelope(
    {
      ...{ v: 1, sid: 's', challenge: new Uint8Array(32), aud: 'a', origin: 'o', method: 'wallet' },
      ...{ seq: 0, prev: new Uint8Array(32), at: 0, widget: 'w', body: null },
    },
    (data) => sign(key, data),
  );
  const exported = { ...publicKey, ext: true, key_ops: ['verify'] };
  assert.equal((await api.verifyEvidence({ envelope: sealed, publicKey: exported })).sid, 's');

  const record = { receivedAt: NOW, checks: [], proof: {} };
  for (const wrong of [
    ...[undefined, null, 1, 'x', [], {}, record],
    ...[Number.NaN, null, 'x'].map((receivedAt) => ({ ...record, receivedAt })),
    ...[null, 'x', [null], [{}]].map((checks) => ({ ...record, checks })),
    ...[null, 'x', []].map((proof) => ({ ...record, proof })),
  ]) {
    await refusedWith('malformed/record', api.verifyRecord(wrong as never), String(wrong));
  }
  await rejects(
    (options: object) => api.verifyRecord(record, options),
    {},
    {
      document: but((value) => notGiven(value) || isBytes(value)),
      trustAnchors: but((value) => notGiven(value) || Array.isArray(value), [null], ['x']),
    },
    [null, 1, 'x', []],
  );
  await rejects(
    api.importVical,
    { vical: new Uint8Array(3), trusted: [root], now: NOW },
    {
      vical: notBytes,
      trusted: but(Array.isArray, [null], ['x']),
      now: [null, 'x', Number.NaN, undefined],
      atLeast: [null, 'x', Number.NaN],
      crypto: [null, {}],
    },
  );
  for (const value of notBytes)
    await refusedWith('config/option', () => api.fixedCrl(value as never));
  for (const source of [api.crlSource, api.statusListSource]) {
    for (const options of [
      ...[{ fetch: 'x' }, { maxBytes: Number.NaN }, { maxBytes: 0 }, { timeoutMs: -1 }],
      ...[{ timeoutMs: Number.POSITIVE_INFINITY }, null, 'x'],
    ]) {
      await refusedWith('config/option', () => source(options as never));
    }
  }
});
