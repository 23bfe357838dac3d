import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as der from '../testing/issuer/der.ts';
import { newKeys } from '../testing/issuer/keys.ts';
import { PERSONS } from '../testing/issuer/persons.ts';
import { certify, type Extensions, type Identity } from '../testing/issuer/x509.ts';
import {
  cardExtensions,
  createCards,
  holderNames,
  issueCard,
  signWith,
  subjectAltName,
} from '../testing/phone/card.ts';
import type { RevocationPolicy } from '../trust/revocation.ts';
import { utf8 } from '../wire/bytes.ts';
import { JPKI_SIGNING_POLICIES } from './policies.ts';
import { JpkiRefusedError, type JpkiSignatureOptions, verifyJpkiSignature } from './verify.ts';

const now = Date.now();
const at = (days: number) => new Date(now + days * 86_400_000);
const maker = createCards(() => now);
const { cards, phones, root, roots } = maker;
const { card, phone, testCard } = JPKI_SIGNING_POLICIES;
const STATEMENT = '同意します。';

const signedBy = (
  identity: Identity,
  changes: Partial<JpkiSignatureOptions> = {},
): JpkiSignatureOptions => ({
  certificate: identity.certificate,
  signature: signWith(identity, STATEMENT),
  signed: utf8(STATEMENT),
  trustAnchors: roots.map(({ certificate }) => certificate),
  policies: [testCard],
  now,
  ...changes,
});

const names = (changes: Record<string, string> = {}): Extensions =>
  cardExtensions({ ...holderNames(PERSONS.hanako), ...changes });

const issue = (extensions: Extensions, issuer: Identity = root): Identity =>
  issueCard(issuer, {
    keys: cards.good.keys,
    notBefore: at(-1),
    notAfter: at(1),
    extensions,
  });

async function refusal(options: JpkiSignatureOptions): Promise<JpkiRefusedError> {
  try {
    await verifyJpkiSignature(options);
  } catch (error) {
    assert.ok(error instanceof JpkiRefusedError, String(error));
    return error;
  }
  assert.fail('it was accepted');
}

describe('a signature by a 署名用電子証明書', () => {
  it('tells who made it, from the certificate alone', async () => {
    const { person, policy, validity, issuer, checks } = await verifyJpkiSignature(
      signedBy(cards.good),
    );
    assert.deepEqual(person, {
      name: '番号　花子',
      nameSubstituted: false,
      birthDate: '1971-09-01',
      sex: 'female',
      address: '〇〇県△△市□□町1-2-3',
      addressSubstituted: false,
    });
    assert.equal(policy, testCard);
    assert.ok(validity.notBefore < now && now < validity.notAfter);
    assert.match(issuer, /JPKI-TEST/);
    assert.deepEqual(
      checks.map(({ id, outcome }) => `${id} ${outcome}`),
      [
        'jpki.policy passed',
        'jpki.chain passed',
        'jpki.profile passed',
        'jpki.validity passed',
        'jpki.signature passed',
        'jpki.revocation undetermined',
      ],
    );
  });

  it('over something else, or of another key, is refused with every check', async () => {
    const other = await refusal(signedBy(cards.good, { signed: utf8('同意しません。') }));
    assert.equal(other.code, 'device_binding/transaction');
    assert.equal(other.checks.length, 5);
    const stranger = { ...cards.good, keys: newKeys('RSA-2048') };
    assert.equal((await refusal(signedBy(stranger))).code, 'device_binding/transaction');
  });

  it('takes bytes that are no certificate, and options that are none, for what they are', async () => {
    const broken = await refusal(signedBy(cards.good, { certificate: new Uint8Array(40) }));
    assert.deepEqual([broken.code, broken.checks.length], ['malformed/der', 1]);
    const anchors = signedBy(cards.good, { trustAnchors: [new Uint8Array(9)] });
    await assert.rejects(verifyJpkiSignature(anchors), { code: 'config/trust_anchor' });
    const text = signedBy(cards.good, { signed: STATEMENT as unknown as Uint8Array });
    await assert.rejects(verifyJpkiSignature(text), { code: 'config/option' });
  });
});

