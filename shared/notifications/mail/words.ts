import type * as z from 'zod';
import type { Language } from '../../directory/person.ts';
import { type LocalDate, weekday } from '../../kernel/index.ts';
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
  readonly schoolLife: string;
  hello(who: string): string;
  human(phone: string | undefined): { readonly before: string; readonly after: string };
  why(name: string, self: boolean): string;
  readonly otherLanguage: string;
}

const two = (n: number) => String(n).padStart(2, '0');
const parts = (date: LocalDate) => date.split('-').map(Number) as [number, number, number];
const NOON = 720;

const FR_DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const FR_MONTHS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
/** « d’Inès », « de Noa »; « de Hugo » is as good as « d’Hugo ». */
const de = (name: string): string =>
  /^[aeiouyàâäéèêëîïôöùûüœæ]/iu.test(name) && !/^(ya|yo|ye|yu)/iu.test(name) ? `d’${name}` : `de ${name}`;

const frHour = (minute: number): string => `${Math.floor(minute / 60)}${NBSP}h${minute % 60 === 0 ? '' : `${NBSP}${two(minute % 60)}`}`;
const frDate = (date: LocalDate): string => {
  const [, month, day] = parts(date);
  return `${FR_DAYS[weekday(date) - 1]} ${day === 1 ? '1er' : day}${NBSP}${FR_MONTHS[month - 1]}`;
};
const frShort = ({ date, minute }: Said): string => `(${FR_DAYS[weekday(date) - 1]?.slice(0, 3)}. ${frHour(minute)})`;
const frWhen = ({ date, minute, sameDay }: Said): string =>
  `${sameDay ? (minute < NOON ? 'ce matin' : 'cet après-midi') : frDate(date)} à ${frHour(minute)}`;
const agree = (sex: Sex, feminine: string, masculine: string): string => (sex === 'F' ? feminine : masculine);
const lessonOf = ({ date, subject }: Said): string => `${capital(frDate(date))}${subject === '' ? '' : `, ${subject}`}.`;

const FR: Words = {
  absence(said) {
    const { name, sex, self } = said;
    const when = frWhen(said);
    const seen = (who: string) => `${who} pas été ${agree(sex, 'vue', 'vu')} en cours ${when}.`;
    // Without a known sex the sentence is turned so that nothing has to agree.
    const unseen = (whom: string) =>
      sex
        ? seen(whom === 'vous' ? 'Vous n’avez' : `${whom} n’a`)
        : whom === 'vous'
          ? `Nous ne vous avons pas vu en cours ${when}.`
          : `Nous n’avons pas vu ${whom} en cours ${when}.`;
    return {
      subjects: [`{} n’est pas en classe ${frShort(said)}`],
      fact: unseen(self ? 'vous' : name),
      preheader: self ? 'Votre absence en cours.' : `Votre enfant n’a pas été ${sex === 'F' ? 'vue' : 'vu'} en cours.`,
      detail: [
        lessonOf(said),
        ...(said.savedMinute === undefined ? [] : [`Appel fait à ${frHour(said.savedMinute)}.`]),
        ...(said.seenBefore ? ['Présence notée plus tôt dans la journée.'] : []),
      ].join(' '),
      button: 'Répondre en un geste',
      hint: self ? 'Sans mot de passe.' : 'Sans mot de passe. Vous pouvez aussi dire que vous ne saviez pas.',
    };
  },
  arrived(said) {
    const { name, sex, self } = said;
    const hour = frHour(said.minute);
    const day = said.sameDay ? '' : `, ${frDate(said.date)}`;
    const arrival = sex ? `${name} est ${agree(sex, 'arrivée', 'arrivé')} à ${hour}${day}.` : `Arrivée ${de(name)} à ${hour}${day}.`;
    return {
      subjects: sex ? [`{} est ${agree(sex, 'arrivée', 'arrivé')} ${frShort(said)}`] : [`{}${NBSP}: arrivée ${frShort(said)}`],
      fact: self ? `Votre arrivée a été notée à ${hour}${day}.` : arrival,
      preheader: self ? 'Votre arrivée est notée.' : 'Votre enfant est en classe.',
      detail: 'Ce message fait suite à celui qui signalait une absence.',
      button: 'Indiquer le motif',
      hint: 'Sans mot de passe.',
    };
  },
  'wrongly-marked'(said) {
    const { name, self } = said;
    return {
      subjects: [
        `Rectificatif${NBSP}: {} était en classe ${frShort(said)}`,
        `Rectificatif${NBSP}: {} en classe ${frShort(said)}`,
        `Rectificatif${NBSP}: {} ${frShort(said)}`,
      ],
      fact: `Rectificatif${NBSP}: ${self ? 'vous étiez' : `${name} était`} bien en cours ${said.sameDay ? '' : `${frDate(said.date)} `}à ${frHour(said.minute)}.`,
      preheader: 'Erreur de notre part dans notre message précédent.',
      detail: 'C’est une erreur de notre part. Veuillez ne pas tenir compte de notre message. Vous n’avez rien à faire.',
      button: '',
      hint: '',
    };
  },
  'not-held': (said) => ({
    subjects: [
      `Rectificatif${NBSP}: {} n’avait pas cours ${frShort(said)}`,
      `{}${NBSP}: pas de cours ${frShort(said)}`,
      `{} ${frShort(said)}`,
    ],
    fact: `Rectificatif${NBSP}: le cours ${said.sameDay ? 'de' : `du ${frDate(said.date)} à`} ${frHour(said.minute)} n’a pas eu lieu.`,
    preheader: 'Le cours de notre message précédent n’a pas eu lieu.',
    detail: 'L’absence que nous vous avons signalée ne compte pas. Vous n’avez rien à faire.',
    button: '',
    hint: '',
  }),
  schoolLife: 'Vie scolaire',
  hello: (who) => `Bonjour${who === '' ? '' : ` ${who}`},`,
  human: (phone) =>
    phone === undefined
      ? { before: `Une question, une erreur${NBSP}? Répondez à ce message${NBSP}: la vie scolaire le lira.`, after: '' }
      : { before: `Une question, une erreur${NBSP}? La vie scolaire vous répond au `, after: ' ou en répondant à ce message.' },
  why: (name, self) =>
    self
      ? `Pourquoi ce message${NBSP}? Vous avez 18 ans ou plus${NBSP}: l’établissement vous prévient de chaque absence.`
      : `Pourquoi ce message${NBSP}? Vous êtes responsable ${de(name)}${NBSP}: l’établissement doit vous prévenir de chaque absence.`,
  otherLanguage: 'To receive these messages in English, reply to this one.',
};

