import { flipBit } from '../../src/testing/issuer/bytes.ts';
import { type Cbor, encode } from '../../src/testing/issuer/cbor.ts';

import { newKeys } from '../../src/testing/issuer/keys.ts';
import type { ResponsePlan } from '../../src/testing/issuer/mdoc.ts';
import { MDL, MNC } from '../../src/testing/issuer/persons.ts';
import { EKU, issueIaca, issueSigner } from '../../src/testing/issuer/pki.ts';
import { type Identity, keyId } from '../../src/testing/issuer/x509.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import { options as deployment, walletOptions } from '../verifier/harness.ts';
import {
  days,
  type Lie,
  neg,
  type Options,
  pki,
  refusedWith,
  refuses,
  signer,
  verify,
} from './neg.ts';

type Edits = Required<NonNullable<ResponsePlan['edits']>>;
const issuerAuth = (change: Edits['issuerAuth']): ResponsePlan => ({
  edits: { issuerAuth: change },
});
const headers = (change: Edits['headers']): ResponsePlan => ({ edits: { headers: change } });
const algorithm = (id: Cbor): ResponsePlan => headers((it) => it.protected.set(1, id));
const anchored = (...roots: readonly Identity[]): Options => ({
  trustAnchors: [{ docType: MNC, certificates: roots.map(({ certificate }) => certificate) }],
});

neg(26, 'issuer signature corrupt or empty', () =>
  refuses(
    ['a bit', 'issuer_signature/invalid', issuerAuth(([p, u, b, s]) => [p, u, b, flipBit(s)])],
    ['empty', 'issuer_signature/invalid', issuerAuth(([p, u, b]) => [p, u, b, new Uint8Array()])],
    ['zero', 'issuer_signature/invalid', issuerAuth(([p, u, b]) => [p, u, b, new Uint8Array(64)])],
    [
      'a byte short',
      'issuer_signature/invalid',
      issuerAuth(([p, u, b, s]) => [p, u, b, s.subarray(1)]),
    ],
    [
      'a byte long',
      'issuer_signature/invalid',
      issuerAuth(([p, u, b, s]) => [p, u, b, new Uint8Array([...s, 0])]),
    ],
    ['of another key', 'issuer_signature/invalid', { signer: { ...pki.signer, keys: newKeys() } }],
    [
      'over a payload that is kept back',
      'malformed/structure',
      issuerAuth(([p, u, , s]) => [p, u, null, s]),
    ],
  ),
);

neg(27, "alg none, unknown, or not the key's", () =>
  refuses(
    ['none', 'unsupported/algorithm', algorithm(0)],
    ['by the name none', 'unsupported/algorithm', algorithm('none')],
    ['ES384 with P-256', 'unsupported/algorithm', algorithm(-35)],
    [
      'ES256 with P-384',
      'unsupported/algorithm',
      { signer: signer({ curve: 'P-384' }), ...algorithm(-7) },
    ],
    ['EdDSA with P-256', 'unsupported/algorithm', algorithm(-8)],
    ['RS256', 'unsupported/algorithm', algorithm(-257)],
    ['HMAC', 'unsupported/algorithm', algorithm(5)],
    ['absent', 'unsupported/algorithm', issuerAuth(([, u, b, s]) => [encode({}), u, b, s])],
    [
      'no protected header',
      'unsupported/algorithm',
      issuerAuth(([, u, b, s]) => [new Uint8Array(), u, b, s]),
    ],
    [
      'where no signature covers it',
      'unsupported/algorithm',
      issuerAuth(([, u, b, s]) => [
        encode({}),
        new Map<Cbor, Cbor>([[1, -7], ...(u as Map<Cbor, Cbor>)]),
        b,
        s,
      ]),
    ],
    ['in both headers', 'malformed/cose_header', headers((it) => it.unprotected.set(1, -7))],
    [
      'a critical header',
      'unsupported/critical_header',
      headers((it) => it.protected.set(2, [-70_000])),
    ],
  ),
);

neg(28, 'x5chain missing', () =>
  refuses(
    ['none', 'untrusted_issuer/no_chain', headers((it) => it.unprotected.delete(33))],
    ['an empty list', 'untrusted_issuer/no_chain', headers((it) => it.unprotected.set(33, []))],
    [
      'not a certificate',
      'malformed/der',
      headers((it) => it.unprotected.set(33, new Uint8Array(9))),
    ],
    ['text', 'malformed/structure', headers((it) => it.unprotected.set(33, 'MII'))],
  ),
);

neg(29, 'chain to another IACA with the same name', async () => {
  const rogue = issueIaca();
  const claimsKey = { authorityKeyIdentifier: keyId(pki.iaca.keys.publicKey) };
  await refuses(
    ['another key identifier', 'untrusted_issuer/key_id', { signer: issueSigner(rogue) }],
    [
      'the key identifier of the true one',
      'untrusted_issuer/chain_signature',
      { signer: issueSigner(rogue, { extensions: claimsKey }) },
    ],
    [
      'with its own root in the chain',
      'untrusted_issuer/long_chain',
      { signer: issueSigner(rogue), intermediates: [rogue.certificate] },
    ],
    [
      'no name that is known',
      'untrusted_issuer/no_anchor',
      { signer: issueSigner(issueIaca({ subject: { CN: 'Another', C: 'JP' } })) },
    ],
  );
  // Two trusted roots of one name: the one that signed is found, in whatever order they are given.
  await verify({}, anchored(rogue, pki.iaca));
  await verify({ signer: issueSigner(rogue) }, anchored(pki.iaca, rogue));
});

