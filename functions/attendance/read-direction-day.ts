import type * as routes from '../../shared/attendance/direction-routes.ts';
import { standing, stayAt } from '../../shared/attendance/missed-runs.ts';
import { monthOf } from '../../shared/attendance/pupil-month.ts';
import { calledIn } from '../../shared/attendance/table.ts';
import { type DayFigures, usualDates, usualOf } from '../../shared/attendance/usual-days.ts';
import { type AnswerOf, Failure, type Input, type LocalDate } from '../../shared/kernel/index.ts';
import { schoolDay as schoolDayOf } from '../../shared/timetable/questions.ts';
import { expectedIn } from '../../shared/timetable/week.ts';
import type { ApiPorts } from './manifest.ts';
import { dayClock, type SchoolClock } from './school-clock.ts';

type Asked = Awaited<ReturnType<typeof lessonsOf>>;
const lessonsOf = (uai: string, date: LocalDate, { ask }: Pick<ApiPorts, 'ask'>) => ask(schoolDayOf, { uai, date });

/** The day’s numbers, from the board’s facts. */
const count = async (
  uai: string,
  date: LocalDate,
  { lessons }: Pick<Asked, 'lessons'>,
  clock: SchoolClock,
  { attendance }: Pick<ApiPorts, 'attendance'>,
): Promise<DayFigures> => {
  const items = await attendance.all('board', { uai, date });
  const called = new Map(items.flatMap((item) => (item.entity === 'calledSlot' ? calledIn(item) : [])));
  const held = lessons.filter((lesson) => !lesson.notHeld && clock.begun(date, lesson.startMinute));
  const done = held.filter(({ lessonId }) => called.get(lessonId)?.state === 'done');
  const counted = new Set(done.map(({ lessonId }) => lessonId));
  return {
    date,
    seats: done.reduce((sum, lesson) => sum + expectedIn([lesson]) - (called.get(lesson.lessonId)?.removed?.length ?? 0), 0),
    missed: items
      .flatMap((item) =>
        item.entity === 'pupilDay' ? standing(item.observations).filter(({ startMinute }) => !stayAt(startMinute, item)) : [],
      )
      .filter(({ lessonId, state }) => state === 'absent' && counted.has(lessonId)).length,
    due: held.length,
    done: done.length,
  };
};

/** Four weeks of each day of the week. */
const KEPT = 28;

/** Days of before are counted the first time that somebody asks for them, and kept: what is usual costs one reading after that. */
const before = async (uai: string, date: LocalDate, clock: SchoolClock, ports: ApiPorts): Promise<DayFigures[]> => {
  const { attendance } = ports;
  const dates = usualDates(date);
  const known = await attendance.get('usualDays', { uai });
  const kept = (known?.days ?? []).filter((day) => dates.includes(day.date));
  const missing = dates.filter((one) => !kept.some((day) => day.date === one));
  if (missing.length === 0) return kept;
  const found = await Promise.all(missing.map(async (one) => count(uai, one, await lessonsOf(uai, one, ports), clock, ports)));
  const days = [...(known?.days ?? []), ...found].sort((a, b) => (a.date < b.date ? 1 : -1));
  try {
    await attendance.write({
      put: 'usualDays',
      item: { uai, days: days.slice(0, KEPT), rev: (known?.rev ?? 0) + 1 },
      when: known ? { is: { rev: known.rev } } : { absent: true },
    });
  } catch (error) {
    // Somebody else counted at the same moment: the next reader keeps what is missing.
    if (!(error instanceof Failure && error.code === 'store.condition-failed')) throw error;
  }
  return [...kept, ...found];
};

export async function readDirectionDay(
  { params: { uai, date } }: Pick<Input<typeof routes.directionDay>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.directionDay>> {
  const asked = await lessonsOf(uai, date, ports);
  const clock = await dayClock(uai, asked, ports);
  const [{ date: _, ...today }, past, months] = await Promise.all([
    count(uai, date, asked, clock, ports),
    before(uai, date, clock, ports),
    ports.attendance.all('monthOfSchool', { uai, month: monthOf(date) }),
  ]);
  const usual = usualOf(past);
  return {
    now: clock.now,
    timeZone: clock.school.timeZone,
    schoolDay: asked.schoolDay,
    ...(asked.closedBecause !== undefined && { closedBecause: asked.closedBecause }),
    today,
    ...(usual && { usual }),
    raised: months.filter(({ alerts }) => alerts.some(({ state }) => state === 'raised')).length,
  };
}
