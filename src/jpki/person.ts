/**
 * What a 署名用電子証明書 says about its holder: otherNames of subjectAltName, J-LIS
 * プロファイル仕様書 3.2. All of it is text; sex and dates are digits.
 */
import type { OtherName } from '../trust/extensions.ts';
import { IdVerifyError } from '../wire/error.ts';
import { isCalendarDate } from '../wire/fields.ts';

/** The holder as the certificate has them; absent what it does not have. */
export interface JpkiPerson {
  /** 氏名, family and given name with a full-width space between. */
  readonly name?: string;
  /** Whether a character of the name stands in for one that could not be written. */
  readonly nameSubstituted: boolean;
  /** `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where no more is known. */
  readonly birthDate?: string;
  readonly sex?: 'male' | 'female' | 'not_known';
  /** 住所, from the prefecture on, without postal code. */
  readonly address?: string;
  readonly addressSubstituted: boolean;
}

/** Object identifiers of the otherNames. */
export const HOLDER_NAMES = {
  name: '1.2.392.200149.8.5.5.1',
  nameSubstituted: '1.2.392.200149.8.5.5.2',
  sex: '1.2.392.200149.8.5.5.3',
  birthDate: '1.2.392.200149.8.5.5.4',
  address: '1.2.392.200149.8.5.5.5',
  addressSubstituted: '1.2.392.200149.8.5.5.6',
} as const;

const known: readonly string[] = Object.values(HOLDER_NAMES);

/** Names this reader has no meaning for, such as furigana and former surnames. */
export const otherNamesIn = (names: readonly OtherName[]): readonly OtherName[] =>
  names.filter(({ oid }) => !known.includes(oid));

/** @throws IdVerifyError `malformed/certificate`, also for two of one kind */
export function readPerson(names: readonly OtherName[]): JpkiPerson {
  const said = (what: keyof typeof HOLDER_NAMES): string | undefined => {
    const [first, ...more] = names.filter(({ oid }) => oid === HOLDER_NAMES[what]);
    if (more.length > 0) throw malformed(`${what} is given twice`);
    return first?.text;
  };
  const [name, address, sex, born] = [
    said('name'),
    said('address'),
    said('sex'),
    said('birthDate'),
  ];
  const birthDate = born === undefined ? undefined : readBirthDate(born);
  return {
    ...(name !== undefined && { name }),
    nameSubstituted: isSubstituted(said('nameSubstituted')),
    ...(birthDate !== undefined && { birthDate }),
    ...(sex !== undefined && { sex: readSex(sex) }),
    ...(address !== undefined && { address }),
    addressSubstituted: isSubstituted(said('addressSubstituted')),
  };
}

const malformed = (what: string) =>
  new IdVerifyError('malformed/certificate', `certificate of a card: ${what}`);

/** One digit for each character: 1 where it is a substitute. */
const isSubstituted = (digits = ''): boolean => /[^0]/.test(digits.normalize('NFKC').trim());

function readSex(digit: string): NonNullable<JpkiPerson['sex']> {
  const sex = ({ 1: 'male', 2: 'female', 3: 'not_known' } as const)[Number(digit)];
  if (sex === undefined || digit.length !== 1) throw malformed('sex');
  return sex;
}

/**
 * `EYYYYMMDD`: the era (1 明治 to 5 令和, 0 unknown), then the western year, month and day. Of a date
 * that is not known to the day, as much as is; how J-LIS fills the rest is not published, so whatever
 * is no number of a month or day counts as not known.
 */
function readBirthDate(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^[0-5](.{4})(.{2})(.{2})$/su.exec(text) ?? [];
  if (year === '') throw malformed('date of birth');
  const isUnknown = (part: string) => !/^\d+$/.test(part) || /^(0+|9+)$/.test(part);
  if (isUnknown(year)) return undefined;
  if (isUnknown(month)) return year;
  if (!isCalendarDate(`${year}-${month}-01`)) throw malformed('date of birth');
  if (isUnknown(day)) return `${year}-${month}`;
  if (!isCalendarDate(`${year}-${month}-${day}`)) throw malformed('date of birth');
  return `${year}-${month}-${day}`;
}

/** Whether a date of birth is known to the day, without which no age is reached. */
export const isWholeDate = (date: string | undefined): date is string => date?.length === 10;
