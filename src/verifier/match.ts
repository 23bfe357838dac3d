/**
 * Comparing what was read with what the site has. Only what is certainly the same is a match and
 * only what is certainly different a mismatch: 異体字 and the many ways to write an address are
 * neither, and a person must not be refused for them.
 */
import { type Claims, claimsIn } from '../methods/claims.ts';
import type { NamedClaim } from '../wire/contract.ts';

/** What can be compared. Values as the site has them; birth date `YYYY-MM-DD`. */
export interface AccountData {
  readonly name?: string;
  readonly address?: string;
  readonly birth_date?: string;
  readonly sex?: string;
}

/** How one claim compares; `undetermined` where spelling alone may differ. */
export type Match = 'match' | 'mismatch' | 'undetermined';

/** NFKC, no white space at all, capitals folded. */
const fold = (value: string): string => value.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

/** Ideographs for which other forms of the same name are in use; who writes which is chance. */
const VARIANTS = [
  '辺邊邉',
  '斉齊斎齋',
  '高髙',
  '崎﨑嵜',
  '沢澤',
  '浜濱濵',
  '島嶋嶌',
  '広廣',
  '桜櫻',
  '国國',
  '竜龍',
  '栄榮',
  '恵惠',
  '徳德',
  '吉𠮷',
  '土圡',
  '富冨',
  '真眞',
  '静靜',
  '増增',
  '瀬瀨',
  '頼賴',
  '曽曾',
  '黒黑',
  '関關',
  '実實',
  '寿壽',
  '条條',
  '当當',
  '万萬',
  '弥彌',
  '与與',
  '礼禮',
] as const;

const folded = new Map(
  VARIANTS.flatMap((group) => {
    const [standard = '', ...others] = group;
    return others.map((other) => [other, standard] as const);
  }),
);

/** Variation selectors and variant ideographs taken away. */
const plain = (value: string): string =>
  [...fold(value).replace(/[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu, '')]
    .map((character) => folded.get(character) ?? character)
    .join('');

function compareText(read: string, known: string): Match {
  if (fold(read) === fold(known)) return 'match';
  return plain(read) === plain(known) ? 'undetermined' : 'mismatch';
}

/**
 * An address has no canonical text: 一丁目2番3号 and 1-2-3, with or without prefecture and building.
 * A difference is therefore never certain, unless no ideograph of the names in it is shared.
 */
function compareAddress(read: string, known: string): Match {
  if (fold(read) === fold(known)) return 'match';
  const names = new Set(placeNames(read));
  const shared = placeNames(known).some((character) => names.has(character));
  return shared || names.size === 0 ? 'undetermined' : 'mismatch';
}

/** Ideographs of an address, without those every address has. */
const placeNames = (address: string): string[] =>
  [...plain(address)].filter(
    (character) =>
      /\p{Script=Han}/u.test(character) &&
      !'都道府県市区郡町村字丁目番地号一二三四五六七八九十'.includes(character),
  );

const exact = (read: string, known: string): Match =>
  fold(read) === fold(known) ? 'match' : 'mismatch';

type Compare = (read: string, known: string) => Match;

/** Null for what a site has no account of. */
const COMPARE = {
  name: compareText,
  address: compareAddress,
  birth_date: exact,
  sex: exact,
  portrait: null,
  age_in_years: null,
  local_gov_code: null,
  individual_number: null,
} as const satisfies Record<keyof AccountData, Compare> &
  Record<Exclude<NamedClaim, keyof AccountData>, null>;

/** How each field compares that both sides have. */
export type AccountMatch = { readonly [field in keyof AccountData]?: Match };

/**
 * Compares what was read with the site's data of the member.
 * @returns one word per field, never a value
 */
export function matchAccount(claims: Claims, account: AccountData): AccountMatch {
  const fields = claimsIn(COMPARE) as (keyof AccountData)[];
  return Object.fromEntries(
    fields.flatMap((field) => {
      const read = claims[field];
      const known = account[field];
      if (read === undefined || known === undefined) return [];
      return [[field, COMPARE[field](read, known)]];
    }),
  );
}
