import type { SchoolKind } from '../../directory/school.ts';
import type { LocalDate } from '../../kernel/index.ts';
import type { DeliveryKind } from '../delivery.ts';

/** Espace insécable: U+202F, which French typography would have in places, is missing from too many fonts. */
export const NBSP = '\u00A0';

export type Sex = 'F' | 'M' | undefined;

/** What a mail has to say, in words that are already clean. */
export interface Said {
  readonly name: string;
  readonly sex: Sex;
  /** The reader is the pupil. */
  readonly self: boolean;
  readonly date: LocalDate;
  /** Of the missed lesson, or of the arrival. */
  readonly minute: number;
  /** The mail goes out on the day it is about. */
  readonly sameDay: boolean;
  /** Empty where there is none: an école’s roll call is of a half-day. */
  readonly subject: string;
  readonly seenBefore: boolean;
  /** When the roll call was saved, if on that day. */
  readonly savedMinute?: number | undefined;
}

export interface Sentences {
  /** From the fullest to the shortest: the first that leaves room for a name is taken. `{}` stands for it. */
  readonly subjects: readonly string[];
  readonly fact: string;
  /** The fact without the child's name: shown beside the subject on a locked phone. */
  readonly preheader: string;
  readonly detail: string;
  readonly button: string;
  readonly hint: string;
}

/** What each kind of message says, and what stands around it in all of them. */
export interface Words extends Readonly<Record<DeliveryKind, (said: Said) => Sentences>> {
  /** Who looks after absences: school life, or at an école the school itself. */
  readonly office: Readonly<Record<SchoolKind, string>>;
  hello(who: string): string;
  human(phone: string | undefined, kind: SchoolKind): { readonly before: string; readonly after: string };
  why(name: string, self: boolean): string;
  /** A sentence for who would rather read another one. */
  readonly otherLanguage: { readonly language: 'fr' | 'en'; readonly words: string };
}

export const NOON = 720;

export const two = (n: number) => String(n).padStart(2, '0');
export const partsOf = (date: LocalDate) => date.split('-').map(Number) as [number, number, number];
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
export const agree = (sex: Sex, feminine: string, masculine: string): string => (sex === 'F' ? feminine : masculine);
