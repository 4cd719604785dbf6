import { countsOf, factsOf, halfOf, missedHalfDays } from '../../shared/attendance/half-days.ts';
import { missedAbsences, type Treated, treatedOf } from '../../shared/attendance/treated.ts';
import type * as routes from '../../shared/attendance/treatment-routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { schoolYearOf } from '../../shared/timetable/school-year.ts';
import { countingOf } from './counting-of.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';
import { type Reasons, reasonOf, schoolReasons } from './school-reasons.ts';

type Listed = AnswerOf<typeof routes.pupilAbsences>;

/** What a family may read of a treatment: that it was settled, how, and why only in words the school shows. */
const settled = ({ state, treatment }: Treated, reasons: Reasons): Pick<Listed['absences'][number], 'state' | 'justified' | 'reason'> => {
  if (state !== 'settled' || !treatment) return { state: 'open' };
  const reason = treatment.reasonId === undefined ? undefined : reasonOf(reasons, treatment.reasonId);
  return { state: 'settled', justified: treatment.justified, ...(reason?.visibleToGuardians && { reason: reason.label }) };
};

/** The year of a pupil for their family: what school life settled, never what another guardian answered. */
export async function listPupilAbsences(
  { params: { uai, pupilId } }: Pick<Input<typeof routes.pupilAbsences>, 'params'>,
  ports: ApiPorts,
): Promise<Listed> {
  const { now, today, school } = await schoolClock(uai, ports);
  const { from } = schoolYearOf(today);
  const [reasons, stored] = await Promise.all([
    schoolReasons(school, ports),
    ports.attendance.all('daysOfPupil', { uai, pupilId, from, until: today }),
  ]);
  const counting = countingOf(school);
  const days = stored.map((day) => ({ day, facts: factsOf(day) })).reverse();
  const counted = (some: typeof days) => {
    const all = countsOf(
      some.map(({ facts }) => facts),
      counting,
    );
    const { halfDays, halfDaysWithoutReason, lessonHours, latenesses } = all;
    return { halfDays, halfDaysWithoutReason, lessonHours, latenesses };
  };
  return {
    now,
    timeZone: school.timeZone,
    unit: school.settings.countingUnit,
    counters: { month: counted(days.filter(({ day }) => day.date.slice(0, 7) === today.slice(0, 7))), year: counted(days) },
    absences: days.flatMap(({ day, facts }) =>
      missedAbsences(day)
        .map(({ absenceId, fromMinute, untilMinute, lessons }) => {
          const halves = new Set(lessons.map((lesson) => halfOf(lesson, counting)));
          return {
            date: day.date,
            absenceId,
            fromMinute,
            untilMinute,
            halfDays: missedHalfDays(facts, counting).flatMap(({ half }) => (halves.has(half) ? [half] : [])),
            ...settled(
              treatedOf(
                day,
                lessons.map(({ lessonId }) => lessonId),
              ),
              reasons,
            ),
          };
        })
        .reverse(),
    ),
    latenesses: days.flatMap(({ day }) =>
      factsOf({ ...day, treatments: [] })
        .late.map(({ lessonId, startMinute, minutes }) => ({
          date: day.date,
          lessonId,
          startMinute,
          subject: day.observations.findLast((one) => one.lessonId === lessonId)?.subject ?? '',
          minutes,
          ...settled(treatedOf(day, [lessonId]), reasons),
        }))
        .reverse(),
    ),
  };
}
