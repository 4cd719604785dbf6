import { halfOf } from '../../shared/attendance/half-days.ts';
import type { Noted, NotedLesson, RegisterLine } from '../../shared/attendance/register-line.ts';
import type { RegisterLesson, RegisterMonth, RegisterPupil } from '../../shared/attendance/register-month.ts';
import { inFrench, type LocalDate } from '../../shared/kernel/index.ts';
import { groupName, subjectName } from '../../shared/timetable/readable-names.ts';
import { csvLines } from '../runtime/csv.ts';
import { dayWords, fullWords, halfWords, hourWords, monthWords } from './commission-words.ts';
import { registerPdf } from './register-pdf.ts';

/** One class’s own months of a school year. */
export interface ClassRegister {
  readonly school: string;
  readonly place: string;
  readonly label: string;
  readonly from: LocalDate;
  readonly through: LocalDate;
  readonly madeOn: LocalDate;
  readonly halfDaySwitch: number;
  readonly months: readonly RegisterMonth[];
}

/** Of pupils whom no list has. */
const NO_CLASS_LABEL = 'Sans classe';
const nameOfClass = (label: string): string => (label === '' ? NO_CLASS_LABEL : groupName(label));

const NOTED: Readonly<Record<Noted, string>> = {
  absent: 'absent',
  late: 'en retard',
  excused: 'sortie autorisée',
  exempt: 'dispensé',
  elsewhere: 'ailleurs, sous la responsabilité de l’établissement',
  'to-check': 'noté absent et vu ailleurs à la même heure',
};
const CALLS = { made: 'fait', never: 'jamais fait', 'not-held': 'cours qui n’a pas eu lieu' } as const;

const nameOf = (pupil: Pick<RegisterPupil, 'familyName' | 'givenName'> | undefined): string =>
  pupil?.familyName ? `${pupil.familyName} ${pupil.givenName}`.trim() : 'Élève dont la fiche est effacée';

/** `3 absences`: French counts from two on. */
const many = (count: number, one: string, more: string): string => `${count}\u00a0${count > 1 ? more : one}`;

/** Each pupil of the class in the year, by name, with the months in which they were in it. */
export const pupilsOfYear = (months: readonly RegisterMonth[]): (RegisterPupil & { readonly first: string; readonly last: string })[] => {
  const found = new Map<string, RegisterPupil & { first: string; last: string }>();
  for (const { month, pupils } of months)
    for (const pupil of pupils) {
      const known = found.get(pupil.pupilId);
      found.set(pupil.pupilId, { ...known, ...pupil, first: known?.first ?? month, last: month });
    }
  return [...found.values()].sort((a, b) => inFrench(a.familyName, b.familyName) || inFrench(a.givenName, b.givenName));
};

const timeIn = ({ from, until, first, last }: ReturnType<typeof pupilsOfYear>[number], months: readonly RegisterMonth[]): string => {
  const begins = from ? `du ${fullWords(from)}` : first === months[0]?.month ? undefined : `depuis ${monthWords(first)}`;
  const ends = until ? `jusqu’au ${fullWords(until)}` : last === months.at(-1)?.month ? undefined : `jusqu’en ${monthWords(last)}`;
  return [begins, ends].filter(Boolean).join(', ') || 'toute la période';
};

const notedWords = (lessons: readonly NotedLesson[]): string =>
  lessons
    .map(
      ({ startMinute, subject, is, minutes }) =>
        `${hourWords(startMinute)} ${subjectName(subject)}\u00a0: ${NOTED[is]}${minutes ? ` (${minutes}\u00a0min)` : ''}`,
    )
    .join('\u00a0; ');

const callsWords = (lessons: readonly RegisterLesson[], call: RegisterLesson['call']): string =>
  lessons
    .filter((lesson) => lesson.call === call)
    .map(({ startMinute, subject }) => `${hourWords(startMinute)} ${subjectName(subject)}`)
    .join(', ');

const sum = (lines: readonly RegisterLine[]) => ({
  halfDays: lines.reduce((count, { halfDays }) => count + halfDays.length, 0),
  late: lines.reduce((count, { lessons }) => count + lessons.filter(({ is }) => is === 'late').length, 0),
});

