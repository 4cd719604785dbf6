import { followTimetable, type HeldOrNot } from '../../shared/attendance/follow-timetable.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import type { RollCall } from '../../shared/attendance/table.ts';
import type { AnswerTo, LocalDate } from '../../shared/kernel/index.ts';
import { OUT_OF_YEAR } from '../../shared/timetable/calendar.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import { day as dayOfLessons } from '../../shared/timetable/questions.ts';
import { arrangedOn, standingOn } from './arrangements.ts';
import { chunks } from './class-list.ts';
import type { DayChangedPorts } from './manifest.ts';
import { putDay } from './pupil-days.ts';
import { retrying } from './replay.ts';
import { schoolClock } from './school-clock.ts';

/** Days written at once: each by itself, so that one pupil whose day moves meanwhile holds back nobody else's. */
const AT_ONCE = 25;

interface DayOfSchool {
  readonly uai: string;
  readonly date: LocalDate;
  /** Which lessons a change may have touched; on a closed day, all that were called. */
  readonly concerns?: (lesson: Lesson) => boolean;
}

/**
 * A closed day has no lesson that was not opened by hand; a lesson that a later import knows no more was held all the same, and so were all
 * of last year once the timetable is of the next.
 */
const heldOrNot = (
  { schoolDay, closedBecause, lessons }: Pick<AnswerTo<typeof dayOfLessons>, 'schoolDay' | 'closedBecause' | 'lessons'>,
  rollCalls: ReadonlyMap<string, RollCall>,
  concerns: (lesson: Lesson) => boolean,
): HeldOrNot[] => {
  const known = new Map(lessons.map((lesson) => [lesson.lessonId, lesson]));
  return [...rollCalls].flatMap(([lessonId, rollCall]) => {
    const lesson = known.get(lessonId);
    if (lesson) return concerns(lesson) ? [{ lessonId, held: !lesson.notHeld, rollCall }] : [];
    return schoolDay || closedBecause === OUT_OF_YEAR ? [] : [{ lessonId, held: false, rollCall }];
  });
};

/**
 * Makes the pupils' days say of the validated roll calls what the timetable now says of their lessons, and what arrangements say of
 * who was expected there, and tells how many it changed.
 * The facts are read before the timetable is asked, and written only if they still stand: whoever knew an older timetable loses.
 */
export async function followDay({ uai, date, concerns = () => true }: DayOfSchool, ports: DayChangedPorts): Promise<number> {
  const { attendance, ask } = ports;
  let changed = 0;
  await retrying(async () => {
    const rollCalls = new Map<string, RollCall>();
    const days: PupilDay[] = [];
    for (const item of await attendance.all('ofDay', { uai, date })) {
      if (item.entity === 'pupilDay') days.push(item);
      else if (item.state === 'done') rollCalls.set(item.lessonId, item);
    }
    if (rollCalls.size === 0 || days.length === 0) return;
    const [timetable, { telling }, arranged] = await Promise.all([
      ask(dayOfLessons, { uai, date }),
      schoolClock(uai, ports),
      attendance.read(arrangedOn(uai, date)),
    ]);
    // What was entered of an ended year stands.
    if (date < telling.openFrom) return;
    const arrangements = standingOn(arranged, date);
    const concerned = heldOrNot(timetable, rollCalls, concerns);
    const follow = async (before: PupilDay): Promise<void> => {
      const after = followTimetable(before, concerned, telling, arrangements);
      if (after === before) return;
      await attendance.write(putDay(before, after));
      changed += 1;
    };
    const refused: unknown[] = [];
    for (const some of chunks(days, AT_ONCE)) {
      const outcomes = await Promise.allSettled(some.map(follow));
      refused.push(...outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])));
    }
    if (refused.length > 0) throw refused[0];
  });
  return changed;
}
