/** What the approval sheet calls things. A name it does not know is shown as it was asked. */
export const LABELS = {
  ja: {
    badge: 'テスト用ウォレット (simulated)',
    heading: (name: string) => `「${name}」へ提供しますか？`,
    unsigned: '署名のない要求元',
    verified: '要求元の署名を確認しました',
    unverified: '要求元を確認できません',
    kept: '保存される',
    notKept: '保存されない',
    approve: '承認',
    cancel: 'キャンセル',
    sending: '提供しています…',
    acting: (mode: string) => `このウォレットの動作: ${mode}`,
  },
  en: {
    badge: 'Simulated wallet (テスト用)',
    heading: (name: string) => `Share with “${name}”?`,
    unsigned: 'An unsigned request',
    verified: 'The requester’s signature was verified',
    unverified: 'The requester could not be verified',
    kept: 'kept',
    notKept: 'not kept',
    approve: 'Approve',
    cancel: 'Cancel',
    sending: 'Sharing…',
    acting: (mode: string) => `This wallet will act: ${mode}`,
  },
} as const;
export type Language = keyof typeof LABELS;

const NAMES: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  'org.iso.23220.1.jp.mnc': ['マイナンバーカード（テスト）', 'My Number Card (test)'],
  'org.iso.18013.5.1.mDL': ['運転免許証（テスト）', 'Driving licence (test)'],
  full_name_unicode: ['氏名', 'Name'],
  resident_address_unicode: ['住所', 'Address'],
  local_gov_code_unicode: ['市町村コード', 'Municipality code'],
  birth_date_unicode: ['生年月日（表記）', 'Date of birth (as printed)'],
  birth_date: ['生年月日', 'Date of birth'],
  sex_unicode: ['性別（表記）', 'Sex (as printed)'],
  sex: ['性別', 'Sex'],
  portrait: ['顔写真', 'Photo'],
  individual_number_unicode: ['個人番号', 'Individual number'],
  age_in_years: ['年齢', 'Age'],
  family_name: ['姓（ローマ字）', 'Family name'],
  given_name: ['名（ローマ字）', 'Given name'],
  resident_address: ['住所', 'Address'],
};

export function nameOf(identifier: string, language: Language): string {
  const years = /^age_over_(\d\d)$/.exec(identifier)?.[1];
  if (years) return language === 'ja' ? `${years}歳以上か` : `Over ${years}`;
  return NAMES[identifier]?.[language === 'ja' ? 0 : 1] ?? identifier;
}
