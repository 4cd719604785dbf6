import { type LocalDate, weekday } from '../../kernel/index.ts';
import { NBSP, NOON, partsOf, type Said, two, type Words } from './said.ts';

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
  const [, month, day] = partsOf(date);
  return `${EN_DAYS[weekday(date) - 1]} ${day}${NBSP}${EN_MONTHS[month - 1]}`;
};
const enShort = ({ date, minute }: Said): string => `(${EN_DAYS[weekday(date) - 1]?.slice(0, 3)} ${enHour(minute)})`;
const enWhen = ({ date, minute, sameDay }: Said): string =>
  sameDay ? `this ${minute < NOON ? 'morning' : 'afternoon'} at ${enHour(minute)}` : `on ${enDate(date)} at ${enHour(minute)}`;

export const EN: Words = {
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
  'not-absent': (said) => ({
    subjects: [`Correction: no absence for {} ${enShort(said)}`, `{}: no absence ${enShort(said)}`, `{} ${enShort(said)}`],
    fact: `Correction: ${said.self ? 'you were' : `${said.name} was`} not in class ${said.sameDay ? '' : `on ${enDate(said.date)} `}at ${enHour(said.minute)}, and the school knew it.`,
    preheader: 'The absence of our previous message does not count.',
    detail: 'The absence that we told you of does not count. There is nothing for you to do.',
    button: '',
    hint: '',
  }),
  office: { secondary: 'School life office', primary: 'Head’s office' },
  hello: (who) => `Hello${who === '' ? '' : ` ${who}`},`,
  human: (phone) =>
    phone === undefined
      ? { before: 'A question, a mistake? Reply to this message: the school will read it.', after: '' }
      : { before: 'A question, a mistake? Call the school on ', after: ' or reply to this message.' },
  why: (name, self) =>
    self
      ? 'Why this message? You are 18 or over: the school tells you of each absence.'
      : `Why this message? You are responsible for ${name}: the school has to tell you of each absence.`,
  otherLanguage: { language: 'fr', words: 'Pour recevoir ces messages en français, répondez à celui-ci.' },
};
