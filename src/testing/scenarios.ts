/** What the site of demo and test asks, and what it believes to know about its members. */
import type { AccountData, Profile } from '../verifier/index.ts';

const wallet = { docType: 'org.iso.23220.1.jp.mnc' } as const;
/** In the order in which a person should try them. */
const handoffs = { jpki: {}, 'jpki-mobile': {}, 'ic-chip': {} } as const;

/** Last, because it proves the least and takes the longest. */
const photos = {
  photo: {
    documents: ['driving-licence', 'my-number-card', 'residence-card', 'passport'],
    decideWithinHours: 24,
    files: 'allow',
  },
} as const;

/** Kept for the side of the page that shows what the server saw. */
const forInspection = { retainDocumentDays: 1, retainProofDays: 1 } as const;

export const PROFILES = {
  identity: {
    purpose: {
      ja: '口座開設時のご本人の確認のため',
      en: 'To confirm who you are before opening an account',
    },
    claims: {
      name: {
        purpose: { ja: '口座の名義とするため', en: 'The name of the account' },
        retainDays: 30,
      },
      address: {
        purpose: { ja: '書類をお送りするため', en: 'To send you documents' },
        retainDays: 30,
      },
      birth_date: {
        purpose: { ja: '年齢を確認するため', en: 'To check your age' },
        retainDays: 30,
      },
      portrait: {
        purpose: { ja: '窓口でご本人と照合するため', en: 'To recognize you at the counter' },
        retainDays: 0,
        review: true,
        // A signing certificate has none.
        optional: true,
      },
    },
    methods: { wallet, ...handoffs },
    ...forInspection,
  },
  age20: {
    purpose: { ja: 'お酒の販売のため', en: 'To sell you alcohol' },
    claims: {
      age_over_20: {
        purpose: { ja: '20歳以上であることの確認', en: 'To know that you are 20 or older' },
        retainDays: 0,
        mustBe: true,
      },
    },
    methods: { wallet, ...handoffs },
    ...forInspection,
  },
  address: {
    purpose: { ja: '住所変更のお手続きのため', en: 'To change your address' },
    claims: {
      name: { purpose: { ja: 'ご契約者の確認', en: 'To find your contract' }, retainDays: 0 },
      address: {
        purpose: { ja: '新しい住所の登録', en: 'To register the new address' },
        retainDays: 365,
      },
    },
    methods: { wallet, ...handoffs },
    ...forInspection,
  },
  mismatch: {
    purpose: { ja: 'ご登録内容との照合のため', en: 'To compare with your account' },
    claims: {
      name: {
        purpose: { ja: 'ご登録のお名前との照合', en: 'Compared with your name' },
        retainDays: 0,
      },
      birth_date: {
        purpose: { ja: 'ご登録の生年月日との照合', en: 'Compared with your date of birth' },
        retainDays: 0,
      },
    },
    methods: { wallet, ...handoffs },
    onMismatch: 'refuse',
    ...forInspection,
  },
  photo: {
    purpose: { ja: '買取代金をお支払いするため', en: 'To pay for what you sell' },
    claims: {
      name: {
        purpose: { ja: '買取の記録のため', en: 'For the record of the sale' },
        retainDays: 30,
      },
      address: {
        purpose: { ja: '買取の記録のため', en: 'For the record of the sale' },
        retainDays: 30,
      },
      birth_date: {
        purpose: { ja: '年齢を確認するため', en: 'To check your age' },
        retainDays: 30,
      },
    },
    methods: { wallet, ...handoffs, ...photos },
    // Photos are looked at on the reviewer's desk; nothing of them stays after the decision.
    retainProofDays: 1,
  },
} as const satisfies Record<string, Profile>;

/**
 * The profiles. Handoffs are offered only where there is somebody to hand off to, photos only where
 * somebody looks at them.
 */
export const profilesWith = (wanted: {
  readonly handoffs: boolean;
  readonly photos: boolean;
}): Record<string, Profile> => {
  const left = { ...(!wanted.handoffs && handoffs), ...(!wanted.photos && photos) };
  return Object.fromEntries(
    Object.entries<Profile>(PROFILES).map(([id, profile]) => [
      id,
      { ...profile, methods: without(profile.methods, left) },
    ]),
  );
};

const without = (methods: Profile['methods'], left: object): Profile['methods'] =>
  Object.fromEntries(Object.entries(methods).filter(([method]) => !Object.hasOwn(left, method)));

export type ScenarioId = keyof typeof PROFILES;
export const isScenario = (id: string): id is ScenarioId => Object.hasOwn(PROFILES, id);

/** The member who is logged in, by scenario; a real site would look at its own login. */
export const memberOf = (scenario: string): string =>
  scenario === 'mismatch' ? 'member-tanaka' : 'member-hanako';

export const ACCOUNTS: Readonly<Record<string, AccountData>> = {
  'member-hanako': { name: '番号 花子', birth_date: '1971-09-01' },
  'member-tanaka': { name: '田中 一郎', birth_date: '1980-01-31' },
};
