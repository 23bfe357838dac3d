import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  handoffOptions,
  operator,
  PhoneBrowser,
  testProvider,
} from '../../../../test/handoff/phone.ts';
import { PlainBrowser } from '../../../../test/handoff/plain-browser.ts';
import {
  account,
  evidenceOf,
  handoffOf,
  handoffSite,
  send,
  start,
} from '../../../../test/handoff/site.ts';
import { privateKeyOf } from '../../../../test/node-keys.ts';
import { json, ORIGIN, Page, SUBJECT, site } from '../../../../test/verifier/harness.ts';
import { newKeys } from '../../../testing/issuer/keys.ts';
import { PERSONS } from '../../../testing/issuer/persons.ts';
import { type CertificatePlan, certify, type Identity } from '../../../testing/issuer/x509.ts';
import { cardExtensions, issueCard, signWith } from '../../../testing/phone/card.ts';
import { createPhone } from '../../../testing/phone/server.ts';
import {
  directoryCrl,
  type HandoffProvider,
  type HandoffResult,
  memoryStore,
  type Pending,
  type Profile,
  type Verifier,
} from '../../../verifier/index.ts';
import type { EvidenceAnswer, SessionStatus } from '../../../wire/contract.ts';

const { root, cards } = operator.cards;

const DAY = 86_400_000;

const at = (days: number) => new Date(Date.now() + days * DAY);

/** A certificate like a card's, with something else about it. */
const card = (changes: Partial<CertificatePlan> = {}): Identity =>
  issueCard(root, { keys: cards.good.keys, notBefore: at(-1), notAfter: at(1), ...changes });

const signedBy = ({ keys, certificate }: Identity, statement: string) => ({
  value: new Uint8Array(sign('sha256', Buffer.from(statement), privateKeyOf(keys))),
  certificate,
});

/** An operator of another make: it has no page, the person comes back at once. */
const made = (change: (result: HandoffResult, pending: Pending) => HandoffResult) =>
  ({
    id: 'another',
    rungs: ['jpki', 'jpki-mobile', 'ic-chip'],
    app: { ja: '別のアプリ' },
    environment: 'test',
    claims: ['name', 'address', 'birth_date'],
    start: async ({ callback, state }) => ({ url: `${callback}?state=${state}`, data: null }),
    callback: async (_, pending) => ({
      outcome: 'completed',
      result: change(
        {
          rung: pending.rung,
          certificateStatus: { status: 'good', at: Date.now() },
          statement: 'e30.e30.AA',
          claims: { name: '番号 花子', address: PERSONS.hanako.address, birth_date: '1971-09-01' },
          checks: [],
          signature: {
            value: signWith(cards.good, pending.statement),
            certificate: cards.good.certificate,
          },
        },
        pending,
      ),
    }),
  }) satisfies HandoffProvider;

type Options = Parameters<typeof handoffOptions>[0];

async function prove(
  change: Parameters<typeof made>[0],
  options: Options = {},
): Promise<EvidenceAnswer> {
  const handoff = handoffOptions({ providers: [made(change)], ...options });
  const shop = handoffSite({ handoff });
  const page = await Page.open(shop);
  const { links, code } = await start(page);
  const phone = new PhoneBrowser(shop.verifier);
  await phone.toApp(links.qr, code);
  return send(page, await evidenceOf(page));
}