const ofMonth = ({ month, days, lines }: RegisterMonth, names: ReadonlyMap<string, string>) => {
  const lessons = days.flatMap((day) => day.lessons);
  const [made, never] = (['made', 'never'] as const).map((call) => lessons.filter((lesson) => lesson.call === call).length) as [
    number,
    number,
  ];
  const { halfDays, late } = sum(lines);
  return {
    title: monthWords(month),
    figures: [
      `Appels faits\u00a0: ${made} sur ${made + never}. ${many(halfDays, 'demi-journée d’absence', 'demi-journées d’absence')}, ${many(late, 'retard', 'retards')}.`,
      ...(days.some(({ unknown }) => unknown)
        ? [
            'L’emploi du temps de certains jours n’était plus connu quand ce registre a été établi\u00a0: leurs appels jamais faits n’y figurent pas.',
          ]
        : []),
    ],
    lines: lines
      .map((line) => ({ line, name: names.get(line.pupilId) ?? nameOf(undefined) }))
      .sort((a, b) => (a.line.date < b.line.date ? -1 : a.line.date > b.line.date ? 1 : inFrench(a.name, b.name)))
      .map(({ line, name }) => [
        dayWords(line.date),
        name,
        notedWords(line.lessons),
        line.halfDays.map((half) => halfWords[half]).join(' et '),
      ]),
    calls: days.map(({ date, lessons: held }) => [
      dayWords(date),
      callsWords(held, 'made'),
      callsWords(held, 'never'),
      callsWords(held, 'not-held'),
    ]),
  };
};

/** The paper of a class: what a school keeps. */
export const pdfOfClass = ({ school, place, label, from, through, madeOn, months }: ClassRegister): Promise<Uint8Array> => {
  const pupils = pupilsOfYear(months);
  const names = new Map(pupils.map((pupil) => [pupil.pupilId, nameOf(pupil)]));
  const lines = Map.groupBy(
    months.flatMap((month) => month.lines),
    ({ pupilId }) => pupilId,
  );
  const year = `${from.slice(0, 4)}-${Number(from.slice(0, 4)) + 1}`;
  return registerPdf({
    school,
    place,
    title: `Registre d’appel, ${nameOfClass(label)}, ${year}`,
    running: `${school} · Registre d’appel · ${nameOfClass(label)} · ${year}`,
    covers: `Du ${fullWords(from)} au ${fullWords(through)} · établi le ${fullWords(madeOn)}`,
    pupils: pupils.map((pupil) => {
      const { halfDays, late } = sum(lines.get(pupil.pupilId) ?? []);
      return [nameOf(pupil), timeIn(pupil, months), String(halfDays), String(late)];
    }),
    months: months.filter(({ days }) => days.length > 0).map((month) => ofMonth(month, names)),
  });
};

/** `08:05`: what spreadsheets read as an hour. */
const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const HEADS = ['date', 'début', 'fin', 'cours', 'appel', 'nom', 'prénom', 'constat', 'minutes de retard', 'demi-journée manquée'];

/** The same for a spreadsheet: a line for each lesson and its roll call, and one for each pupil of whom it says anything but present. */
export const csvOfClass = ({ halfDaySwitch, months }: ClassRegister): string => {
  const pupils = new Map(pupilsOfYear(months).map((pupil) => [pupil.pupilId, pupil]));
  const rows = months.flatMap(({ days, lines }) => [
    ...days.flatMap(({ date, lessons }) =>
      lessons.map(({ startMinute, endMinute, subject, call }) => ({
        at: `${date} ${clock(startMinute)} ${subject} 0`,
        cells: [date, clock(startMinute), clock(endMinute), subject, CALLS[call]],
      })),
    ),
    ...lines.flatMap(({ date, pupilId, lessons, halfDays }) =>
      lessons.map(({ startMinute, endMinute, subject, is, minutes }) => {
        const pupil = pupils.get(pupilId);
        const half = halfOf({ startMinute }, { halfDaySwitch });
        const missed = is === 'absent' && halfDays.includes(half) ? halfWords[half] : undefined;
        return {
          at: `${date} ${clock(startMinute)} ${subject} 1 ${nameOf(pupil)}`,
          cells: [date, clock(startMinute), clock(endMinute), subject, '', pupil?.familyName, pupil?.givenName, NOTED[is], minutes, missed],
        };
      }),
    ),
  ]);
  rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return `\uFEFF${csvLines([HEADS, ...rows.map(({ cells }) => HEADS.map((_, index) => cells[index]))])}`;
};