describe('the certificate', () => {
  const policyOf = (oid: string) => issue(cardExtensions(undefined, oid));

  it('is accepted for its critical policy, with whatever else its critical extensions say read', async () => {
    await verifyJpkiSignature(signedBy(policyOf(card), { policies: [card] }));
    await verifyJpkiSignature(signedBy(phones.good, { policies: [phone] }));
    const unread = issue({ ...names(), other: { ...names().other, '1.2.3.4': critical() } });
    assert.equal((await refusal(signedBy(unread))).code, 'untrusted_issuer/profile');
  });

  const critical = () => ({ critical: true, value: Uint8Array.of(5, 0) });

  it('of another policy is refused, 利用者証明用 by name', async () => {
    const other = await refusal(signedBy(phones.good));
    assert.equal(other.code, 'untrusted_issuer/policy');
    const authentication = policyOf('1.2.392.200149.8.5.1.3.30');
    const { code } = await refusal(signedBy(authentication));
    assert.equal(code, 'untrusted_issuer/authentication_certificate');
    const { '2.5.29.32': _, ...none } = names().other ?? {};
    const without = await refusal(signedBy(issue({ ...names(), other: none })));
    assert.equal(without.code, 'untrusted_issuer/policy');
    assert.equal(
      (await refusal(signedBy(cards.good, { policies: [card] }))).code,
      'untrusted_issuer/policy',
    );
  });

  it('of two policies is of none', async () => {
    const policy = (oid: string) => der.sequence(der.oid(oid));
    const value = der.sequence(policy(testCard), policy(card));
    const other = { ...names().other, '2.5.29.32': { critical: true, value } };
    const { code } = await refusal(signedBy(issue({ ...names(), other })));
    assert.equal(code, 'untrusted_issuer/policy');
  });

  it('of 利用者証明用 as it is, of another root and without a name, is refused for what it is', async () => {
    const authority = certify({
      subject: { C: 'JP', O: 'JPKI-TEST', OU: ['JPKI for user authentication'] },
      keys: newKeys('RSA-2048'),
      notBefore: at(-9),
      notAfter: at(9),
      extensions: { basicConstraints: { ca: true } },
    });
    const plain = cardExtensions({}, '1.2.392.200149.8.5.1.3.30');
    const authentication = issue({ ...plain, keyUsage: ['digitalSignature'] }, authority);
    const { code, checks } = await refusal(signedBy(authentication));
    assert.equal(code, 'untrusted_issuer/authentication_certificate');
    const failed = checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
    assert.deepEqual(failed, ['jpki.policy', 'jpki.chain', 'jpki.profile']);
  });

  it('names an address of its practice statement, which nobody fetches', async (t) => {
    const fetched = t.mock.method(globalThis, 'fetch', async () => Response.error());
    await verifyJpkiSignature(signedBy(cards.good));
    assert.equal(fetched.mock.callCount(), 0);
  });

  const wrong: Record<string, Extensions> = {
    'no nonRepudiation': { ...names(), keyUsage: ['digitalSignature'] },
    'no key usage at all': { ...names(), keyUsage: undefined },
    'keyCertSign beside': { ...names(), keyUsage: ['nonRepudiation', 'keyCertSign'] },
    OCSPSigning: { ...names(), extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'] },
    serverAuth: { ...names(), extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] },
    'an authority': { ...names(), basicConstraints: { ca: true } },
  };
  for (const [what, extensions] of Object.entries(wrong)) {
    it(`with ${what} is refused: untrusted_issuer/profile`, async () => {
      assert.equal((await refusal(signedBy(issue(extensions)))).code, 'untrusted_issuer/profile');
    });
  }

  it('that signed itself is refused, also where it is an anchor', async () => {
    const self = certify({
      subject: { CN: 'TEST card', C: 'JP' },
      keys: cards.good.keys,
      notBefore: at(-1),
      notAfter: at(1),
      extensions: names(),
    });
    const anchors = { trustAnchors: [self.certificate] };
    assert.equal((await refusal(signedBy(self, anchors))).code, 'untrusted_issuer/profile');
  });

  it('out of time is refused, and so is one of a root that has run out', async () => {
    assert.equal((await refusal(signedBy(cards.expired))).code, 'validity/certificate_expired');
    const old = issue(names(), roots[0]);
    assert.equal((await refusal(signedBy(old))).code, 'validity/root_expired');
  });
});

