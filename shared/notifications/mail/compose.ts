import type { Episode } from '../../attendance/episode.ts';
import type { School } from '../../directory/school.ts';
import { type LocalDate, local, type MailMessage } from '../../kernel/index.ts';
import { isHalfDay } from '../../timetable/lesson.ts';
import type { DeliveryKind } from '../delivery.ts';
import type { Recipient, Told } from '../recipient.ts';
import { type Page, toHtml, toText } from './layout.ts';
import { asAddressed, asSubject, lengthOf, oneLine, plainName, shortName } from './name.ts';
import { NBSP, type Said, type Sentences } from './said.ts';
import { WORDS } from './words.ts';

export interface About {
  readonly kind: DeliveryKind;
  readonly episode: Pick<Episode, 'date' | 'startMinute' | 'seenMinute' | 'savedAt' | 'subject' | 'seenBefore'>;
  readonly school: Pick<School, 'name' | 'timeZone' | 'schoolLifeEmail' | 'schoolLifePhone'> & {
    readonly settings: Pick<School['settings'], 'kind'>;
  };
  readonly pupil: Pick<Told['pupil'], 'familyName' | 'givenName' | 'sex'>;
  readonly to: Pick<Recipient, 'familyName' | 'givenName' | 'civility' | 'language' | 'self'>;
  /** The school's own day at the moment of sending. */
  readonly today: LocalDate;
  /** Where one answers without signing in. */
  readonly link?: string;
}

const LONGEST_SUBJECT = 50;
/** Less of a name than this says nothing: a shorter sentence is taken instead. */
const ENOUGH_NAME = 8;
const LONGEST_NAME = 40;

const subjectOf = ({ subjects }: Sentences, name: string): string => {
  const room = (template: string) => LONGEST_SUBJECT - lengthOf(template) + 2;
  const chosen = subjects.find((template) => room(template) >= Math.min(ENOUGH_NAME, lengthOf(name))) ?? (subjects.at(-1) as string);
  return chosen.replace('{}', () => shortName(name, room(chosen)));
};

export const greeted = ({ familyName, givenName, civility, self }: About['to'], given: string): string => {
  if (self) return given;
  const family = shortName(asAddressed(plainName(familyName)), LONGEST_NAME);
  const title = asAddressed(plainName(civility ?? ''));
  return title === '' ? oneLine(`${shortName(asAddressed(plainName(givenName)), LONGEST_NAME)} ${family}`) : `${title}${NBSP}${family}`;
};

/** A telephone number is digits and what stands between them; anything else is not shown at all. */
export const phoneOf = (phone: string | undefined): string | undefined => {
  const text = oneLine(phone ?? '').replaceAll(' ', NBSP);
  return /^[\d+().\u00A0-]{4,24}$/.test(text) ? text : undefined;
};

/** What there is to say, in the reader's words and harmless names. */
const sayings = ({ kind, episode, school, pupil, to, today }: Omit<About, 'link'>) => {
  const words = WORDS[to.language];
  const full = asAddressed(plainName(pupil.givenName)) || asAddressed(plainName(pupil.familyName)) || '…';
  const name = shortName(full, LONGEST_NAME);
  const saved = local(new Date(episode.savedAt), school.timeZone);
  const said: Said = {
    name,
    sex: pupil.sex,
    self: to.self,
    date: episode.date,
    minute: kind === 'arrived' ? (episode.seenMinute ?? episode.startMinute) : episode.startMinute,
    sameDay: episode.date === today,
    subject: isHalfDay(episode.subject) ? '' : asSubject(episode.subject),
    seenBefore: episode.seenBefore ?? false,
    savedMinute: saved.date === episode.date ? saved.minute : undefined,
  };
  const sentences = words[kind](said);
  return {
    words,
    name,
    sentences,
    subject: subjectOf(sentences, full),
    schoolName: oneLine(school.name),
    kind: school.settings.kind,
    office: words.office[school.settings.kind],
    phone: phoneOf(school.schoolLifePhone),
  };
};

/**
 * A mail about an absence, its end or its taking back. Every name that goes in was made one harmless line first: nobody chooses the names of
 * an export file, and a pupil may choose theirs.
 */
export const compose = ({ link, ...about }: About): Pick<MailMessage, 'subject' | 'text' | 'html' | 'fromName' | 'replyTo' | 'headers'> => {
  const { school, to } = about;
  const { words, name, sentences, subject, schoolName, kind, office, phone } = sayings(about);
  const page: Page = {
    language: to.language,
    school: schoolName,
    office,
    subject,
    preheader: sentences.preheader,
    hello: words.hello(greeted(to, name)),
    fact: sentences.fact,
    detail: sentences.detail,
    link: sentences.button === '' ? undefined : link,
    button: sentences.button,
    hint: sentences.hint,
    human: words.human(phone, kind),
    phone,
    why: words.why(name, to.self),
    otherLanguage: words.otherLanguage,
  };
  return {
    fromName: schoolName,
    ...(school.schoolLifeEmail !== undefined && { replyTo: school.schoolLifeEmail }),
    subject: page.subject,
    text: toText(page),
    html: toHtml(page),
    // Holiday answers would only fill school life's mailbox.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply', 'Content-Language': to.language },
  };
};

/** Two letters of the GSM alphabet that telephones show as one, and what it lacks: one strange sign would halve the room of a message. */
const PLAIN_SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[’‘]/g, "'"],
  [/[“”«»]/g, '"'],
  [/[\u00A0\u202F]/g, ' '],
  [/…/g, '...'],
  [/[–—]/g, '-'],
];
const GSM = /^[ -Z_a-z£¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà]$/;
const toGsm = (text: string): string => {
  const plain = PLAIN_SIGNS.reduce((written, [sign, by]) => written.replace(sign, by), text);
  return [...plain].map((letter) => (GSM.test(letter) ? letter : letter.normalize('NFD').replace(/\p{M}/gu, ''))).join('');
};

/** One short message: the school, the subject of the mail, and the voice that answers. */
export const composeSms = (about: Omit<About, 'link'>): string => {
  const { subject, schoolName, office, phone } = sayings(about);
  const text = `${shortName(schoolName, 40)}: ${subject}.${phone === undefined ? '' : ` ${office}: ${phone}`}`;
  return toGsm(text);
};

/** What a locked telephone shows to whoever holds it: the school and the fact, nobody's name. */
export const composePush = (about: Omit<About, 'link'>): { title: string; body: string } => {
  const { sentences, schoolName } = sayings(about);
  return { title: schoolName, body: sentences.preheader };
};