describe('an operator of another make (neg-77)', () => {
  it('is believed where everything holds', async () => {
    const answer = await prove((result) => result);
    assert.equal(answer.outcome, 'review', JSON.stringify(answer));
  });

  const foreign = certify({
    subject: root.name,
    keys: newKeys('RSA-2048'),
    notBefore: at(-10),
    notAfter: at(10),
    extensions: { basicConstraints: { ca: true } },
  });
  const unknown = { name: { CN: 'somebody', C: 'JP' }, keys: foreign.keys };
  const elliptic = card({ keys: newKeys('P-256') });

  const lies: Record<string, [string, Parameters<typeof made>[0]]> = {
    'another rung than was asked': [
      'request_mismatch/rung',
      (result) => ({ ...result, rung: 'ic-chip' }),
    ],
    'no signature of a card': ['issuer_signature/missing', ({ signature: _, ...result }) => result],
    'a signature over another statement': [
      'device_binding/transaction',
      (result) => ({ ...result, signature: signedBy(cards.good, 'something else') }),
    ],
    'a key that is not RSA': [
      'device_binding/transaction',
      (result, { statement }) => ({ ...result, signature: signedBy(elliptic, statement) }),
    ],
    'a root of the same name': [
      'untrusted_issuer/chain_signature',
      (result, { statement }) => ({
        ...result,
        signature: signedBy(card({ issuer: foreign }), statement),
      }),
    ],
    'a root nobody knows': [
      'untrusted_issuer/no_anchor',
      (result, { statement }) => ({
        ...result,
        signature: signedBy(card({ issuer: unknown }), statement),
      }),
    ],
    'the certificate of an authority': [
      'untrusted_issuer/profile',
      (result, { statement }) => ({
        ...result,
        signature: signedBy(
          card({ extensions: { ...cardExtensions(), basicConstraints: { ca: true } } }),
          statement,
        ),
      }),
    ],
    'a certificate for another use': [
      'untrusted_issuer/profile',
      (result, { statement }) => ({
        ...result,
        signature: signedBy(
          card({ extensions: { ...cardExtensions(), keyUsage: ['digitalSignature'] } }),
          statement,
        ),
      }),
    ],
    'a certificate of tomorrow': [
      'validity/certificate_not_yet_valid',
      (result, { statement }) => ({
        ...result,
        signature: signedBy(card({ notBefore: at(1), notAfter: at(2) }), statement),
      }),
    ],
    'something that is no certificate': [
      'malformed/der',
      (result) => ({
        ...result,
        signature: { value: new Uint8Array(256), certificate: new Uint8Array(40) },
      }),
    ],
  };
  for (const [lie, [code, change]] of Object.entries(lies)) {
    it(`${lie}: ${code}`, async () => {
      const answer = await prove(change);
      assert.deepEqual([answer.outcome, answer.code], ['refused', code]);
      assert.ok(answer.checks.some(({ outcome }) => outcome === 'failed'));
    });
  }

  it('a list of revoked certificates that cannot be had refuses, unless the operator says otherwise', async () => {
    const sources = [
      directoryCrl(async () => {
        throw new TypeError('the directory is closed');
      }),
    ];
    const refused = await prove((result) => result, { revocation: { sources } });
    assert.equal(refused.code, 'undetermined/crl_unreachable');
    const accepted = await prove((result) => result, {
      revocation: { sources, onUndetermined: 'accept' },
    });
    assert.equal(accepted.outcome, 'review');
    const check = accepted.checks.find(({ id }) => id === 'jpki.revocation');
    assert.equal(check?.outcome, 'undetermined');
  });

  it('nothing else is handed on than was asked', async () => {
    const handoff = handoffOptions({
      providers: [made((result) => ({ ...result, claims: { ...result.claims, sex: 'female' } }))],
    });
    const shop = handoffSite({ handoff });
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    await new PhoneBrowser(shop.verifier).toApp(links.qr, code);
    await send(page, await evidenceOf(page));
    const names = (await shop.store.personal(page.view.id)).map(({ name }) => name);
    assert.equal(names.includes('claim/sex'), false);
  });
});

describe('an operator that tells everything', () => {
  it('is not heard on what was asked only after the person had agreed', async () => {
    const store = memoryStore();
    const handoff = handoffOptions({ providers: [made((result) => result)] });
    const item = { purpose: { ja: 'ご本人の確認のため' }, retainDays: 0 };
    const deploy = (claims: Profile['claims']) =>
      site({ store, handoff, profiles: { identity: { ...account, claims } } });
    const page = await Page.open(deploy({ name: item }));
    const { links, code } = await start(page, 'ic-chip');
    const later = deploy({ name: item, birth_date: { ...item, optional: true } });
    await new PhoneBrowser(later.verifier).toApp(links.qr, code);
    Object.assign(page, { site: later });
    assert.equal((await send(page, await evidenceOf(page), 'ic-chip')).outcome, 'review');
    const kept = (await store.personal(page.view.id)).map((one) => one.name);
    assert.deepEqual(
      kept.filter((one) => one.startsWith('claim/')),
      ['claim/name'],
    );
  });
});

