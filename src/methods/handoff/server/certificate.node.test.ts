/** What a card's certificate says, against the operator, and what a deployment may be set to. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions, operator, PhoneBrowser } from '../../../../test/handoff/phone.ts';
import { evidenceOf, handoffSite, send, start } from '../../../../test/handoff/site.ts';
import { Page } from '../../../../test/verifier/harness.ts';
import { newKeys } from '../../../testing/issuer/keys.ts';
import { PERSONS } from '../../../testing/issuer/persons.ts';
import type { Identity } from '../../../testing/issuer/x509.ts';
import { cardExtensions, holderNames, issueCard, signWith } from '../../../testing/phone/card.ts';
import {
  type HandoffProvider,
  type HandoffResult,
  operatorsWord,
  type Profile,
  type RevocationPolicy,
} from '../../../verifier/index.ts';
import type { EvidenceAnswer, Rung } from '../../../wire/contract.ts';

const { root, cards, phones } = operator.cards;

const DAY = 86_400_000;

const at = (days: number) => new Date(Date.now() + days * DAY);

const purpose = { ja: 'ご本人の確認のため' };

const told = { name: '番号　花子', address: PERSONS.hanako.address, birth_date: '1971-09-01' };

const cardOf = (names: Record<string, string> = {}, policy?: string): Identity =>
  issueCard(root, {
    keys: cards.good.keys,
    notBefore: at(-1),
    notAfter: at(1),
    extensions: cardExtensions({ ...holderNames(PERSONS.hanako), ...names }, policy),
  });

interface Case {
  readonly card?: Identity | undefined;
  readonly claims?: HandoffResult['claims'];
  readonly rung?: Rung;
  readonly profile?: Partial<Profile>;
  readonly provider?: Partial<HandoffProvider>;
  readonly status?: 'good' | 'revoked';
  readonly revocation?: RevocationPolicy;
  readonly accounts?: () => Promise<Record<string, string>>;
}

async function prove(given: Case) {
  const { claims = told, rung = 'jpki', profile, provider, revocation, accounts } = given;
  const card = 'card' in given ? given.card : cards.good;
  const made: HandoffProvider = {
    id: 'another',
    rungs: ['jpki', 'jpki-mobile'],
    app: { ja: '別のアプリ' },
    environment: 'test',
    claims: ['name', 'address', 'birth_date', 'sex'],
    start: async ({ callback, state }) => ({ url: `${callback}?state=${state}`, data: null }),
    callback: async (_, pending) => ({
      outcome: 'completed',
      result: {
        rung: pending.rung,
        statement: 'e30.e30.AA',
        claims,
        checks: [],
        certificateStatus: { status: given.status ?? 'good', at: Date.now() },
        ...(card && {
          signature: {
            value: signWith(card, pending.statement),
            certificate: card.certificate,
          },
        }),
      },
    }),
    ...provider,
  };
  const methods = { jpki: {}, 'jpki-mobile': {} };
  const handoff = handoffOptions({ providers: [made], ...(revocation && { revocation }) });
  const shop = handoffSite({ handoff, ...(accounts && { accounts }) }, { methods, ...profile });
  const page = await Page.open(shop);
  const { links, code } = await start(page, rung);
  await new PhoneBrowser(shop.verifier).toApp(links.qr, code);
  const answer = await send(page, await evidenceOf(page), rung);
  const personal = await shop.store.personal(page.view.id);
  const kept = new Map(
    personal.map(({ name, value }) => [name, new TextDecoder().decode(value)] as const),
  );
  const [record] = await shop.store.evidence(page.view.id);
  return { answer, kept, record };
}

const outcomeOf = ({ checks }: EvidenceAnswer, id: string) =>
  checks.find((check) => check.id === id)?.outcome;

describe('what the certificate says of the person', () => {
  it('is the claim, in the words of the certificate', async () => {
    const { answer, kept } = await prove({ claims: { ...told, name: '番号 花子' } });
    assert.equal(answer.outcome, 'review', JSON.stringify(answer));
    assert.equal(kept.get('claim/name'), '"番号　花子"');
    const silent = await prove({ claims: {} });
    assert.equal(silent.kept.get('claim/birth_date'), '"1971-09-01"');
  });

  for (const [what, claims] of Object.entries({
    'another name': { ...told, name: '山田　太郎' },
    'another date of birth': { ...told, birth_date: '1950-01-01' },
    'another address': { ...told, address: '東京都千代田区1-1' },
    'another age': { ...told, age_over_20: false },
    'another sex, which nobody asked': { ...told, sex: 'male' as const },
  })) {
    it(`contradicted by an operator that says ${what}: request_mismatch/certificate`, async () => {
      const { answer, kept } = await prove({ claims });
      assert.deepEqual([answer.outcome, answer.code], ['refused', 'request_mismatch/certificate']);
      assert.deepEqual([...kept.keys()], []);
    });
  }

  it('with a substitute character is undetermined, also against the account', async () => {
    const { answer, record } = await prove({
      card: cardOf({ '.2': '10000' }),
      claims: { ...told, name: '𠮷号　花子' },
      profile: { onMismatch: 'refuse' },
      accounts: async () => ({ name: '吉川 花子' }),
    });
    assert.equal(answer.outcome, 'review', JSON.stringify(answer));
    const codes = record?.checks.map(({ id, outcome, code }) => `${id} ${outcome} ${code}`) ?? [];
    assert.ok(codes.includes('jpki.name undetermined undetermined/substitute_character'));
    assert.ok(codes.includes('account.name undetermined undetermined/match_name'), codes.join());
    const address = await prove({ card: cardOf({ '.6': '01' }) });
    assert.equal(outcomeOf(address.answer, 'jpki.address'), 'undetermined');
  });

  it('without a day of birth reaches no age, whatever the operator says', async () => {
    const item = { purpose, retainDays: 0 };
    const claims = { name: item, age_over_20: { ...item, mustBe: 'either' } } as const;
    const { answer, record } = await prove({
      card: cardOf({ '.4': '319500000' }),
      claims: { ...told, birth_date: '1950-01-01', age_over_20: true },
      profile: { claims },
    });
    assert.deepEqual([answer.outcome, answer.code], ['refused', 'request_mismatch/missing_claim']);
    const check = record?.checks.find(({ id }) => id === 'jpki.birth_date');
    assert.deepEqual([check?.outcome, check?.code], ['undetermined', 'undetermined/birth_date']);
  });

  it('leaves no trace of serial number or birthday in the proof', async () => {
    const { record } = await prove({});
    const traces = Object.keys(record?.proof.certificate ?? {}).sort();
    assert.deepEqual(traces, ['certificateDigest', 'issuer', 'policy', 'revocation']);
  });

  it('where the operator keeps it, is the operator’s word, and the result says so', async () => {
    const provider = { keepsCertificate: true };
    const { answer, record } = await prove({ card: undefined, provider });
    assert.equal(answer.outcome, 'review', JSON.stringify(answer));
    const check = record?.checks.find(({ id }) => id === 'jpki.certificate');
    assert.deepEqual(
      [check?.outcome, check?.code],
      ['undetermined', 'undetermined/operators_word'],
    );
    const revocation = { sources: [operatorsWord({ maxAge: -1 })] };
    const stale = await prove({ card: undefined, provider, revocation });
    assert.equal(stale.answer.code, 'undetermined/operators_word');
    const revoked = await prove({ card: undefined, provider, status: 'revoked' });
    assert.equal(revoked.answer.code, 'revoked/certificate');
    const other = await prove({ card: undefined });
    assert.equal(
      other.answer.code,
      'issuer_signature/missing',
      'one that does not say it keeps it',
    );
  });
});

describe('the rung', () => {
  it('is what the certificate says: a phone’s for the phone, a card’s for the card', async () => {
    const phone = await prove({ card: phones.good, rung: 'jpki-mobile' });
    assert.equal(phone.answer.outcome, 'review', JSON.stringify(phone.answer));
    for (const [card, rung] of [
      [phones.good, 'jpki'],
      [cards.good, 'jpki-mobile'],
    ] as const) {
      const { answer } = await prove({ card, rung });
      assert.deepEqual([answer.outcome, answer.code], ['refused', 'untrusted_issuer/policy']);
    }
  });

  it('is no way for 利用者証明用', async () => {
    const { answer } = await prove({ card: cardOf({}, '1.2.392.200149.8.5.1.3.30') });
    assert.equal(answer.code, 'untrusted_issuer/authentication_certificate');
  });
});

describe('revocation of a card', () => {
  it('is asked of nobody for a certificate that nobody proved', async () => {
    let asked = 0;
    const revocation = {
      sources: [
        () => {
          asked += 1;
        },
      ],
    };
    const { '2.5.29.31': _, ...other } = cardExtensions().other ?? {};
    const crlDistributionPoint = 'http://169.254.169.254/latest/meta-data';
    const card = issueCard(
      { ...root, keys: newKeys('RSA-2048') },
      {
        keys: cards.good.keys,
        notBefore: at(-1),
        notAfter: at(1),
        extensions: { ...cardExtensions(), other, crlDistributionPoint },
      },
    );
    const { answer } = await prove({ card, revocation });
    assert.deepEqual([answer.code, asked], ['untrusted_issuer/chain_signature', 0]);
    assert.equal((await prove({ revocation })).answer.outcome, 'review');
    assert.equal(asked, 1);
  });

  it('by the operator’s word says whose word it was, and of when', async () => {
    const revocation = { sources: [operatorsWord()] };
    const { record } = await prove({ revocation });
    const check = record?.checks.find(({ id }) => id === 'jpki.revocation');
    assert.equal(check?.outcome, 'passed');
    assert.match(check?.detail ?? '', /^by the word of the operator, of 20/);
    const revoked = await prove({ revocation, status: 'revoked' });
    assert.equal(revoked.answer.code, 'revoked/certificate');
  });
});
