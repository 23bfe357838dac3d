import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createVerifier, memoryStore, type Profile } from '../../src/verifier/index.ts';
import type { ConfirmAnswer, EvidenceAnswer, HandoffAnswer } from '../../src/wire/contract.ts';
import { sha256 } from '../../src/wire/sha256.ts';
import { handoffOptions, PhoneBrowser } from '../handoff/phone.ts';
import { evidenceOf, send, start } from '../handoff/site.ts';
import { pendingPhotos, receiptKey } from '../photo/photographer.ts';
import { identity, json, ORIGIN, options, Page, SUBJECT, site } from './harness.ts';

const rule = { purpose: { ja: '確認' }, retainDays: 0 };
const person = { name: rule, address: rule, birth_date: rule };
const wallet = { docType: 'org.iso.23220.1.jp.mnc' } as const;
const photo = { documents: ['driving-licence'], decideWithinHours: 24 } as const;
const self = { ...handoffOptions(), signatureVerifier: 'self' } as const;
const YEARS = 1096;
const kept = { ...rule, retainDays: YEARS };
const long = { name: kept, address: kept, birth_date: kept };

const begin = (profile: object, more: object = {}) =>
  createVerifier(
    options(memoryStore(), {
      handoff: self,
      photo: { receiptKey },
      profiles: { identity: { ...identity, ...profile } as Profile },
      ...more,
    }),
  );
const refusedFor = (why: RegExp, profile: object, more: object = {}) =>
  assert.throws(() => begin(profile, more), { code: 'config/law', message: why });

describe('start refuses a profile that cannot fulfil its law', () => {
  const elsewhere = { recordsKept: 'elsewhere' } as const;
  const aml = { law: 'jp-aml', ...elsewhere } as const;

  it('without the claims of the clause, whatever is kept elsewhere', () => {
    const methods = { wallet };
    const age = { age_over_20: { ...rule, mustBe: true } };
    refusedFor(/ル needs the claim name/, { ...aml, methods, claims: age });
    refusedFor(/ル needs the claim portrait/, { ...aml, methods, claims: person });
    assert.doesNotThrow(() => begin({ ...aml, methods, claims: { ...person, portrait: rule } }));
    // Optional for the card, which has none; the wallet is asked for it all the same.
    const portrait = { ...rule, optional: true };
    assert.doesNotThrow(() =>
      begin({ ...aml, methods: { wallet, jpki: {} }, claims: { ...person, portrait } }),
    );
    const { birth_date: _, ...ageless } = person;
    refusedFor(/birth_date or age_in_years/, {
      law: 'jp-secondhand',
      ...elsewhere,
      methods: { photo },
      claims: ageless,
    });
  });

  it('without the capacity, declared once and without default', () => {
    const profile = { ...aml, methods: { jpki: {} }, claims: person };
    assert.doesNotThrow(() => begin(profile));
    for (const signatureVerifier of [undefined, 'operator'] as const) {
      const handoff = { ...handoffOptions(), ...(signatureVerifier && { signatureVerifier }) };
      refusedFor(/signatureVerifier: 'self'/, profile, { handoff });
    }
    const handoff = { ...self, signatureVerifier: 'somebody' };
    assert.throws(() => begin(profile, { handoff }), { code: 'config/option' });
  });

  it('where a term starts with the end of a contract and no records are kept elsewhere', () => {
    const profile = { law: 'jp-aml', methods: { jpki: {} }, claims: long, retainProofDays: 9999 };
    refusedFor(/end of the contract/, profile);
    assert.doesNotThrow(() => begin({ ...profile, ...elsewhere }));
    assert.throws(() => begin({ ...profile, recordsKept: true }), { code: 'config/option' });
  });

  it('古物: for as many days as the ledger is kept, images for item 8', () => {
    const profile = { law: 'jp-secondhand', methods: { photo }, claims: long };
    refusedFor(/retainProofDays 1096/, { ...profile });
    refusedFor(/retainDocumentDays 1096/, { ...profile, retainProofDays: YEARS });
    refusedFor(/name with retainDays/, { ...profile, claims: person, retainProofDays: YEARS });
    const whole = { ...profile, retainProofDays: YEARS, retainDocumentDays: YEARS };
    assert.doesNotThrow(() => begin(whole));
    refusedFor(/retainDocumentDays/, { ...whole, retainDocumentDays: YEARS - 1 });
    assert.doesNotThrow(() => begin({ ...profile, claims: person, ...elsewhere }));
  });
});

