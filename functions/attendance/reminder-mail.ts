import type { Reminder } from '../../shared/attendance/reminder.ts';
import type { School } from '../../shared/directory/school.ts';
import type { MailMessage } from '../../shared/kernel/index.ts';
import { type Page, toHtml, toText } from '../../shared/notifications/mail/layout.ts';
import { isHalfDay } from '../../shared/timetable/lesson.ts';
import { groupNames, subjectName } from '../../shared/timetable/readable-names.ts';

interface About {
  readonly reminder: Reminder;
  readonly school: Pick<School, 'name' | 'schoolLifeEmail' | 'schoolLifePhone'>;
  readonly language: 'fr' | 'en';
  readonly site: string;
}
type Words = (said: {
  readonly hour: string;
  readonly groups: string;
  readonly ofHalfDay: boolean;
}) => Omit<Page, 'language' | 'school' | 'detail' | 'link' | 'phone'>;

const WORDS: Record<About['language'], Words> = {
  fr: ({ hour, groups, ofHalfDay }) => ({
    office: ofHalfDay ? 'Direction' : 'Vie scolaire',
    subject: `Appel de ${hour} non envoyé`,
    preheader: `${groups}\u00A0: tant qu’il manque, aucune famille n’est prévenue.`,
    hello: 'Bonjour,',
    fact: `L’appel de ${hour} n’est pas envoyé.`,
    button: 'Faire l’appel',
    hint: 'Tant qu’il manque, aucune famille n’est prévenue.',
    human: { before: `Un empêchement\u00A0? Appelez ${ofHalfDay ? 'l’école' : 'la vie scolaire'}. `, after: '' },
    why: `Vous recevez ce message parce que ${ofHalfDay ? 'cette classe est la vôtre' : 'ce cours est à votre emploi du temps'}. Appel envoyé depuis\u00A0? Il n’y a rien à faire.`,
    otherLanguage: { language: 'en', words: 'The roll call of your lesson has not been sent.' },
  }),
  en: ({ hour, groups, ofHalfDay }) => ({
    office: ofHalfDay ? 'Head’s office' : 'School life office',
    subject: `Roll call of ${hour} not sent`,
    preheader: `${groups}: until it is, no family is told.`,
    hello: 'Hello,',
    fact: `The roll call of ${hour} has not been sent.`,
    button: 'Call the roll',
    hint: 'Until it is sent, no family is told.',
    human: { before: `Something in the way? Call the school${ofHalfDay ? '' : ' life office'}. `, after: '' },
    why: `You receive this message because this ${ofHalfDay ? 'class is yours' : 'lesson is in your timetable'}. Sent since? Then there is nothing to do.`,
    otherLanguage: { language: 'fr', words: 'L’appel de votre cours n’est pas envoyé.' },
  }),
};

const hourIn = (language: About['language'], minute: number): string => {
  const minutes = String(minute % 60).padStart(2, '0');
  const hours = Math.floor(minute / 60);
  if (language === 'en') return `${hours}:${minutes}`;
  return `${hours}\u00A0h${minutes === '00' ? '' : `\u00A0${minutes}`}`;
};

/** One fact, one button, and names nobody: a telephone may lie on the desk. */
export function reminderMail({ reminder, school, language, site }: About): Omit<MailMessage, 'to' | 'tag'> {
  const { uai, date, lessonId, groupIds, startMinute } = reminder;
  const subject = subjectName(reminder.subject);
  const ofHalfDay = isHalfDay(reminder.subject);
  const groups = groupNames(reminder.groupLabels) || subject;
  const page: Page = {
    ...WORDS[language]({ hour: hourIn(language, startMinute), groups, ofHalfDay }),
    language,
    school: school.name,
    detail: groups === subject || ofHalfDay ? groups : `${groups}, ${subject}`,
    link: `${site}/professeur/appel/${uai}/${date}/${lessonId}${groupIds.length > 0 ? `?groupes=${groupIds.join(',')}` : ''}`,
    phone: school.schoolLifePhone,
  };
  return {
    fromName: school.name,
    ...(school.schoolLifeEmail !== undefined && { replyTo: school.schoolLifeEmail }),
    subject: page.subject,
    text: toText(page),
    html: toHtml(page),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply', 'Content-Language': language },
  };
}
