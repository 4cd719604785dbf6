import type { LocalDate } from '../kernel/index.ts';
import { type Counting, factsOf, type Half, missedHalfDays } from './half-days.ts';
import { presenceOf, standing } from './missed-runs.ts';
import type { PupilDay } from './pupil-day.ts';

/** `to-check`: marked absent, seen elsewhere at the same hour, and nobody said which. */
export type Noted = 'absent' | 'late' | 'excused' | 'exempt' | 'elsewhere' | 'to-check';

/** What the register says of a pupil in one lesson. */
export interface NotedLesson {
  readonly lessonId: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly subject: string;
  readonly is: Noted;
  /** After the start of the lesson. */
  readonly minutes?: number;
}

/** What the register keeps of a pupil’s day: never a reason, a proof, or who said so. Plain presence is no line. */
export interface RegisterLine {
  readonly date: LocalDate;
  readonly pupilId: string;
  readonly lessons: readonly NotedLesson[];
  /** The half-days that count as missed. */
  readonly halfDays: readonly Half[];
}

const lineOf = (day: PupilDay, counting: Counting): RegisterLine | undefined => {
  const facts = factsOf(day);
  const missed = new Set(facts.missed.map(({ lessonId }) => lessonId));
  const late = new Map(facts.late.map(({ lessonId, minutes }) => [lessonId, minutes]));
  const toCheck = new Set(presenceOf(day).toCheck.map(({ lessonId }) => lessonId));
  const lessons = standing(day.observations).flatMap(({ lessonId, startMinute, endMinute, subject, state }): NotedLesson[] => {
    if (state === 'present' || state === 'withdrawn' || state === 'not-held') return [];
    const minutes = late.get(lessonId);
    // What was under the school’s responsibility is neither missed nor late, whatever its teacher saw.
    const counted = minutes !== undefined ? 'late' : missed.has(lessonId) ? 'absent' : toCheck.has(lessonId) ? 'to-check' : 'elsewhere';
    const is = state === 'absent' || state === 'late' ? counted : state;
    return [{ lessonId, startMinute, endMinute, subject, is, ...(minutes !== undefined && { minutes }) }];
  });
  if (lessons.length === 0) return undefined;
  return { date: day.date, pupilId: day.pupilId, lessons, halfDays: missedHalfDays(facts, counting).map(({ half }) => half) };
};

/** What the register says of some days of a pupil, by date. */
export const registerLines = (days: readonly PupilDay[], counting: Counting): RegisterLine[] =>
  days.flatMap((day) => lineOf(day, counting) ?? []).sort((a, b) => (a.date < b.date ? -1 : 1));
