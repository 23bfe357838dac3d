/** Cases 26 to 43: who signed the document, and whether that may still be believed. */
import assert from 'node:assert/strict';
import { flipBit } from '../../demo/issuer/bytes.ts';
import { type Cbor, encode } from '../../demo/issuer/cbor.ts';

import { newKeys, spki } from '../../demo/issuer/keys.ts';
import type { ResponsePlan } from '../../demo/issuer/mdoc.ts';
import { MDL, MNC } from '../../demo/issuer/persons.ts';
import {
  EKU,
  issueIaca,
  issueSigner,
  issueStatusSigner,
  issueVicalSigner,
} from '../../demo/issuer/pki.ts';
import {
  identifierListCwt,
  STATUS,
  statusListCwt,
  statusListJwt,
} from '../../demo/issuer/status.ts';
import { vical } from '../../demo/issuer/vical.ts';
import { type Identity, keyId, revocationList } from '../../demo/issuer/x509.ts';
import { crlSource, fixedCrl } from '../../src/trust/crl.ts';
import type { RevocationSource } from '../../src/trust/revocation.ts';
import { statusListSource } from '../../src/trust/status-list.ts';
import { importVical } from '../../src/trust/vical.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import { options as deployment, walletOptions } from '../verifier/harness.ts';
import {
  DAY,
  days,
  type Lie,
  NOW,
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
  const claimsKey = { authorityKeyIdentifier: keyId(spki(pki.iaca.keys.publicKey)) };
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
  const offCurve = signer({ keys: good, spki: flipBit(spki(good.publicKey)) });
  const offSpki = flipBit(spki(good.publicKey));
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

/** A source that answers every address with these bytes, or with nothing. */
const serving = (body: Uint8Array | string | undefined) => ({
  fetch: async () => new Response(body as BodyInit, { status: body === undefined ? 404 : 200 }),
});
const asking = (...sources: readonly RevocationSource[]): Options => ({ revocation: { sources } });

const crlPlan = { issuer: pki.iaca, thisUpdate: days(-1), nextUpdate: days(1), revoked: [] };
const crl = (changes: Partial<Parameters<typeof revocationList>[0]> = {}) =>
  revocationList({ ...crlPlan, ...changes });
const revoked = [{ certificate: pki.signer.certificate, at: days(-1) }];

neg(36, 'document signer revoked by CRL', async () => {
  const withReason = revoked.map((it) => ({ ...it, reason: 1 }));
  await refuses(
    ['held', 'revoked/signer', {}, asking(fixedCrl(crl({ revoked })))],
    ['fetched', 'revoked/signer', {}, asking(crlSource(serving(crl({ revoked: withReason }))))],
    [
      'though what is undetermined is accepted',
      'revoked/signer',
      {},
      { revocation: { sources: [fixedCrl(crl({ revoked }))], onUndetermined: 'accept' } },
    ],
  );
  await verify({}, asking(fixedCrl(crl()), crlSource(serving(crl()))));
});

const URI = 'https://issuer.test.invalid/status';
const issued = (index = 0): ResponsePlan => ({
  msoStatus: { status_list: { idx: index, uri: URI } },
});
const listPlan = {
  signer: pki.statusSigner,
  uri: URI,
  statuses: { 1: STATUS.invalid, 2: STATUS.suspended, 3: 3 },
  issuedAt: days(-1),
  expiresAt: days(1),
};
const list = (changes: Partial<typeof listPlan> = {}) => statusListCwt({ ...listPlan, ...changes });
const status = (body: Uint8Array | string | undefined) => asking(statusListSource(serving(body)));

neg(37, 'CRL, VICAL or status list signed by a stranger, or vouching for itself', async () => {
  const rogue = issueIaca();
  const strangers = {
    'of another root of the same name': issueStatusSigner(rogue),
    'vouching for itself': issueStatusSigner(pki.iaca, { issuer: null }),
    'a TLS certificate': issueStatusSigner(pki.iaca, {
      extensions: { extendedKeyUsage: [EKU.tlsServer] },
    }),
    'the certificate of one, the key of another': { ...pki.statusSigner, keys: newKeys() },
  };
  const lies = Object.entries(strangers).flatMap(([what, stranger]): Lie[] => [
    [`CWT, ${what}`, 'undetermined/status_signature', issued(), status(list({ signer: stranger }))],
    [
      `JWT, ${what}`,
      'undetermined/status_signature',
      issued(),
      status(statusListJwt({ ...listPlan, signer: stranger })),
    ],
  ]);
  await refuses(
    ...lies,
    [
      'a list for another address',
      'undetermined/status_signature',
      issued(),
      status(list({ uri: `${URI}2` })),
    ],
    [
      'a CRL of a stranger',
      'undetermined/crl_signature',
      {},
      asking(fixedCrl(crl({ issuer: rogue }))),
    ],
    [
      'a CRL of a stranger that revokes',
      'undetermined/crl_signature',
      {},
      asking(fixedCrl(crl({ issuer: rogue, revoked }))),
    ],
    [
      'a CRL by the document signer itself',
      'undetermined/crl_signature',
      {},
      asking(fixedCrl(crl({ issuer: { ...pki.signer, name: pki.iaca.name }, revoked }))),
    ],
  );
  const provider = issueIaca({ subject: { CN: 'TEST VICAL root', C: 'JP' } });
  const listed = (by: Identity) =>
    vical({
      signer: by,
      date: days(-1),
      nextUpdate: days(1),
      authorities: [{ certificate: rogue.certificate, docTypes: [MNC] }],
    });
  const trusted = [provider.certificate];
  await importVical({ vical: listed(issueVicalSigner(provider)), trusted, now: NOW });
  const liars = [
    issueVicalSigner(rogue),
    issueVicalSigner(provider, { issuer: null }),
    issueVicalSigner(provider, { extensions: { extendedKeyUsage: [EKU.documentSigner] } }),
    { ...issueVicalSigner(provider), keys: newKeys() },
    rogue,
  ];
  for (const liar of liars) {
    await refusedWith(
      'undetermined/vical_signature',
      importVical({ vical: listed(liar), trusted, now: NOW }),
    );
  }
});

const ID = Uint8Array.of(1, 2, 3, 4);
const identified = (id: Cbor = ID): ResponsePlan => ({
  msoStatus: { identifier_list: { id, uri: URI } },
});
const identifiers = (...listed: Uint8Array[]) =>
  identifierListCwt({ ...listPlan, identifiers: listed });

neg(38, 'status says revoked or suspended', async () => {
  const others = Array.from({ length: 3_000 }, (_, i) => Uint8Array.of(9, i >> 8, i & 255, 0));
  await refuses(
    [
      'listed by its identifier',
      'revoked/document',
      identified(),
      status(identifiers(...others, ID)),
    ],
    [
      'an identifier that is none',
      'undetermined/status_unknown',
      identified('x'),
      status(identifiers()),
    ],
    [
      'an identifier that is none beside an index that is one',
      'undetermined/status_unknown',
      { msoStatus: { status_list: { idx: 0, uri: URI }, identifier_list: { id: 'x', uri: URI } } },
      status(list()),
    ],
    [
      'an index that is none beside an identifier that is one',
      'undetermined/status_unknown',
      { msoStatus: { status_list: { idx: -1, uri: URI }, identifier_list: { id: ID, uri: URI } } },
      status(identifiers()),
    ],
    ['a list of another kind', 'undetermined/status_unreadable', identified(), status(list())],
    [
      'a list of a stranger',
      'undetermined/status_signature',
      identified(),
      status(
        identifierListCwt({ ...listPlan, identifiers: [], signer: issueStatusSigner(issueIaca()) }),
      ),
    ],
    [
      'an identifier list out of date',
      'undetermined/status_stale',
      identified(),
      status(identifierListCwt({ ...listPlan, identifiers: [], expiresAt: days(-0.1) })),
    ],
    [
      'the same identifier twice',
      'undetermined/status_unreadable',
      identified(),
      status(identifiers(ID, Uint8Array.of(1, 2, 3, 5), Uint8Array.of(...ID))),
    ],
  );
  await verify(identified(), status(identifiers(...others)));
  await refuses(
    ['revoked, CWT', 'revoked/document', issued(1), status(list())],
    ['revoked, JWT', 'revoked/document', issued(1), status(statusListJwt(listPlan))],
    ['suspended', 'revoked/suspended', issued(2), status(list())],
    ['a status nobody knows', 'undetermined/status_unknown', issued(3), status(list())],
    ['an index behind the end', 'undetermined/status_unknown', issued(100_000), status(list())],
  );
  await verify(issued(0), status(list()));
});

neg(39, 'status unreachable', async () => {
  const silent = { fetch: () => new Promise<Response>(() => {}), timeoutMs: 20 };
  const failing = { fetch: () => Promise.reject(new TypeError('no network')) };
  await refuses(
    ['404', 'undetermined/status_unreachable', issued(), status(undefined)],
    ['no network', 'undetermined/status_unreachable', issued(), asking(statusListSource(failing))],
    ['no answer', 'undetermined/status_unreachable', issued(), asking(statusListSource(silent))],
    ['HTML', 'undetermined/status_unreadable', issued(), status('<!doctype html>')],
    [
      'too long',
      'undetermined/status_unreadable',
      issued(),
      asking(statusListSource({ ...serving(list()), maxBytes: 10 })),
    ],
    [
      'no web address',
      'undetermined/status_unreachable',
      { msoStatus: { status_list: { idx: 0, uri: 'file:///etc/passwd' } } },
      status(list()),
    ],
    [
      'a status this verifier does not know',
      'undetermined/status_unknown',
      { msoStatus: { other: {} } },
      status(list()),
    ],
    ['CRL: 404', 'undetermined/crl_unreachable', {}, asking(crlSource(serving(undefined)))],
    ['CRL: HTML', 'undetermined/crl_unreadable', {}, asking(crlSource(serving('<!doctype html>')))],
  );
  const tolerant: Options = {
    revocation: { sources: [statusListSource(failing)], onUndetermined: 'accept' },
  };
  const { checks } = await verify(issued(), tolerant);
  assert.equal(checks.find(({ id }) => id === 'mdoc.revocation')?.outcome, 'undetermined');
});

neg(40, 'stale VICAL, CRL or status: past its end, from the future, or rolled back', async () => {
  await refuses(
    [
      'status past exp',
      'undetermined/status_stale',
      issued(),
      status(list({ expiresAt: days(-0.1) })),
    ],
    [
      'status of tomorrow',
      'undetermined/status_stale',
      issued(),
      status(list({ issuedAt: days(0.5) })),
    ],
    [
      'status without an end',
      'undetermined/status_stale',
      issued(),
      status(statusListCwt({ ...listPlan, expiresAt: undefined })),
    ],
    [
      'CRL past nextUpdate',
      'undetermined/crl_stale',
      {},
      asking(fixedCrl(crl({ nextUpdate: days(-0.1) }))),
    ],
    [
      'CRL of tomorrow',
      'undetermined/crl_stale',
      {},
      asking(fixedCrl(crl({ thisUpdate: days(0.5) }))),
    ],
    [
      'CRL without an end',
      'undetermined/crl_stale',
      {},
      asking(fixedCrl(crl({ nextUpdate: undefined }))),
    ],
  );
  // A list older than one seen before is not taken, though it is authentic and says "valid".
  const answers = [
    list({ expiresAt: days(0.4) }),
    list({ statuses: {} as typeof listPlan.statuses, issuedAt: days(-2) }),
  ];
  const source = statusListSource({ fetch: async () => new Response(answers.shift() as BodyInit) });
  await refusedWith('revoked/document', verify(issued(1), asking(source)));
  await refusedWith(
    'undetermined/status_stale',
    verify(issued(1), { ...asking(source), now: NOW + DAY / 2 }),
  );

  const provider = issueIaca({ subject: { CN: 'TEST VICAL root', C: 'JP' } });
  const by = issueVicalSigner(provider);
  const trusted = [provider.certificate];
  const make = (changes: Partial<Parameters<typeof vical>[0]>) =>
    vical({
      signer: by,
      date: days(-1),
      nextUpdate: days(1),
      issueId: 7,
      authorities: [],
      ...changes,
    });
  await importVical({ vical: make({}), trusted, now: NOW, atLeast: 7 });
  for (const [changes, atLeast] of [
    [{ nextUpdate: days(-0.1) }, 0],
    [{ date: days(0.5) }, 0],
    [{}, 8],
    [{ issueId: undefined }, 7],
  ] as const) {
    await refusedWith(
      'undetermined/vical_stale',
      importVical({ vical: make(changes), trusted, now: NOW, atLeast }),
    );
  }
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
