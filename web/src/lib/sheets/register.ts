import type { register } from '#shared/attendance/sheet-routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';
import type { LocalDate } from '#shared/kernel/time.ts';

export type Register = AnswerOf<typeof register>;
type Lesson = Register['lessons'][number];
type Entry = Register['pupils'][number]['entries'][number];

/** A day of the register: its lessons, and a line a pupil who has any of them. */
export interface DayTable {
  /** Its place in the week, Monday is 0. */
  readonly at: number;
  readonly date: LocalDate;
  readonly closedBecause?: string | undefined;
  readonly lessons: readonly Lesson[];
  /** A cell a lesson; none where the pupil does not have it. */
  readonly lines: readonly { readonly pupil: Register['pupils'][number]; readonly cells: readonly (Entry | undefined)[] }[];
}

/** The days that have something to show: school days, and closed ones with their reason. Saturday only if there are lessons. */
export function dayTables({ days, lessons, pupils }: Register): DayTable[] {
  return days
    .map(({ date, closedBecause }, at) => {
      const own = lessons.flatMap((lesson, column) => (lesson.date === date ? [{ lesson, column }] : []));
      return {
        at,
        date,
        closedBecause,
        lessons: own.map(({ lesson }) => lesson),
        lines: pupils
          .map((pupil) => {
            const entryOf = new Map(pupil.entries.map((entry) => [entry.lesson, entry]));
            return { pupil, cells: own.map(({ column }) => entryOf.get(column)) };
          })
          .filter(({ cells }) => cells.some((cell) => cell !== undefined)),
      };
    })
    .filter(({ at, lessons: own }) => own.length > 0 || at < 5);
}

const LETTERS: Readonly<Record<Entry['is'], string>> = {
  present: 'P',
  absent: 'A',
  late: 'R',
  excused: 'S',
  exempt: 'D',
  elsewhere: 'I',
  open: '',
};

/** « R 7 »: what stands in a cell; on a blank sheet nothing but the dash of who does not have the lesson. */
export function cellOf(entry: Entry | undefined, { notHeld }: Pick<Lesson, 'notHeld'>, blank: boolean): string {
  if (!entry) return notHeld ? '' : '–';
  if (blank) return '';
  return entry.minutes === undefined ? LETTERS[entry.is] : `${LETTERS[entry.is]} ${entry.minutes}`;
}
