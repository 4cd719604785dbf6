import type { LocalDate } from '#shared/kernel/time.ts';
import { currentLanguage, type Language } from '../settings/language.ts';

/** Espace insécable: the only one the font holds. */
export const NBSP = '\u00a0';

const TAGS = { fr: 'fr-FR', en: 'en-GB' } as const satisfies Record<Language, string>;

/** Intl gives U+202F, which the font lacks; this is the one place where it is replaced. */
export const tidy = (text: string): string => text.replaceAll('\u202f', NBSP);

const formats = new Map<string, Intl.DateTimeFormat>();

function dates(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(TAGS[language], options);
  formats.set(key, known);
  return known;
}

const two = (n: number) => String(n).padStart(2, '0');

/** Minutes since midnight: `9 h`, `9 h 05`; in English `9:00`, `9:05`. */
export function hour(minuteOfDay: number, language: Language = currentLanguage()): string {
  const hours = Math.floor(minuteOfDay / 60);
  const minutes = minuteOfDay % 60;
  if (language === 'en') return `${hours}:${two(minutes)}`;
  return minutes === 0 ? `${hours}${NBSP}h` : `${hours}${NBSP}h${NBSP}${two(minutes)}`;
}

/** The minute that a wall clock shows at an instant; without a zone, this device's clock. */
export function minuteAt(instant: string | Date, timeZone?: string): number {
  const parts = dates('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(timeZone && { timeZone }) }).formatToParts(
    new Date(instant),
  );
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return of('hour') * 60 + of('minute');
}

/** `À jour à ${hourAt(…)}`: 9 h 24. */
export const hourAt = (instant: string | Date, timeZone?: string, language: Language = currentLanguage()): string =>
  hour(minuteAt(instant, timeZone), language);

/** `9 h – 9 h 55`, kept on one line. */
export const span = (from: number, to: number, language: Language = currentLanguage()): string =>
  `${hour(from, language)}${NBSP}–${NBSP}${hour(to, language)}`;

const utc = (date: LocalDate) => new Date(`${date}T00:00:00Z`);

function day(date: LocalDate, options: Intl.DateTimeFormatOptions, language: Language): string {
  const text = tidy(dates(language, { ...options, timeZone: 'UTC' }).format(utc(date)));
  return language === 'fr' ? text.replace(/\b1 (?=\p{L})/u, '1er ') : text.replace(',', '');
}

/** `lundi 23 novembre`, `mardi 1er septembre`. */
export const dayOf = (date: LocalDate, language: Language = currentLanguage()): string =>
  day(date, { weekday: 'long', day: 'numeric', month: 'long' }, language);

/** `23 novembre 2026`. */
export const dayOfYear = (date: LocalDate, language: Language = currentLanguage()): string =>
  day(date, { day: 'numeric', month: 'long', year: 'numeric' }, language);

/** For tables: `04/07/2014`. */
export const dayInTable = (date: LocalDate): string => date.split('-').reverse().join('/');

/** The calendar day a wall clock shows at an instant; without a zone, this device's. */
export function dateAt(instant: string | Date, timeZone?: string): LocalDate {
  const parts = dates('en', { year: 'numeric', month: '2-digit', day: '2-digit', ...(timeZone && { timeZone }) }).formatToParts(
    new Date(instant),
  );
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}

/** Begins a sentence or a title: `Lundi 23 novembre`. */
export const sentence = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);

/** `21 975`; `decimals` keeps exactly so many. */
export const number = (
  value: number,
  { decimals, language = currentLanguage() }: { decimals?: number; language?: Language } = {},
): string =>
  tidy(
    new Intl.NumberFormat(TAGS[language], {
      ...(decimals !== undefined && { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    }).format(value),
  );

/** 0.914 is `91,4 %`. */
export const percent = (ratio: number, language: Language = currentLanguage()): string =>
  tidy(new Intl.NumberFormat(TAGS[language], { style: 'percent', maximumFractionDigits: 1 }).format(ratio));

/** `0,12 €`, `2 637 €`: cents only under a hundred euros. */
export const money = (euros: number, language: Language = currentLanguage()): string =>
  tidy(
    new Intl.NumberFormat(TAGS[language], {
      style: 'currency',
      currency: 'EUR',
      minimumFractionDigits: Math.abs(euros) < 100 && !Number.isInteger(euros) ? 2 : 0,
      maximumFractionDigits: Math.abs(euros) < 100 ? 2 : 0,
    }).format(euros),
  );

/** `15,5 / 20`. */
export const mark = (value: number, outOf: number, language: Language = currentLanguage()): string =>
  `${number(value, { language })}${NBSP}/${NBSP}${number(outOf, { language })}`;

export interface Named {
  readonly givenName: string;
  readonly familyName: string;
}

/** Staff lists: `LEMOINE Inès`. */
export const lastNameFirst = ({ givenName, familyName }: Named): string => `${familyName.toLocaleUpperCase('fr')} ${givenName}`;

/** School files give `LE GOFF-MARTIN`; a family reads `Le Goff-Martin`. A name in mixed case is left as its owner writes it. */
const quietly = (name: string): string =>
  name === name.toLocaleUpperCase('fr')
    ? name
        .toLocaleLowerCase('fr')
        .replace(/(^|[\s\-'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase('fr'))
    : name;

/** Families and greetings: `Inès Lemoine`. */
export const firstNameFirst = ({ givenName, familyName }: Named): string => `${quietly(givenName)} ${quietly(familyName)}`;

/** Within a family: `Inès`. */
export const firstName = ({ givenName }: Pick<Named, 'givenName'>): string => quietly(givenName);

export const initials = ({ givenName, familyName }: Named): string => (givenName.charAt(0) + familyName.charAt(0)).toLocaleUpperCase('fr');

const collator = new Intl.Collator('fr', { numeric: true });

/** The order of a list of people, or of classes. */
export const inFrenchOrder = collator.compare;
export const byName = (a: Named, b: Named): number =>
  collator.compare(a.familyName, b.familyName) || collator.compare(a.givenName, b.givenName);
