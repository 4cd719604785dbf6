import type * as z from 'zod';
import { type LessonId, type LocalDate, type MinuteOfDay, weekday } from '../kernel/index.ts';
import { active, presenceOf, standing } from './missed-runs.ts';
import type { PupilDay } from './pupil-day.ts';
import type { ReasonId } from './reason.ts';
import { treatmentOfLessons } from './treatment.ts';

type Minute = z.infer<typeof MinuteOfDay>;
export type Half = 'morning' | 'afternoon';

/** What a school sets of counting. */
export interface Counting {
  /** A lesson that starts before it belongs to the morning. */
  readonly halfDaySwitch: Minute;
  readonly openHalfDays: readonly { readonly weekday: number; readonly half: Half }[];
}

/** A held lesson in which the pupil was missed. */
export interface MissedLesson {
  readonly lessonId: LessonId;
  readonly startMinute: Minute;
  readonly endMinute: Minute;
  /** School life found the reason admissible. */
  readonly justified: boolean;
  /** Nobody said anything of it yet, or something is still awaited. */
  readonly open: boolean;
  readonly onReport: boolean;
  /** What school life gave for it. */
  readonly reasonId?: ReasonId | undefined;
}

/** A lesson the pupil came into after it began. */
export interface LateLesson extends MissedLesson {
  /** After the start of the lesson. */
  readonly minutes: number;
}

/** What of a pupil’s day can count. */
export interface DayFacts {
  readonly date: LocalDate;
  readonly missed: readonly MissedLesson[];
  readonly late: readonly LateLesson[];
  /** Runs of missed lessons, however many half-days they take. */
  readonly absences: readonly { readonly startMinute: Minute; readonly justified: boolean }[];
}

export const halfOf = ({ startMinute }: Pick<MissedLesson, 'startMinute'>, { halfDaySwitch }: Pick<Counting, 'halfDaySwitch'>): Half =>
  startMinute < halfDaySwitch ? 'morning' : 'afternoon';

type Entries = Pick<PupilDay, 'date' | 'observations' | 'movements' | 'treatments' | 'stays'>;

/**
 * The lessons of a day that were missed, and those that were come into late. Missed is what a validated roll call says of a lesson
 * that was held; elsewhere in school, exempted and excused are not missed, nor is what waits to be checked. Only an arrival makes
 * a lateness: seen by the teacher, or by the desk while the lesson went on. What was under the school’s responsibility counts for neither.
 */
export const factsOf = (day: Entries): DayFacts => {
  const { runs } = presenceOf(day);
  const treated = treatmentOfLessons(day.treatments, runs);
  const arrivals = active(day.movements).filter(({ kind }) => kind === 'arrived');
  const lessonOf = ({ lessonId, startMinute, endMinute }: { lessonId: LessonId; startMinute: Minute; endMinute: Minute }) => {
    const treatment = treated.get(lessonId);
    return {
      lessonId,
      startMinute,
      endMinute,
      justified: treatment?.justified ?? false,
      open: !treatment?.settled,
      onReport: treatment?.onReport ?? true,
      ...(treatment?.reasonId !== undefined && { reasonId: treatment.reasonId }),
    };
  };
  const counts = ({ lessonId }: { lessonId: LessonId }): boolean => treated.get(lessonId)?.outsideSchool ?? true;
  const arrivalIn = (lesson: { startMinute: Minute; endMinute: Minute }): Minute | undefined =>
    arrivals.find(({ minute }) => lesson.startMinute < minute && minute < lesson.endMinute)?.minute;

  const missedRuns = runs.map(({ lessons }) => lessons.filter((lesson) => arrivalIn(lesson) === undefined && counts(lesson)).map(lessonOf));
  const cameLate = runs
    .flatMap(({ lessons }) => lessons)
    .filter(counts)
    .flatMap((lesson): LateLesson[] => {
      const minute = arrivalIn(lesson);
      return minute === undefined ? [] : [{ ...lessonOf(lesson), minutes: minute - lesson.startMinute }];
    });
  const markedLate = standing(day.observations)
    .filter((lesson) => lesson.state === 'late' && counts(lesson))
    .map((lesson): LateLesson => ({ ...lessonOf(lesson), minutes: lesson.minutes ?? 0 }));
  return {
    date: day.date,
    missed: missedRuns.flat(),
    late: [...markedLate, ...cameLate].sort((a, b) => a.startMinute - b.startMinute),
    absences: missedRuns.flatMap((lessons) =>
      lessons[0] ? [{ startMinute: lessons[0].startMinute, justified: lessons.every(({ justified }) => justified) }] : [],
    ),
  };
};

