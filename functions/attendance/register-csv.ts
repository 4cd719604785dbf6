import { type Month, monthOf, type PupilMonth } from '../../shared/attendance/pupil-month.ts';
import type { registerCsv as route } from '../../shared/attendance/sheet-routes.ts';
import { addDays, type Input, type LocalDate, missing, type Reply } from '../../shared/kernel/index.ts';
import { day as dayQuestion } from '../../shared/timetable/questions.ts';
import { schoolYearOf } from '../../shared/timetable/school-year.ts';
import { csvReply } from '../runtime/csv.ts';
import { byName, chunks, schoolLists } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';
import { type Reasons, reasonOf, schoolReasons } from './school-reasons.ts';

type Language = Input<typeof route>['query']['language'];
type Line = readonly (string | number | undefined)[];

const WORDS = {
  fr: {
    heads: ['nom', 'prénom', 'classe', 'date', 'début', 'fin', 'constat', 'minutes', 'recevable', 'motif'],
    absent: 'absence',
    late: 'retard',
    never: 'appels jamais faits',
    yes: 'oui',
    no: 'non',
  },
  en: {
    heads: ['family name', 'given name', 'class', 'date', 'from', 'until', 'noted', 'minutes', 'admissible', 'reason'],
    absent: 'absence',
    late: 'lateness',
    never: 'roll calls never made',
    yes: 'yes',
    no: 'no',
  },
} as const;

/** `08:05`: what spreadsheets read as an hour. */
const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The months of a school year until one of them, or that one alone. */
const monthsUntil = (month: Month, span: 'month' | 'year'): Month[] => {
  const start = span === 'month' ? month : monthOf(schoolYearOf(`${month}-01`).from);
  const months = [month];
  for (let first = months[0] as Month; first > start; first = months[0] as Month) months.unshift(monthOf(addDays(`${first}-01`, -1)));
  return months;
};

/** Days asked for side by side. */
const ABREAST = 8;

/** The lessons of a teaching group on some days: what its pupils missed elsewhere is in the register of their class. */
const lessonsOfGroup = async (uai: string, groupId: string, dates: Iterable<LocalDate>, { ask }: ApiPorts): Promise<Set<string>> => {
  const found = new Set<string>();
  for (const some of chunks(dates, ABREAST))
    for (const { lessons } of await Promise.all(some.map((date) => ask(dayQuestion, { uai, date }))))
      for (const { lessonId, groupIds } of lessons) if (groupIds.includes(groupId)) found.add(lessonId);
  return found;
};

const factsOf = ({ days }: Pick<PupilMonth, 'days'>, language: Language, reasons: Reasons): Line[] => {
  const words = WORDS[language];
  return days.flatMap(({ date, missed, late }) =>
    [
      ...missed.map((lesson) => ({ ...lesson, noted: words.absent, minutes: undefined })),
      ...late.map((lesson) => ({ ...lesson, noted: words.late })),
    ]
      .sort((a, b) => a.startMinute - b.startMinute)
      .map(({ startMinute, endMinute, noted, minutes, justified, reasonId }) => [
        date,
        clock(startMinute),
        clock(endMinute),
        noted,
        minutes,
        justified ? words.yes : words.no,
        reasonId && (reasonOf(reasons, reasonId)?.label ?? reasonId),
      ]),
  );
};

/** What a school keeps of a class: its pupils by name, those who left during the year included. */
export async function registerCsv(
  { params: { uai, month, groupId }, query: { span, language } }: Pick<Input<typeof route>, 'params' | 'query'>,
  ports: ApiPorts,
): Promise<Reply<string>> {
  const [{ school }, lists] = await Promise.all([schoolClock(uai, ports), schoolLists(uai, ports)]);
  const list = lists.get(groupId);
  if (!list) throw missing();
  const months = monthsUntil(month, span);
  // A pupil who left and came back is on the list twice.
  const pupils = [...new Map(list.pupils.map((pupil) => [pupil.pupilId, pupil])).values()].sort(byName);
  const [reasons, kept] = await Promise.all([
    schoolReasons(school, ports),
    ports.attendance.getMany(
      'pupilMonth',
      months.flatMap((one) => pupils.map(({ pupilId }) => ({ uai, month: one, pupilId }))),
    ),
  ]);
  const own =
    list.kind === 'class'
      ? undefined
      : await lessonsOfGroup(
          uai,
          groupId,
          kept.flatMap(({ days }) => days.map(({ date }) => date)),
          ports,
        );
  const isOwn = ({ lessonId }: { lessonId: string }) => own?.has(lessonId) ?? true;
  const ofList = kept.map(({ days, ...month }) => ({
    ...month,
    days: days.map((day) => ({ ...day, missed: day.missed.filter(isOwn), late: day.late.filter(isOwn) })),
  }));
  const monthsOf = Map.groupBy(ofList, ({ pupilId }) => pupilId);
  const lines = pupils.flatMap(({ pupilId, familyName, givenName, classLabel }) => {
    const theirs = (monthsOf.get(pupilId) ?? []).sort((a, b) => (a.month < b.month ? -1 : 1));
    const facts = theirs.flatMap((one) => factsOf(one, language, reasons));
    return (facts.length > 0 ? facts : [[]]).map((fact): Line => [familyName, givenName, classLabel, ...fact]);
  });
  // Of what nobody called nothing is known: the file says how much that is, day by day.
  const never = (await Promise.all(months.map((one) => ports.attendance.all('countedDays', { uai, month: one }))))
    .flat()
    .flatMap(({ date, groups }) =>
      groups.filter((one) => one.groupId === groupId && one.untaken > 0).map(({ untaken }) => ({ date, untaken })),
    )
    .map(({ date, untaken }): Line => ['', '', list.label, date, '', '', `${WORDS[language].never}\u00a0: ${untaken}`]);
  return csvReply(`register-${groupId}-${month}`, [WORDS[language].heads, ...lines, ...never]);
}