describe('an operator that says what cannot be, of a chip nobody here has read', () => {
  for (const claims of [
    { birth_date: '0000-05-01' },
    { birth_date: '2999-01-01' },
    { name: '' },
    { name: '番号\u0000花子' },
    { address: '東京都\norigin: https://evil.example' },
    { name: '番号\u202e花子' },
  ]) {
    it(`${JSON.stringify(claims)} is refused: malformed/claim`, async () => {
      const provider = made((result) => ({ ...result, claims: { ...result.claims, ...claims } }));
      const shop = handoffSite({ handoff: handoffOptions({ providers: [provider] }) });
      const page = await Page.open(shop);
      const { links, code } = await start(page, 'ic-chip');
      await new PhoneBrowser(shop.verifier).toApp(links.qr, code);
      const answer = await send(page, await evidenceOf(page), 'ic-chip');
      assert.deepEqual([answer.outcome, answer.code], ['refused', 'malformed/claim']);
      assert.deepEqual(await shop.store.personal(page.view.id), []);
    });
  }
});

describe('the operator’s page', () => {
  /** The attacker chooses the number on a phone of their own, and sends the operator's page on. */
  async function relayed(bindsBrowser: boolean, says = bindsBrowser) {
    const phone = createPhone({ origin: ORIGIN, bindsBrowser });
    const ask: typeof fetch = async (input, init) =>
      (await phone.handle(new Request(input, init))) ?? new Response(null, { status: 404 });
    const { apiKey, clientId } = phone;
    const provider = testProvider({ apiKey, clientId, fetch: ask, bindsBrowser: says });
    const shop = handoffSite({
      handoff: handoffOptions({
        providers: [provider],
        trustAnchors: phone.cards.roots.map(({ certificate }) => ({ certificate, test: true })),
      }),
    });
    const browser = (verifier: Verifier) =>
      new PlainBrowser(
        async (request) => (await phone.handle(request.clone())) ?? verifier.fetch(request),
      );
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const [attacker, victim] = [browser(shop.verifier), browser(shop.verifier)];
    await attacker.toApp(links.qr, code);
    const app = attacker.screen.url;
    const seen = await victim.open(app);
    await victim.press({ action: 'sign', pin: 'TEST1234' });
    await attacker.open(app);
    return { page, shop, attacker, seen };
  }

  it('is shown to the browser that opened it first, and gives the way back once', async () => {
    const { page, attacker, seen } = await relayed(true);
    assert.equal(seen.status, 404);
    await attacker.press({ action: 'sign', pin: 'TEST1234' });
    const app = attacker.screen.url;
    const back = attacker.screen.text;
    assert.equal((await attacker.open(app)).status, 404, 'not a second time');
    assert.match(back, /handoff\/callback/);
    assert.equal((await handoffOf(page)).phase, 'in_app');
  });

  it('of an operator that shows it to all: the result says that nobody knows', async () => {
    const { page, shop, attacker } = await relayed(false);
    await attacker.follow();
    assert.equal((await send(page, await evidenceOf(page))).outcome, 'review');
    const { hash } = await page.review();
    const envelope = await page.seal({ reviewHash: hash }, { method: 'jpki' });
    const confirmed = await page.sendEnvelope('confirm', envelope);
    const { ref = '' } = (await json<{ status: SessionStatus }>(confirmed)).status;
    const result = await shop.verifier.redeem(ref, {
      subject: SUBJECT,
      profile: 'identity',
      acceptTest: true,
    });
    assert.equal(result.boundBrowser, 'undetermined');
  });

  it('can be demanded to be bound: policy/bound_browser', async () => {
    for (const bindsBrowser of [false, true]) {
      const handoff = handoffOptions({ providers: [testProvider({ bindsBrowser })] });
      const shop = handoffSite({ handoff }, { boundBrowser: 'required' });
      const page = await Page.open(shop);
      const { links, code } = await start(page);
      await new PhoneBrowser(shop.verifier).complete(links.qr, code);
      const answer = await send(page, await evidenceOf(page));
      assert.equal(answer.code, bindsBrowser ? undefined : 'policy/bound_browser');
    }
  });
});