/** A half-day in which at least one lesson was missed. */
export interface MissedHalfDay {
  readonly half: Half;
  /** All that was missed in it has an admissible reason. */
  readonly justified: boolean;
  /** Something in it is still to be treated or settled. */
  readonly open: boolean;
  readonly onReport: boolean;
  /** Of the first that was missed, once all of them have one. */
  readonly reasonId?: ReasonId | undefined;
}

const isOpenHalf = (date: LocalDate, half: Half, { openHalfDays }: Counting): boolean =>
  openHalfDays.some((open) => open.weekday === weekday(date) && open.half === half);

export const missedHalfDays = ({ date, missed }: Pick<DayFacts, 'date' | 'missed'>, counting: Counting): MissedHalfDay[] =>
  (['morning', 'afternoon'] as const).flatMap((half) => {
    const lessons = isOpenHalf(date, half, counting) ? missed.filter((lesson) => halfOf(lesson, counting) === half) : [];
    return lessons.length === 0
      ? []
      : [
          {
            half,
            justified: lessons.every(({ justified }) => justified),
            open: lessons.some(({ open }) => open),
            onReport: lessons.some(({ onReport }) => onReport),
            ...(lessons.every(({ reasonId }) => reasonId !== undefined) && { reasonId: lessons[0]?.reasonId }),
          },
        ];
  });

/** What a length of time amounts to. */
export interface Counts {
  readonly halfDays: number;
  /** Without an admissible reason: what thresholds look at. */
  readonly halfDaysWithoutReason: number;
  /** Of those, still to be treated or settled. */
  readonly halfDaysOpen: number;
  readonly halfDaysOnReport: number;
  /** « Heures de cours »: a lesson of 45 to 70 minutes is one. */
  readonly lessonHours: number;
  readonly absences: number;
  readonly absencesWithoutReason: number;
  readonly latenesses: number;
  readonly latenessesWithoutReason: number;
  readonly minutesLate: number;
}

/** A lesson of 55 minutes is an hour of the timetable; longer and shorter ones count by the half-hour, never for nothing. */
const hoursOf = ({ startMinute, endMinute }: Pick<MissedLesson, 'startMinute' | 'endMinute'>): number =>
  Math.max(0.5, Math.round((endMinute - startMinute + 5) / 30) / 2);

export const countsOf = (days: readonly DayFacts[], counting: Counting): Counts => {
  const halfDays = days.flatMap((day) => missedHalfDays(day, counting));
  const open = days.map(({ date, missed, ...day }) => ({
    ...day,
    missed: missed.filter((lesson) => isOpenHalf(date, halfOf(lesson, counting), counting)),
    absences: day.absences.filter((absence) => isOpenHalf(date, halfOf(absence, counting), counting)),
  }));
  const absences = open.flatMap((day) => day.absences);
  const late = open.flatMap((day) => day.late);
  return {
    halfDays: halfDays.length,
    halfDaysWithoutReason: halfDays.filter(({ justified }) => !justified).length,
    halfDaysOpen: halfDays.filter(({ justified, open }) => !justified && open).length,
    halfDaysOnReport: halfDays.filter(({ onReport }) => onReport).length,
    lessonHours: open.flatMap(({ missed }) => missed).reduce((sum, lesson) => sum + hoursOf(lesson), 0),
    absences: absences.length,
    absencesWithoutReason: absences.filter(({ justified }) => !justified).length,
    latenesses: late.length,
    latenessesWithoutReason: late.filter(({ justified }) => !justified).length,
    minutesLate: late.reduce((sum, { minutes }) => sum + minutes, 0),
  };
};

/** The figure a school shows: a day is two half-days. */
export const inUnit = ({ halfDays, lessonHours }: Pick<Counts, 'halfDays' | 'lessonHours'>, unit: 'half-day' | 'lesson-hour' | 'day') =>
  unit === 'half-day' ? halfDays : unit === 'day' ? halfDays / 2 : lessonHours;