neg(30, 'self-signed document signer', async () => {
  const alone = signer({ issuer: null });
  await refuses(
    ['unknown', 'untrusted_issuer/self_signed', { signer: alone }],
    [
      'though it is itself an anchor',
      'untrusted_issuer/self_signed',
      { signer: alone },
      anchored(alone),
    ],
    ['the root itself', 'untrusted_issuer/signer_is_ca', { signer: pki.iaca }],
  );
});

neg(31, 'document signer expired or not yet valid', () =>
  refuses(
    ['expired', 'validity/signer_expired', { signer: signer({ notAfter: days(-0.1) }) }],
    [
      'not yet valid',
      'validity/signer_not_yet_valid',
      { signer: signer({ notBefore: days(0.1) }) },
    ],
  ),
);

neg(32, 'IACA expired', async () => {
  const old = issueIaca({ notAfter: days(-0.1) });
  const early = issueIaca({ notBefore: days(0.1) });
  await refuses(
    ['expired', 'validity/iaca_expired', { signer: issueSigner(old) }, anchored(old)],
    [
      'not yet valid',
      'validity/iaca_not_yet_valid',
      { signer: issueSigner(early) },
      anchored(early),
    ],
  );
});

neg(33, 'document signer is a CA, or the path length is broken', async () => {
  const withPath = (basicConstraints: { ca: boolean; pathLength?: number } | undefined) =>
    issueIaca({ extensions: { basicConstraints } });
  const [unlimited, one, none] = [
    withPath({ ca: true }),
    withPath({ ca: true, pathLength: 1 }),
    withPath(undefined),
  ];
  const mayNotSign = issueIaca({ extensions: { keyUsage: ['cRLSign'] } });
  const middle = issueIaca({ issuer: pki.iaca, subject: { CN: 'TEST middle', C: 'JP' } });
  const below = { signer: issueSigner(middle) };
  await refuses(
    [
      'basicConstraints',
      'untrusted_issuer/signer_is_ca',
      { signer: signer({ extensions: { basicConstraints: { ca: true } } }) },
    ],
    [
      'keyCertSign',
      'untrusted_issuer/signer_is_ca',
      { signer: signer({ extensions: { keyUsage: ['digitalSignature', 'keyCertSign'] } }) },
    ],
    [
      'no limit',
      'untrusted_issuer/iaca_path_length',
      { signer: issueSigner(unlimited) },
      anchored(unlimited),
    ],
    [
      'a limit of 1',
      'untrusted_issuer/iaca_path_length',
      { signer: issueSigner(one) },
      anchored(one),
    ],
    ['no CA', 'untrusted_issuer/iaca_not_ca', { signer: issueSigner(none) }, anchored(none)],
    [
      'a CA that may not sign',
      'untrusted_issuer/iaca_key_usage',
      { signer: issueSigner(mayNotSign) },
      anchored(mayNotSign),
    ],
    [
      'a CA between',
      'untrusted_issuer/long_chain',
      { ...below, intermediates: [middle.certificate] },
    ],
    ['a CA between, kept back', 'untrusted_issuer/no_anchor', below],
    [
      'the root twice',
      'untrusted_issuer/long_chain',
      { intermediates: [pki.iaca.certificate, pki.iaca.certificate] },
    ],
  );
});

neg(34, 'document signer without the EKU of one', async () => {
  const purpose = (...extendedKeyUsage: string[]) => ({
    signer: signer({ extensions: { extendedKeyUsage } }),
  });
  await refuses(
    ['TLS', 'untrusted_issuer/signer_purpose', purpose(EKU.tlsServer)],
    ['reader', 'untrusted_issuer/signer_purpose', purpose(EKU.reader)],
    ['status lists', 'untrusted_issuer/signer_purpose', purpose(EKU.statusSigner)],
    ['any', 'untrusted_issuer/signer_purpose', purpose('2.5.29.37.0')],
    [
      'none',
      'untrusted_issuer/signer_purpose',
      { signer: signer({ extensions: { extendedKeyUsage: undefined } }) },
    ],
    [
      'no digitalSignature',
      'untrusted_issuer/signer_key_usage',
      { signer: signer({ extensions: { keyUsage: ['keyAgreement'] } }) },
    ],
    [
      'a critical extension nobody here knows',
      'untrusted_issuer/critical_extension',
      {
        signer: signer({
          extensions: { other: { '1.2.3.4': { critical: true, value: Uint8Array.of(5, 0) } } },
        }),
      },
    ],
    [
      'a good one where another is wanted',
      'untrusted_issuer/signer_purpose',
      {},
      { certificateEku: ['1.2.392.1'] },
    ],
  );
  await verify(purpose('1.2.392.1'), { certificateEku: ['1.2.392.1'] });
});

