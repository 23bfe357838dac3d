/** Cases 36 to 40: whether who signed the document, or the document itself, may still be believed. */
import assert from 'node:assert/strict';
import type { Cbor } from '../../src/testing/issuer/cbor.ts';

import { newKeys } from '../../src/testing/issuer/keys.ts';
import type { ResponsePlan } from '../../src/testing/issuer/mdoc.ts';
import { MNC } from '../../src/testing/issuer/persons.ts';
import {
  EKU,
  issueIaca,
  issueStatusSigner,
  issueVicalSigner,
} from '../../src/testing/issuer/pki.ts';
import {
  identifierListCwt,
  STATUS,
  statusListCwt,
  statusListJwt,
} from '../../src/testing/issuer/status.ts';
import { vical } from '../../src/testing/issuer/vical.ts';
import { type Identity, revocationList } from '../../src/testing/issuer/x509.ts';
import { crlSource, fixedCrl } from '../../src/trust/crl.ts';
import type { RevocationSource } from '../../src/trust/revocation.ts';
import { statusListSource } from '../../src/trust/status-list.ts';
import { importVical } from '../../src/trust/vical.ts';
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
  verify,
} from './neg.ts';

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
      'status without an end, of last week',
      'undetermined/status_stale',
      issued(),
      status(statusListCwt({ ...listPlan, issuedAt: days(-7.1), expiresAt: undefined })),
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
