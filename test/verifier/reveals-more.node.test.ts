import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createVerifier, memoryStore, type Profile } from '../../src/verifier/index.ts';
import { handoffOptions } from '../handoff/phone.ts';
import { receiptKey } from '../photo/photographer.ts';
import { adult, options, Page, site } from './harness.ts';

const wallet = { docType: 'org.iso.23220.1.jp.mnc' } as const;
const photo = { documents: ['driving-licence'], decideWithinHours: 24 } as const;
const RUNGS = { jpki: {}, 'jpki-mobile': {}, 'ic-chip': {} } as const;
const all = { handoff: handoffOptions(), photo: { receiptKey } };
const rule = { purpose: { ja: '確認' }, retainDays: 0 };

const offered = async (profile: Partial<Profile>) => {
  const shop = site({ ...all, profiles: { adult: { ...adult, ...profile } } });
  return (await Page.open(shop, 'adult')).view.methods.map(({ method }) => method);
};

it('who asks for yes or no only offers no way that reveals more, unless by name', async () => {
  const methods = { wallet, ...RUNGS, photo };
  assert.deepEqual(await offered({ methods }), ['wallet']);
  const claims = { ...adult.claims, age_over_65: { ...rule, mustBe: 'either' } } as const;
  assert.deepEqual(await offered({ methods, claims }), ['wallet'], 'however many it asks');
  const jpki = { revealsMore: true } as const;
  assert.deepEqual(await offered({ methods: { ...methods, jpki } }), ['wallet', 'jpki']);
  const named = { ...photo, revealsMore: true } as const;
  assert.deepEqual(await offered({ methods: { ...methods, photo: named } }), ['wallet', 'photo']);
  assert.equal((await offered({ methods, claims: { ...claims, birth_date: rule } })).length, 5);
});

it('start refuses a profile that then offers nothing, and other words', () => {
  const start = (methods: object) =>
    createVerifier(
      options(memoryStore(), { ...all, profiles: { adult: { ...adult, methods } as Profile } }),
    );
  for (const methods of [RUNGS, { photo }, { jpki: {} }]) {
    assert.throws(() => start(methods), { code: 'config/method', message: /revealsMore/ });
  }
  assert.doesNotThrow(() => start({ jpki: { revealsMore: true } }));
  for (const revealsMore of [false, 'yes', 1]) {
    for (const methods of [{ jpki: { revealsMore } }, { photo: { ...photo, revealsMore } }]) {
      assert.throws(() => start(methods), { code: 'config/option', message: /revealsMore/ });
    }
  }
});
