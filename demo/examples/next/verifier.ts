import { createTestKit } from 'id-verify/testing';
import { createVerifier, memoryStore, type Verifier } from 'id-verify/verifier';

const purpose = { ja: '口座開設時のご本人の確認のため', en: 'To open an account' };
/** Where this application is reached. */
const origin = process.env.ORIGIN ?? 'http://localhost:3000';

function create() {
  const kit = createTestKit({ origin, name: '株式会社サンプル' });
  const verifier: Verifier = createVerifier({
    ...kit.options,
    authorize: async () => ({ subject: 'member-1', profiles: ['identity'] }), // your own login decides here
    profiles: {
      identity: {
        purpose,
        claims: { name: { purpose, retainDays: 0 } },
        methods: { wallet: { docType: 'org.iso.23220.1.jp.mnc' }, jpki: {}, 'ic-chip': {} },
      },
    },
    store: memoryStore(),
  });
  return { kit, verifier };
}

// Each route may load this file for itself; there is one verifier in the process nevertheless.
const shared = globalThis as typeof globalThis & { idVerify?: ReturnType<typeof create> };
shared.idVerify ??= create();
export const { kit, verifier } = shared.idVerify;
