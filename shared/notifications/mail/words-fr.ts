import { type LocalDate, weekday } from '../../kernel/index.ts';
import { agree, capital, NBSP, NOON, partsOf, type Said, two, type Words } from './said.ts';

const FR_DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const FR_MONTHS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];

/** « d’Inès », « de Noa »; « de Hugo » is as good as « d’Hugo ». */
const de = (name: string): string =>
  /^[aeiouyàâäéèêëîïôöùûüœæ]/iu.test(name) && !/^(ya|yo|ye|yu)/iu.test(name) ? `d’${name}` : `de ${name}`;

const frHour = (minute: number): string => `${Math.floor(minute / 60)}${NBSP}h${minute % 60 === 0 ? '' : `${NBSP}${two(minute % 60)}`}`;
const frDate = (date: LocalDate): string => {
  const [, month, day] = partsOf(date);
  return `${FR_DAYS[weekday(date) - 1]} ${day === 1 ? '1er' : day}${NBSP}${FR_MONTHS[month - 1]}`;
};
const frShort = ({ date, minute }: Said): string => `(${FR_DAYS[weekday(date) - 1]?.slice(0, 3)}. ${frHour(minute)})`;
const frWhen = ({ date, minute, sameDay }: Said): string =>
  `${sameDay ? (minute < NOON ? 'ce matin' : 'cet après-midi') : frDate(date)} à ${frHour(minute)}`;
/** A half-day is no lesson. */
const inLesson = ({ subject }: Said): string => (subject === '' ? 'en classe' : 'en cours');
const theLesson = ({ subject }: Said): string => (subject === '' ? 'la classe' : 'le cours');
const lessonOf = ({ date, subject }: Said): string => `${capital(frDate(date))}${subject === '' ? '' : `, ${subject}`}.`;

export const FR: Words = {
  absence(said) {
    const { name, sex, self } = said;
    const when = frWhen(said);
    const seen = (who: string) => `${who} pas été ${agree(sex, 'vue', 'vu')} ${inLesson(said)} ${when}.`;
    // Without a known sex the sentence is turned so that nothing has to agree.
    const unseen = (whom: string) =>
      sex
        ? seen(whom === 'vous' ? 'Vous n’avez' : `${whom} n’a`)
        : whom === 'vous'
          ? `Nous ne vous avons pas vu ${inLesson(said)} ${when}.`
          : `Nous n’avons pas vu ${whom} ${inLesson(said)} ${when}.`;
    return {
      subjects: [`{} n’est pas en classe ${frShort(said)}`],
      fact: unseen(self ? 'vous' : name),
      preheader: self ? `Votre absence ${inLesson(said)}.` : `Votre enfant n’a pas été ${sex === 'F' ? 'vue' : 'vu'} ${inLesson(said)}.`,
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
      fact: `Rectificatif${NBSP}: ${self ? 'vous étiez' : `${name} était`} bien ${inLesson(said)} ${said.sameDay ? '' : `${frDate(said.date)} `}à ${frHour(said.minute)}.`,
      preheader: 'Erreur de notre part dans notre message précédent.',
      detail: 'C’est une erreur de notre part. Veuillez ne pas tenir compte de notre message. Vous n’avez rien à faire.',
      button: '',
      hint: '',
    };
  },
  'not-held': (said) => ({
    subjects: [
      `Rectificatif${NBSP}: {} n’avait pas ${inLesson(said).slice(3)} ${frShort(said)}`,
      `{}${NBSP}: pas de ${inLesson(said).slice(3)} ${frShort(said)}`,
      `{} ${frShort(said)}`,
    ],
    fact: `Rectificatif${NBSP}: ${theLesson(said)} ${said.sameDay ? 'de' : `du ${frDate(said.date)} à`} ${frHour(said.minute)} n’a pas eu lieu.`,
    preheader: `${capital(theLesson(said))} de notre message précédent n’a pas eu lieu.`,
    detail: 'L’absence que nous vous avons signalée ne compte pas. Vous n’avez rien à faire.',
    button: '',
    hint: '',
  }),
  'not-absent': (said) => ({
    subjects: [
      `Rectificatif${NBSP}: pas d’absence pour {} ${frShort(said)}`,
      `{}${NBSP}: pas d’absence ${frShort(said)}`,
      `{} ${frShort(said)}`,
    ],
    fact: `Rectificatif${NBSP}: ${said.self ? 'vous n’étiez' : `${said.name} n’était`} pas en cours ${frWhen(said)}, et l’établissement le savait.`,
    preheader: 'L’absence de notre message précédent ne compte pas.',
    detail: 'L’absence que nous vous avons signalée ne compte pas. Vous n’avez rien à faire.',
    button: '',
    hint: '',
  }),
  office: { secondary: 'Vie scolaire', primary: 'Direction' },
  hello: (who) => `Bonjour${who === '' ? '' : ` ${who}`},`,
  human(phone, kind) {
    const who = kind === 'primary' ? 'l’école' : 'la vie scolaire';
    return phone === undefined
      ? { before: `Une question, une erreur${NBSP}? Répondez à ce message${NBSP}: ${who} le lira.`, after: '' }
      : { before: `Une question, une erreur${NBSP}? ${capital(who)} vous répond au `, after: ' ou en répondant à ce message.' };
  },
  why: (name, self) =>
    self
      ? `Pourquoi ce message${NBSP}? Vous avez 18 ans ou plus${NBSP}: l’établissement vous prévient de chaque absence.`
      : `Pourquoi ce message${NBSP}? Vous êtes responsable ${de(name)}${NBSP}: l’établissement doit vous prévenir de chaque absence.`,
  otherLanguage: { language: 'en', words: 'To receive these messages in English, reply to this one.' },
};