neg(35, 'weak keys: P-192, RSA-1024, point off the curve', async () => {
  const good = newKeys();
  const offCurve = signer({ keys: good, spki: flipBit(good.publicKey) });
  const offSpki = flipBit(good.publicKey);
  const rootOffCurve = issueIaca({ keys: good, spki: offSpki });
  const namesRoot = { authorityKeyIdentifier: keyId(offSpki) };
  const deviceKey = (change: (key: Map<Cbor, Cbor>) => void): ResponsePlan => ({
    edits: {
      mso: (it) => {
        change(it.deviceKeyInfo.deviceKey as Map<Cbor, Cbor>);
        return it;
      },
    },
  });
  const y = (key: Map<Cbor, Cbor>) => key.get(-3) as Uint8Array;
  await refuses(
    ['P-192', 'unsupported/curve', { signer: signer({ curve: 'P-192' }) }],
    ['secp256k1', 'unsupported/curve', { signer: signer({ curve: 'secp256k1' }) }],
    ['RSA-1024', 'unsupported/key', { signer: signer({ curve: 'RSA-1024' }) }],
    ['RSA-2048', 'unsupported/algorithm', { signer: signer({ curve: 'RSA-2048' }) }],
    ...(['P-192', 'secp256k1', 'RSA-1024'] as const).map((curve): Lie => {
      const root = issueIaca({ curve });
      const code = curve === 'RSA-1024' ? 'unsupported/key' : 'unsupported/curve';
      return [`a root of ${curve}`, code, { signer: issueSigner(root) }, anchored(root)];
    }),
    [
      'a root off the curve',
      'unsupported/key',
      { signer: issueSigner(rootOffCurve, { extensions: namesRoot }) },
      anchored(rootOffCurve),
    ],
    ['a signer off the curve', 'unsupported/key', { signer: offCurve }],
    ['a device off the curve', 'unsupported/key', deviceKey((it) => it.set(-3, flipBit(y(it))))],
    [
      'a device at infinity',
      'unsupported/key',
      deviceKey((it) => it.set(-2, new Uint8Array(32)).set(-3, new Uint8Array(32))),
    ],
    [
      'a device with a short coordinate',
      'malformed/key',
      deviceKey((it) => it.set(-3, y(it).subarray(1))),
    ],
    ['a device with a compressed point', 'unsupported/curve', deviceKey((it) => it.set(-3, true))],
    ['a device on a curve nobody knows', 'unsupported/curve', deviceKey((it) => it.set(-1, 9))],
    ['a device with a symmetric key', 'unsupported/key', deviceKey((it) => it.set(1, 4))],
  );
});

neg(41, 'issuing country other than that of the document signer', async () => {
  const foreign = signer({ subject: { CN: 'TEST', C: 'US' } });
  const stateless = signer({ subject: { CN: 'TEST' } });
  await refuses(
    ['signer and root differ', 'untrusted_issuer/country', { signer: foreign }],
    ['signer without a country', 'untrusted_issuer/country', { signer: stateless }],
    [
      'document and signer differ',
      'untrusted_issuer/country',
      { elements: { x: { issuing_country: 'US' } } },
    ],
    [
      'a country that is no text',
      'untrusted_issuer/country',
      { elements: { x: { issuing_country: 392 } } },
    ],
  );
  await verify({ elements: { x: { issuing_country: 'JP' } } });
});

neg(42, 'IACA trusted for another document type', async () => {
  const licences = issueIaca();
  const trustAnchors = [
    { docType: MDL, certificates: [licences.certificate] },
    { docType: MNC, certificates: [pki.iaca.certificate] },
  ];
  await refuses(
    [
      'of the same name',
      'untrusted_issuer/key_id',
      { signer: issueSigner(licences) },
      { trustAnchors },
    ],
    [
      'of another name',
      'untrusted_issuer/no_anchor',
      {},
      {
        trustAnchors: [
          { docType: MDL, certificates: [pki.iaca.certificate] },
          ...(anchored(issueIaca({ subject: { CN: 'Another', C: 'JP' } })).trustAnchors ?? []),
        ],
      },
    ],
  );
  await verify({ docType: MDL, signer: issueSigner(licences) }, { trustAnchors, docType: MDL });
});

neg(43, 'empty anchor list', async () => {
  for (const trustAnchors of [
    [],
    [{ docType: MNC, certificates: [] }],
    [{ docType: MDL, certificates: [pki.iaca.certificate] }],
  ]) {
    await refusedWith('config/no_trust_anchor', verify({}, { trustAnchors }));
  }
  for (const trustAnchors of [[], [{ docType: MNC, certificates: [] }]] as const) {
    const wallet = { ...walletOptions, trustAnchors };
    await refusedWith('config/trust_anchor', () =>
      createVerifier(deployment(memoryStore(), { wallet })),
    );
  }
});
