/** People who do not exist, with what their cards say about them. */
import { type Cbor, fullDate, tdate } from './cbor.ts';
import { portrait } from './portrait.ts';

export const MNC = 'org.iso.23220.1.jp.mnc';
export const MDL = 'org.iso.18013.5.1.mDL';
export const DOC_TYPES = [MNC, MDL] as const;
export type DocType = (typeof DOC_TYPES)[number];

/** namespace → element → value */
export type Elements = Readonly<Record<string, Readonly<Record<string, Cbor>>>>;

export interface Person {
  /** Family and given name, as in 氏名. */
  readonly name: readonly [family: string, given: string];
  readonly nameLatin: readonly [family: string, given: string];
  readonly address: string;
  /** 市町村コード; 99999 belongs to no municipality. */
  readonly municipality: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  /** The same, as the card prints it. */
  readonly birthDateText: string;
  /** ISO/IEC 5218 */
  readonly sex: 1 | 2;
  /** Its check digit is wrong, so it is nobody's. */
  readonly individualNumber: string;
}

export const PERSONS = {
  hanako: {
    name: ['番号', '花子'],
    nameLatin: ['BANGO', 'HANAKO'],
    address: '〇〇県△△市□□町1-2-3',
    municipality: '99999',
    birthDate: '1971-09-01',
    birthDateText: '昭和46年9月1日',
    sex: 2,
    individualNumber: '123456789012',
  },
  /** Not yet 20 in the years this is likely to be read. */
  minor: {
    name: ['見本', '太郎'],
    nameLatin: ['MIHON', 'TARO'],
    address: '〇〇県△△市□□町4-5-6',
    municipality: '99999',
    birthDate: '2015-04-01',
    birthDateText: '平成27年4月1日',
    sex: 1,
    individualNumber: '210987654321',
  },
  /** Not a Japanese national: the name as the residence record has it, in Latin letters. */
  foreigner: {
    name: ['ＭＩＨＯＮ', 'ＭＡＲＩＡ'],
    nameLatin: ['MIHON', 'MARIA'],
    address: '〇〇県△△市□□町7-8-9',
    municipality: '99999',
    birthDate: '1988-02-29',
    birthDateText: '1988年2月29日',
    sex: 2,
    individualNumber: '345678901234',
  },
} as const satisfies Record<string, Person>;
export type PersonId = keyof typeof PERSONS;

/** Whole years on the given day, by the calendar in Japan. */
export function age(birthDate: string, now: Date): number {
  const today = new Date(now.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Everything a card of this type says about a person. */
export function elementsOf(docType: DocType, person: Person, now: Date): Elements {
  return docType === MNC ? myNumberCard(person, now) : drivingLicence(person, now);
}

function myNumberCard(person: Person, now: Date): Elements {
  const years = age(person.birthDate, now);
  return {
    'org.iso.23220.1.jp': {
      full_name_unicode: person.name.join('　'),
      resident_address_unicode: person.address,
      local_gov_code_unicode: person.municipality,
      birth_date_unicode: person.birthDateText,
      sex_unicode: person.sex === 1 ? '男性' : '女性',
      portrait: portrait(),
      individual_number_unicode: person.individualNumber,
    },
    'org.iso.23220.1': {
      birth_date: fullDate(person.birthDate),
      sex: person.sex,
      age_in_years: years,
      age_over_20: years >= 20,
    },
  };
}

function drivingLicence(person: Person, now: Date): Elements {
  const years = age(person.birthDate, now);
  return {
    'org.iso.18013.5.1': {
      family_name: person.nameLatin[0],
      given_name: person.nameLatin[1],
      family_name_national_character: person.name[0],
      given_name_national_character: person.name[1],
      birth_date: fullDate(person.birthDate),
      issue_date: fullDate('2025-01-01'),
      expiry_date: fullDate('2035-01-01'),
      issuing_country: 'JP',
      issuing_authority: 'TEST issuing authority',
      document_number: 'TEST-000000000001',
      un_distinguishing_sign: 'J',
      driving_privileges: [{ vehicle_category_code: 'B', issue_date: fullDate('2025-01-01') }],
      portrait: portrait(),
      portrait_capture_date: tdate(new Date('2025-01-01T00:00:00Z')),
      sex: person.sex,
      resident_address: person.address,
      age_in_years: years,
      age_over_18: years >= 18,
      age_over_20: years >= 20,
    },
  };
}
