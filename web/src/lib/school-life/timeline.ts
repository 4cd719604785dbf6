import type { Answer } from '#shared/attendance/answer.ts';
import type { Movement } from '#shared/attendance/pupil-day.ts';
import type { pupilAttendance } from '#shared/attendance/routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';
import type { LocalDate } from '#shared/kernel/time.ts';
import type { DeliveryLine } from './cases.ts';

export type Attendance = AnswerOf<typeof pupilAttendance>;
type Lesson = Attendance['today']['lessons'][number];
type NamedAnswer = Pick<Answer, 'answerId' | 'at' | 'reason'> & {
  readonly guardian: { readonly familyName: string; readonly givenName: string };
};

/** One thing that happened today, on the school's clock. */
export type Happening =
  | { readonly is: 'answer'; readonly key: string; readonly minute: number; readonly answer: NamedAnswer }
  | { readonly is: 'told'; readonly key: string; readonly minute: number; readonly row: DeliveryLine }
  | { readonly is: 'movement'; readonly key: string; readonly minute: number; readonly movement: Movement }
  | { readonly is: 'lesson'; readonly key: string; readonly minute: number; readonly lesson: Lesson };

/** What is known of the lesson; not what is to come. */
const wasCalled = ({ state }: Lesson) => state !== 'to-come' && state !== 'unknown' && state !== 'not-held';

/** A pupil's day, the last first. */
export function timelineOf(
  {
    lessons,
    answers,
    rows,
    movements,
  }: {
    readonly lessons: readonly Lesson[];
    readonly answers: readonly NamedAnswer[];
    readonly rows: readonly DeliveryLine[];
    readonly movements: readonly Movement[];
  },
  minuteOf: (instant: string) => number,
): Happening[] {
  return [
    ...answers.map((answer) => ({ is: 'answer' as const, key: answer.answerId, minute: minuteOf(answer.at), answer })),
    ...rows.flatMap((row) =>
      row.sentAt === undefined ? [] : [{ is: 'told' as const, key: row.deliveryId, minute: minuteOf(row.sentAt), row }],
    ),
    ...movements.map((movement) => ({ is: 'movement' as const, key: movement.movementId, minute: minuteOf(movement.at), movement })),
    ...lessons.filter(wasCalled).map((lesson) => ({ is: 'lesson' as const, key: lesson.lessonId, minute: lesson.startMinute, lesson })),
  ].sort((a, b) => b.minute - a.minute);
}

export interface StripDay {
  readonly date: LocalDate;
  readonly morning?: 'absent' | 'known' | 'late' | undefined;
  readonly afternoon?: 'absent' | 'known' | 'late' | undefined;
}

const DAY_MS = 86_400_000;

/**
 * The days of the last thirty, oldest first, week-ends only when something happened. A day without anything is no promise of
 * presence: it may have had no lesson.
 */
export function stripOf(days: readonly StripDay[], today: LocalDate): StripDay[] {
  const noted = new Map(days.map((day) => [day.date, day]));
  const last = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: 30 }, (_, back) => new Date(last - (29 - back) * DAY_MS)).flatMap((day): StripDay[] => {
    const date = day.toISOString().slice(0, 10);
    const known = noted.get(date);
    const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    if (weekend && !known) return [];
    return [{ date, morning: known?.morning, afternoon: known?.afternoon }];
  });
}

/** Half-days by what they were, for the legend and for who does not see the drawing. */
export function countStrip(strip: readonly StripDay[]): Record<'absent' | 'known' | 'late', number> {
  const counts = { absent: 0, known: 0, late: 0 };
  for (const { morning, afternoon } of strip) {
    if (morning) counts[morning] += 1;
    if (afternoon) counts[afternoon] += 1;
  }
  return counts;
}
