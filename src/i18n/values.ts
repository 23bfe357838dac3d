/** Values in words: calendar dates, lists, how long something is kept. */
import type { ConsentWords } from './glossary.ts';

/** 0 means not kept; a whole number of years, leap days aside, reads as years. */
export function retention(days: number, { consent }: ConsentWords): string {
  if (days === 0) return consent.notKept;
  const years = Math.round(days / 365.25);
  const whole = years > 0 && Math.abs(days - years * 365.25) <= 2;
  return whole ? consent.keptYears(years) : consent.keptDays(days);
}

/** 「氏名、住所と性別」 */
export function enumerate(names: readonly string[], { consent }: ConsentWords): string {
  const last = names.at(-1);
  if (names.length < 2) return last ?? '';
  return `${names.slice(0, -1).join(consent.comma)}${consent.list}${last}`;
}

/**
 * A calendar date (`YYYY-MM-DD`) in words, in Japanese with the era: 1971年（昭和46年）9月1日. It is
 * a day on the calendar, not a moment, so no time zone may move it. Anything else comes back as is.
 */
export function calendarDate(value: string, language: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return value;
  const date = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return value;
  if (language !== 'ja') return format(date, language, { dateStyle: 'long' });
  const era = format(date, 'ja-JP-u-ca-japanese', { era: 'long', year: 'numeric' });
  const year = format(date, 'ja-JP-u-ca-gregory', { year: 'numeric' });
  return `${year}（${era}）${format(date, 'ja-JP', { month: 'long', day: 'numeric' })}`;
}

const format = (date: Date, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(date);