const EN_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const EN_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const enHour = (minute: number): string => {
  const hour = Math.floor(minute / 60);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute % 60)}${NBSP}${hour < 12 || hour === 24 ? 'am' : 'pm'}`;
};
const enDate = (date: LocalDate): string => {
  const [, month, day] = parts(date);
  return `${EN_DAYS[weekday(date) - 1]} ${day}${NBSP}${EN_MONTHS[month - 1]}`;
};
const enShort = ({ date, minute }: Said): string => `(${EN_DAYS[weekday(date) - 1]?.slice(0, 3)} ${enHour(minute)})`;
const enWhen = ({ date, minute, sameDay }: Said): string =>
  sameDay ? `this ${minute < NOON ? 'morning' : 'afternoon'} at ${enHour(minute)}` : `on ${enDate(date)} at ${enHour(minute)}`;

const EN: Words = {
  absence: (said) => ({
    subjects: [`{} is not in class ${enShort(said)}`],
    fact: `${said.self ? 'You were' : `${said.name} was`} not seen in class ${enWhen(said)}.`,
    preheader: said.self ? 'Your absence from class.' : 'Your child was not seen in class.',
    detail: [
      `${enDate(said.date)}${said.subject === '' ? '' : `, ${said.subject}`}.`,
      ...(said.savedMinute === undefined ? [] : [`Roll call at ${enHour(said.savedMinute)}.`]),
      ...(said.seenBefore ? ['Seen earlier in the day.'] : []),
    ].join(' '),
    button: 'Answer in one tap',
    hint: said.self ? 'No password.' : 'No password. You can also say that you did not know.',
  }),
  arrived: (said) => ({
    subjects: [`{} has arrived ${enShort(said)}`],
    fact: `${said.self ? 'You' : said.name} arrived at ${enHour(said.minute)}${said.sameDay ? '' : ` on ${enDate(said.date)}`}.`,
    preheader: said.self ? 'Your arrival is noted.' : 'Your child is in class.',
    detail: 'This follows our message about an absence.',
    button: 'Say why',
    hint: 'No password.',
  }),
  'wrongly-marked': (said) => ({
    subjects: [
      `Correction: {} was in class ${enShort(said)}`,
      `Correction: {} in class ${enShort(said)}`,
      `Correction: {} ${enShort(said)}`,
    ],
    fact: `Correction: ${said.self ? 'you were' : `${said.name} was`} in class ${said.sameDay ? '' : `on ${enDate(said.date)} `}at ${enHour(said.minute)}.`,
    preheader: 'Our previous message was a mistake.',
    detail: 'This was our mistake. Please disregard our message. There is nothing for you to do.',
    button: '',
    hint: '',
  }),
  'not-held': (said) => ({
    subjects: [`Correction: {} had no lesson ${enShort(said)}`, `{}: no lesson ${enShort(said)}`, `{} ${enShort(said)}`],
    fact: `Correction: the lesson ${said.sameDay ? '' : `on ${enDate(said.date)} `}at ${enHour(said.minute)} did not take place.`,
    preheader: 'The lesson of our previous message did not take place.',
    detail: 'The absence that we told you of does not count. There is nothing for you to do.',
    button: '',
    hint: '',
  }),
  schoolLife: 'School life office',
  hello: (who) => `Hello${who === '' ? '' : ` ${who}`},`,
  human: (phone) =>
    phone === undefined
      ? { before: 'A question, a mistake? Reply to this message: the school will read it.', after: '' }
      : { before: 'A question, a mistake? Call the school on ', after: ' or reply to this message.' },
  why: (name, self) =>
    self
      ? 'Why this message? You are 18 or over: the school tells you of each absence.'
      : `Why this message? You are responsible for ${name}: the school has to tell you of each absence.`,
  otherLanguage: 'Pour recevoir ces messages en français, répondez à celui-ci.',
};

export const WORDS: Readonly<Record<z.infer<typeof Language>, Words>> = { fr: FR, en: EN };