it('a wallet is asked for what its clause names, though other ways may leave it out', async () => {
  const claims = { ...person, portrait: { ...rule, optional: true } } as const;
  const profile: Profile = {
    ...identity,
    law: 'jp-aml',
    recordsKept: 'elsewhere',
    claims,
    methods: { wallet, jpki: {} },
  };
  const shop = site({ handoff: self, profiles: { identity: profile } });
  const page = await Page.open(shop);
  const asked = await page.requests();
  const withheld = await page.present(asked, { mode: 'withheld-element' });
  assert.equal((await page.evidence<EvidenceAnswer>(withheld)).outcome, 'refused');
});

describe('古物 item 11: 職業 in what is signed', () => {
  const profile: Profile = {
    ...identity,
    law: 'jp-secondhand',
    recordsKept: 'elsewhere',
    claims: person,
    methods: { jpki: {}, 'ic-chip': {} },
  };
  const shop = () => site({ handoff: self, profiles: { identity: profile } });
  const opening = { subject: SUBJECT, profile: 'identity', origin: ORIGIN };

  it('is not offered without it, to a page or to the site', async () => {
    const one = shop();
    const offered = async (page: Page) => page.view.methods.map(({ method }) => method);
    assert.deepEqual(await offered(await Page.open(one)), ['ic-chip']);
    const minted = await Page.claim(one, await one.verifier.mint(opening));
    assert.deepEqual(await offered(minted), ['ic-chip']);
    await assert.rejects(one.verifier.mint({ ...opening, methods: ['jpki'] }), {
      code: 'policy/method',
    });
    for (const occupation of [
      '',
      '　',
      '会社員\n確認コード: 00',
      '\u202e員社会',
      'x'.repeat(101),
      7 as never,
    ]) {
      await assert.rejects(one.verifier.mint({ ...opening, declared: { occupation } }), {
        code: 'config/option',
      });
    }
    const extra = { occupation: '会社員', income: '1' } as never;
    await assert.rejects(one.verifier.mint({ ...opening, declared: extra }), {
      code: 'config/option',
    });
  });

  it('stands in the signed statement, and the result is labelled', async () => {
    const one = shop();
    const declared = { occupation: '会社員' };
    const page = await Page.claim(one, await one.verifier.mint({ ...opening, declared }));
    const started: HandoffAnswer = await start(page, 'jpki');
    assert.match(started.statement.ja ?? '', /職業: 会社員/);
    const phone = new PhoneBrowser(one.verifier);
    await phone.open(started.links.qr);
    await phone.press({ code: started.code });
    const signing = await phone.follow();
    assert.match(signing.text, /職業: 会社員/);
    await phone.press({ action: 'sign', pin: 'ＴＥＳＴ１２３４' });
    await phone.follow();
    assert.equal((await send(page, await evidenceOf(page), 'jpki')).outcome, 'review');
    const review = await page.call('review');
    const reviewHash = await sha256(new Uint8Array(await review.arrayBuffer()));
    const { status } = await json<ConfirmAnswer>(
      await page.sendEnvelope('confirm', await page.seal({ reviewHash }, { method: 'jpki' })),
    );
    const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };
    const result = await one.verifier.redeem(status.ref ?? '', expectation);
    assert.equal(result.legalBasis?.clause, '11');
    assert.equal((await one.store.get(page.view.id))?.declared, undefined, 'gone with the session');
    const [evidence] = await one.store.evidence(page.view.id);
    assert.match(String(evidence?.proof.transaction), /職業: 会社員/);
  });

  it('item 8 is labelled with it alone', async () => {
    const photos = site({
      photo: { receiptKey },
      profiles: { identity: { ...profile, methods: { photo } } },
    });
    const { page } = await pendingPhotos(photos);
    const result = await photos.verifier.reviews.decide(page.view.id, {
      decision: 'approve',
      reviewer: 'staff-1',
      claims: { name: '番号 花子', address: '東京都', birth_date: '1971-09-01' },
    });
    assert.deepEqual([result.status, result.legalBasis], ['verified', undefined]);
  });
});
