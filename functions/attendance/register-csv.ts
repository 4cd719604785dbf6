import { type Month, monthOf, type PupilMonth } from '../../shared/attendance/pupil-month.ts';
import type { registerCsv as route } from '../../shared/attendance/sheet-routes.ts';
import { addDays, type Input, missing, type Reply } from '../../shared/kernel/index.ts';
import { schoolYearOf } from '../../shared/timetable/school-year.ts';
import { csvReply } from '../runtime/csv.ts';
import { byName, schoolLists } from './class-list.ts';
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
    yes: 'oui',
    no: 'non',
  },
  en: {
    heads: ['family name', 'given name', 'class', 'date', 'from', 'until', 'noted', 'minutes', 'admissible', 'reason'],
    absent: 'absence',
    late: 'lateness',
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

const factsOf = ({ days }: PupilMonth, language: Language, reasons: Reasons): Line[] => {
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
  const monthsOf = Map.groupBy(kept, ({ pupilId }) => pupilId);
  const lines = pupils.flatMap(({ pupilId, familyName, givenName, classLabel }) => {
    const own = (monthsOf.get(pupilId) ?? []).sort((a, b) => (a.month < b.month ? -1 : 1));
    const facts = own.flatMap((one) => factsOf(one, language, reasons));
    return (facts.length > 0 ? facts : [[]]).map((fact): Line => [familyName, givenName, classLabel, ...fact]);
  });
  return csvReply(`register-${groupId}-${month}`, [WORDS[language].heads, ...lines]);
}