describe('roots of one name', () => {
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ] as const;
  for (const order of orders) {
    it(`are told apart in the order ${order}`, async () => {
      const trustAnchors = order.map((index) => roots[index].certificate);
      await verifyJpkiSignature(signedBy(issue(names(), roots[1]), { trustAnchors }));
      await verifyJpkiSignature(signedBy(issue(names(), roots[2]), { trustAnchors }));
      const { authorityKeyIdentifier: _, ...nameless } = names();
      await verifyJpkiSignature(signedBy(issue(nameless, roots[1]), { trustAnchors }));
    });
  }

  it('and a stranger of that name is none of them', async () => {
    const foreign = { ...root, keys: newKeys('RSA-2048') };
    const { code } = await refusal(signedBy(issue(names(), foreign)));
    assert.equal(code, 'untrusted_issuer/chain_signature');
    const { code: unknown } = await refusal(signedBy(cards.good, { trustAnchors: [] }));
    assert.equal(unknown, 'untrusted_issuer/no_anchor');
  });
});

describe('what the certificate says of the person', () => {
  const personOf = async (changes: Record<string, string>) =>
    (await verifyJpkiSignature(signedBy(issue(names(changes))))).person;

  it('says where a character stands in for another', async () => {
    const name = await personOf({ '.2': '01000' });
    assert.deepEqual([name.nameSubstituted, name.addressSubstituted], [true, false]);
    const address = await personOf({ '.6': '0000000000010' });
    assert.deepEqual([address.nameSubstituted, address.addressSubstituted], [false, true]);
  });

  const dates: Record<string, string | undefined> = {
    '120000101': '2000-01-01',
    '519560229': '1956-02-29',
    '319500500': '1950-05',
    '319500000': '1950',
    '3195005  ': '1950-05',
    '000000000': undefined,
  };
  for (const [written, read] of Object.entries(dates)) {
    it(`reads the date of birth ${written} as ${read}`, async () => {
      assert.equal((await personOf({ '.4': written })).birthDate, read);
    });
  }

  it('refuses what cannot be', async () => {
    for (const changes of [
      { '.4': '19710901' },
      { '.4': '919710901' },
      { '.4': '319710231' },
      { '.4': '319711301' },
      { '.3': '4' },
      { '.3': '' },
    ]) {
      const { code } = await refusal(signedBy(issue(names(changes))));
      assert.equal(code, 'malformed/certificate', JSON.stringify(changes));
    }
  });

  const named = (...added: [string, string][]): Identity => {
    const value = subjectAltName([...Object.entries(holderNames(PERSONS.hanako)), ...added]);
    const other = { ...names().other, '2.5.29.17': { critical: false, value } };
    return issue({ ...names(), other });
  };

  it('keeps names aside that it has no meaning for, as many as there are', async () => {
    const { otherNames, person } = await verifyJpkiSignature(
      signedBy(named(['.7', 'バンゴウ　ハナコ'], ['1.2.3', '旧氏'], ['1.2.3', '別の旧氏'])),
    );
    assert.deepEqual(otherNames, [
      { oid: '1.2.392.200149.8.5.5.7', text: 'バンゴウ　ハナコ' },
      { oid: '1.2.3', text: '旧氏' },
      { oid: '1.2.3', text: '別の旧氏' },
    ]);
    assert.equal(person.name, '番号　花子');
  });

  it('says one thing of each kind, or is refused', async () => {
    const { code } = await refusal(signedBy(named(['.1', '山田　太郎'])));
    assert.equal(code, 'malformed/certificate');
  });
});

describe('revocation', () => {
  const asked: string[] = [];
  const revocation: RevocationPolicy = {
    sources: [
      () => {
        asked.push('asked');
      },
    ],
  };

  it('is asked only when all the rest holds', async () => {
    const foreign = { ...root, keys: newKeys('RSA-2048') };
    for (const options of [
      signedBy(issue(names(), foreign), { revocation }),
      signedBy(cards.expired, { revocation }),
      signedBy(cards.good, { revocation, signed: utf8('x') }),
      signedBy(cards.good, { revocation, policies: [card] }),
    ]) {
      await refusal(options);
    }
    assert.deepEqual(asked, []);
    const { checks } = await verifyJpkiSignature(signedBy(cards.good, { revocation }));
    assert.deepEqual(asked, ['asked']);
    assert.equal(checks.at(-1)?.outcome, 'passed');
  });

  it('that cannot be found out refuses, unless the caller accepts it', async () => {
    const sources: RevocationPolicy['sources'] = [
      (_, fail) => fail('undetermined/ocsp_unreachable'),
    ];
    const { code, checks } = await refusal(signedBy(cards.good, { revocation: { sources } }));
    assert.equal(code, 'undetermined/ocsp_unreachable');
    assert.equal(checks.at(-1)?.outcome, 'undetermined');
    const accepting = { sources, onUndetermined: 'accept' } as const;
    await verifyJpkiSignature(signedBy(cards.good, { revocation: accepting }));
  });
});
