import type { School } from '../../directory/school.ts';
import type { LocalDate, MailMessage } from '../../kernel/index.ts';
import type { Recipient, Told } from '../recipient.ts';
import { greeted, phoneOf } from './compose.ts';
import { DIGEST_WORDS } from './digest-words.ts';
import { type Page, toHtml, toText } from './layout.ts';
import { asAddressed, asSubject, oneLine, plainName, shortName } from './name.ts';
import { capital } from './said.ts';
import { WORDS } from './words.ts';

export interface DigestLine {
  readonly school: Pick<School, 'uai' | 'name' | 'schoolLifeEmail' | 'schoolLifePhone'> & {
    readonly settings: Pick<School['settings'], 'kind'>;
  };
  readonly pupil: Pick<Told['pupil'], 'pupilId' | 'familyName' | 'givenName'>;
  readonly date: LocalDate;
  readonly startMinute: number;
  /** Empty where there is none. */
  readonly subject: string;
  /** The school’s own words. */
  readonly label: string;
}

export interface AboutDigest {
  /** One at least. */
  readonly lines: readonly DigestLine[];
  readonly to: Pick<Recipient, 'familyName' | 'givenName' | 'civility' | 'language' | 'self'>;
  /** Where all of it is read. */
  readonly link: string;
  /** Where one click ends it (RFC 8058). */
  readonly stop: string;
}

/** More are read in the portal. */
const SHOWN = 30;
const LONGEST = 40;

/**
 * Everything there is to tell one person, by child: names and labels are made harmless first, what a teacher added by hand stays behind
 * sign-in, and the subject names nobody.
 */
export const composeDigest = ({ lines, to, link, stop }: AboutDigest): Omit<MailMessage, 'to' | 'tag'> => {
  const { language, self } = to;
  const words = DIGEST_WORDS[language];
  const around = WORDS[language];
  const schools = [...new Map(lines.map(({ school }) => [school.uai, school])).values()];
  const [only] = schools.length === 1 ? schools : [];
  const name = ({ givenName, familyName }: DigestLine['pupil']) =>
    shortName(asAddressed(plainName(givenName)) || asAddressed(plainName(familyName)) || '…', LONGEST);
  const day = new Intl.DateTimeFormat(words.locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const shown = lines
    .toSorted((a, b) => a.date.localeCompare(b.date) || a.startMinute - b.startMinute)
    .slice(0, SHOWN)
    .map((line) => {
      const when = `${capital(day.format(new Date(`${line.date}T00:00:00Z`)))}, ${words.hour(line.startMinute)}`;
      const subject = asSubject(line.subject);
      return {
        of: line.pupil,
        school: line.school,
        text: `${when}${subject === '' ? '' : `, ${subject}`}${words.colon}${plainName(line.label)}`,
      };
    });
  const groups = [...Map.groupBy(shown, ({ of }) => of.pupilId).values()].map((some) => {
    const [{ of, school }] = some as [(typeof shown)[number]];
    return { title: only ? name(of) : `${name(of)}, ${oneLine(school.name)}`, lines: some.map(({ text }) => text) };
  });
  const phone = phoneOf(only?.schoolLifePhone);
  const subject = words.remarks(lines.length);
  const page: Page = {
    language,
    school: only ? oneLine(only.name) : 'Préau',
    office: only ? around.office[only.settings.kind] : words.schools(schools.length),
    subject,
    preheader: words.preheader,
    hello: around.hello(greeted(to, name({ pupilId: '', ...to }))),
    fact: subject,
    detail: '',
    groups: lines.length > SHOWN ? [...groups, { title: words.more(lines.length - SHOWN), lines: [] }] : groups,
    link,
    button: words.button,
    hint: words.hint,
    human: only ? around.human(phone, only.settings.kind) : { before: words.human, after: '' },
    phone,
    why: words.why(self),
    stop: { words: words.stop, link: stop },
    otherLanguage: around.otherLanguage,
  };
  return {
    fromName: page.school,
    ...(only?.schoolLifeEmail !== undefined && { replyTo: only.schoolLifeEmail }),
    subject,
    text: toText(page),
    html: toHtml(page),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'Content-Language': language,
      'List-Unsubscribe': `<${stop}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
};
