/** Cases 44 to 52: the wallet holds the key the issuer signed, in this session. */

import { generateKeyJwk } from '../../src/crypto/web-crypto.ts';
import { isoMdocSessionTranscript, openId4VpSessionTranscript } from '../../src/mdoc/transcript.ts';
import { flipBit } from '../../src/testing/issuer/bytes.ts';
import type { Cbor } from '../../src/testing/issuer/cbor.ts';
import { newKeys } from '../../src/testing/issuer/keys.ts';
import {
  DEFAULT_TRANSCRIPT,
  issue,
  present,
  type ResponsePlan,
} from '../../src/testing/issuer/mdoc.ts';
import { MDL } from '../../src/testing/issuer/persons.ts';
import { isoMdocTranscript, openId4VpTranscript } from '../../src/testing/issuer/transcript.ts';
import { publicKeyOf, spkiOf } from '../node-keys.ts';
import { neg, pki, refusedWith, refuses, verify } from './neg.ts';

type Edits = Required<NonNullable<ResponsePlan['edits']>>;
const edited = (edits: Partial<Edits>): ResponsePlan => ({ edits });
const proof = (change: Edits['deviceProof']) => edited({ deviceProof: change });

neg(44, 'deviceAuth missing', () =>
  refuses(
    [
      'deviceSigned',
      'device_binding/missing',
      edited({ document: ({ deviceSigned: _, ...it }) => it }),
    ],
    ['deviceAuth empty', 'device_binding/missing', edited({ deviceAuth: () => ({}) })],
    [
      'neither signature nor MAC',
      'device_binding/missing',
      edited({ deviceAuth: (it) => ({ x: Object.values(it)[0] }) }),
    ],
    [
      'signature and MAC both',
      'device_binding/ambiguous',
      edited({ deviceAuth: (it) => ({ ...it, deviceMac: it.deviceSignature }) }),
    ],
    [
      'deviceAuth absent',
      'device_binding/missing',
      edited({
        document: (it) => ({
          ...it,
          deviceSigned: { nameSpaces: (it.deviceSigned as Record<string, Cbor>).nameSpaces },
        }),
      }),
    ],
  ),
);

neg(45, 'device signature corrupt or by another key', async () => {
  const credentials = [{ ...issue({ signer: pki.signer }), deviceKeys: newKeys() }];
  const deviceResponse = present({ credentials, sessionTranscript: DEFAULT_TRANSCRIPT });
  const individualNumber = { legalBasis: { ja: '試験', en: 'test' } };
  await refusedWith('device_binding/signature', verify({}, { deviceResponse, individualNumber }));
  await refuses(
    ['a bit', 'device_binding/signature', proof(([p, u, b, s]) => [p, u, b, flipBit(s)])],
    ['empty', 'device_binding/signature', proof(([p, u, b]) => [p, u, b, new Uint8Array()])],
    ['zero', 'device_binding/signature', proof(([p, u, b]) => [p, u, b, new Uint8Array(64)])],
    [
      'alg of another curve',
      'unsupported/algorithm',
      proof(([, u, b, s]) => [Uint8Array.of(0xa1, 1, 0x38, 34), u, b, s]),
    ],
    [
      'a payload of its own',
      'device_binding/attached_payload',
      proof(([p, u, , s]) => [p, u, new Uint8Array(1), s]),
    ],
    [
      'another device key in the MSO',
      'device_binding/signature',
      edited({
        mso: (it) => {
          const { x, y } = publicKeyOf(newKeys()).export({ format: 'jwk' });
          const coordinate = (text = '') => new Uint8Array(Buffer.from(text, 'base64url'));
          const key = new Map<Cbor, Cbor>([
            [1, 2],
            [-1, 1],
            [-2, coordinate(x)],
            [-3, coordinate(y)],
          ]);
          return { ...it, deviceKeyInfo: { deviceKey: key } };
        },
      }),
    ],
  );
});

neg(46, 'DeviceAuthentication over another docType, or other namespaces', () =>
  refuses(
    [
      'docType',
      'device_binding/signature',
      edited({ deviceAuthentication: ([a = null, b = null, , d = null]) => [a, b, MDL, d] }),
    ],
    [
      'namespaces',
      'device_binding/signature',
      edited({ deviceAuthentication: (it) => [...it.slice(0, 3), Uint8Array.of(0xa0)] }),
    ],
    [
      'another context',
      'device_binding/signature',
      edited({ deviceAuthentication: (it) => ['ReaderAuthentication', ...it.slice(1)] }),
    ],
  ),
);

