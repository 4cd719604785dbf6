import { type LocalDate, weekday } from '../../kernel/index.ts';
import { NBSP, NOON, partsOf, type Said, two, type Words } from './said.ts';

const DAYS = ['الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت', 'الأحد'];
const MONTHS = ['يناير', 'فبراير', 'مارس', 'أبريل', 'مايو', 'يونيو', 'يوليو', 'أغسطس', 'سبتمبر', 'أكتوبر', 'نوفمبر', 'ديسمبر'];

const dayOf = (date: LocalDate): string => DAYS[weekday(date) - 1] as string;
const hourOf = (minute: number): string => `${Math.floor(minute / 60)}:${two(minute % 60)}`;
const dateOf = (date: LocalDate): string => {
  const [, month, day] = partsOf(date);
  return `${dayOf(date)} ${day}${NBSP}${MONTHS[month - 1]}`;
};
const short = ({ date, minute }: Said): string => `(${dayOf(date)} ${hourOf(minute)})`;
const when = ({ date, minute, sameDay }: Said): string =>
  `${sameDay ? (minute < NOON ? 'هذا الصباح' : 'بعد ظهر اليوم') : `يوم ${dateOf(date)}`} على الساعة ${hourOf(minute)}`;

/** Sentences are turned so that nothing has to agree with the child; each begins with a letter of its own script, which is what gives a line its direction. */
export const AR: Words = {
  absence: (said) => ({
    subjects: [`غياب {} عن الدرس ${short(said)}`, `غياب {} ${short(said)}`],
    fact: said.self ? `لم نركم في الدرس ${when(said)}.` : `لم نرَ ${said.name} في الدرس ${when(said)}.`,
    preheader: said.self ? 'غيابكم عن الدرس.' : 'لم نرَ طفلكم في الدرس.',
    detail: [
      `${dateOf(said.date)}${said.subject === '' ? '' : `، ${said.subject}`}.`,
      ...(said.savedMinute === undefined ? [] : [`سُجّل الحضور على الساعة ${hourOf(said.savedMinute)}.`]),
      ...(said.seenBefore ? ['سُجّل حضور في وقت سابق من اليوم.'] : []),
    ].join(' '),
    button: 'الرد بنقرة واحدة',
    hint: said.self ? 'بدون كلمة سر.' : 'بدون كلمة سر. يمكنكم أيضًا القول إنكم لم تكونوا على علم.',
  }),
  arrived: (said) => ({
    subjects: [`وصول {} ${short(said)}`],
    fact: `${said.self ? 'سُجّل وصولكم' : `سُجّل وصول ${said.name}`} على الساعة ${hourOf(said.minute)}${said.sameDay ? '' : ` يوم ${dateOf(said.date)}`}.`,
    preheader: said.self ? 'سُجّل وصولكم.' : 'طفلكم في الدرس.',
    detail: 'تأتي هذه الرسالة بعد رسالتنا عن الغياب.',
    button: 'ذكر السبب',
    hint: 'بدون كلمة سر.',
  }),
  'wrongly-marked': (said) => ({
    subjects: [`تصحيح: حضور {} في الدرس ${short(said)}`, `تصحيح: حضور {} ${short(said)}`, `تصحيح: {} ${short(said)}`],
    fact: `تصحيح: ${said.self ? 'حضوركم' : `حضور ${said.name}`} في الدرس ${when(said)} مؤكد.`,
    preheader: 'خطأ من جانبنا في رسالتنا السابقة.',
    detail: 'هذا خطأ من جانبنا. نرجو ألا تأخذوا رسالتنا بعين الاعتبار. ليس عليكم القيام بأي شيء.',
    button: '',
    hint: '',
  }),
  'not-held': (said) => ({
    subjects: [`تصحيح: لا درس عند {} ${short(said)}`, `لا درس: {} ${short(said)}`],
    fact: `تصحيح: درس ${when(said)} لم يُعقد.`,
    preheader: 'الدرس المذكور في رسالتنا السابقة لم يُعقد.',
    detail: 'الغياب الذي أعلمناكم به لا يُحتسب. ليس عليكم القيام بأي شيء.',
    button: '',
    hint: '',
  }),
  'not-absent': (said) => ({
    subjects: [`تصحيح: لا غياب: {} ${short(said)}`, `لا غياب: {} ${short(said)}`],
    fact: `تصحيح: كانت المؤسسة على علم بعدم الحضور في درس ${when(said)}${said.self ? '' : ` (${said.name})`}.`,
    preheader: 'الغياب المذكور في رسالتنا السابقة لا يُحتسب.',
    detail: 'الغياب الذي أعلمناكم به لا يُحتسب. ليس عليكم القيام بأي شيء.',
    button: '',
    hint: '',
  }),
  office: { secondary: 'مكتب الحياة المدرسية', primary: 'إدارة المدرسة' },
  hello: (who) => `مرحبًا${who === '' ? '' : ` ${who}`}،`,
  human: (phone) =>
    phone === undefined
      ? { before: 'سؤال أو خطأ؟ أجيبوا على هذه الرسالة: ستقرؤها المؤسسة.', after: '' }
      : { before: 'سؤال أو خطأ؟ اتصلوا بالمؤسسة على الرقم ', after: ' أو أجيبوا على هذه الرسالة.' },
  why: (name, self) =>
    self
      ? 'لماذا هذه الرسالة؟ عمركم 18 سنة أو أكثر: تُعلمكم المؤسسة بكل غياب.'
      : `لماذا هذه الرسالة؟ أنتم مسؤولون عن ${name}: على المؤسسة أن تُعلمكم بكل غياب.`,
  otherLanguage: { language: 'fr', words: 'Pour recevoir ces messages en français, répondez à celui-ci.' },
};