const origin = 'https://rp.example';
const nonce = 'bm9uY2U';
const encryptionInfo = 'gmVkY2FwaaA';
const thumbprint = new Uint8Array(32);
const ours = {
  annexC: await isoMdocSessionTranscript({ encryptionInfo, origin }),
  openId: await openId4VpSessionTranscript({ origin, nonce, jwkThumbprint: thumbprint }),
};

/** Signed for the first transcript, judged by the second. */
const bound = (signedFor: Uint8Array, sessionTranscript: Uint8Array) =>
  verify({ sessionTranscript: signedFor }, { sessionTranscript });

const isRefused = (signedFor: Uint8Array, expected: Uint8Array) =>
  refusedWith('device_binding/signature', bound(signedFor, expected));

neg(47, 'wrong origin', async () => {
  await bound(isoMdocTranscript(encryptionInfo, origin), ours.annexC);
  await bound(openId4VpTranscript(origin, nonce, thumbprint), ours.openId);
  for (const other of [
    'https://evil.example',
    `${origin}/`,
    `${origin}:443`,
    'http://rp.example',
    `origin:${origin}`,
    '',
  ]) {
    await isRefused(isoMdocTranscript(encryptionInfo, other), ours.annexC);
    await isRefused(openId4VpTranscript(other, nonce, thumbprint), ours.openId);
  }
});

neg(48, 'wrong nonce: an older response replayed', async () => {
  await isRefused(isoMdocTranscript('gmVkY2FwaaB', origin), ours.annexC);
  await isRefused(openId4VpTranscript(origin, 'b2xkZXI', thumbprint), ours.openId);
  await isRefused(openId4VpTranscript(origin, '', thumbprint), ours.openId);
});

neg(49, 'wrong recipient key', async () => {
  await isRefused(openId4VpTranscript(origin, nonce, new Uint8Array(32).fill(1)), ours.openId);
  // An answer that was meant to be sent in the clear.
  await isRefused(openId4VpTranscript(origin, nonce, null), ours.openId);
});

neg(50, 'transcript of another protocol', async () => {
  await isRefused(openId4VpTranscript(origin, nonce, thumbprint), ours.annexC);
  await isRefused(openId4VpTranscript(origin, encryptionInfo, null), ours.annexC);
  await isRefused(isoMdocTranscript(encryptionInfo, origin), ours.openId);
  await isRefused(isoMdocTranscript(nonce, origin), ours.openId);
});

neg(51, 'MAC tag wrong, or MAC with the wrong reader key', async () => {
  const readerKey = await generateKeyJwk();
  const { d: _, ...publicJwk } = readerKey;
  const macWith = spkiOf(publicJwk);
  const mac = (change: Edits['deviceProof']): ResponsePlan => ({
    macWith,
    edits: { deviceProof: change },
  });
  await refuses(
    ['a bit', 'device_binding/mac', mac(([p, u, b, t]) => [p, u, b, flipBit(t)]), { readerKey }],
    [
      'half a tag',
      'device_binding/mac',
      mac(([p, u, b, t]) => [p, u, b, t.subarray(0, 16)]),
      { readerKey },
    ],
    [
      'no tag',
      'device_binding/mac',
      mac(([p, u, b]) => [p, u, b, new Uint8Array()]),
      { readerKey },
    ],
    [
      'another reader key',
      'device_binding/mac',
      { macWith },
      { readerKey: await generateKeyJwk() },
    ],
    ['no reader key', 'device_binding/no_reader_key', { macWith }],
    [
      'HMAC cut to 64 bits',
      'unsupported/algorithm',
      mac(([, u, b, t]) => [Uint8Array.of(0xa1, 1, 4), u, b, t]),
      { readerKey },
    ],
    [
      'another session',
      'device_binding/mac',
      { macWith, sessionTranscript: ours.openId },
      { readerKey },
    ],
  );
  await verify({ macWith }, { readerKey });
});

neg(52, 'device-signed element without KeyAuthorization', async () => {
  const deviceSigned = { x: { y: 1 } };
  const plan = (keyAuthorizations?: Cbor): ResponsePlan =>
    keyAuthorizations === undefined ? { deviceSigned } : { deviceSigned, keyAuthorizations };
  await refuses(
    ['none', 'device_binding/unauthorized_element', plan()],
    ['for another namespace', 'device_binding/unauthorized_element', plan({ nameSpaces: ['z'] })],
    [
      'for another element',
      'device_binding/unauthorized_element',
      plan({ dataElements: { x: ['z'] } }),
    ],
    ['of the wrong type', 'malformed/structure', plan({ nameSpaces: 'x' })],
  );
  await verify(plan({ nameSpaces: ['x'] }));
  await verify(plan({ dataElements: { x: ['y'] } }));
});
