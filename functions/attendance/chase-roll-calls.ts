import { type ChasedSchool, isLookDue, lateLessons, NEVER_TODAY, nextLook } from '../../shared/attendance/reminder.ts';
import { calledIn } from '../../shared/attendance/table.ts';
import { Failure, instant, local } from '../../shared/kernel/index.ts';
import { schoolDay } from '../../shared/timetable/questions.ts';
import { runSchedule } from '../runtime/run-schedule.ts';
import manifest, { type ChasePorts } from './manifest.ts';
import { reminding } from './reminder-of.ts';

/** Schools looked at side by side. */
const ABREAST = 8;

/**
 * Reminds the teachers of lessons that go on without a validated roll call, each lesson once. A school is looked at when a lesson of its day
 * falls due, at most once an hour besides, and neither at night nor on a day without lessons.
 */
export async function chaseRollCalls(ports: ChasePorts): Promise<void> {
  const schools = await ports.attendance.all('chasedSchools', {});
  const civil = ports.clock.civil();
  const queue = schools.filter((school) => {
    const { date, minute } = local(civil, school.timeZone);
    return isLookDue(school, date, minute);
  });
  const faults: unknown[] = [];
  const lane = async () => {
    for (let school = queue.shift(); school; school = queue.shift())
      // One school's trouble is not the others'; the run still ends as failed, so that it is seen.
      await look(school, ports).catch((error: unknown) => void faults.push(error));
  };
  await Promise.all(Array.from({ length: ABREAST }, lane));
  if (faults.length > 0) throw new AggregateError(faults, 'schools that were not looked at');
}

const look = async ({ uai, timeZone: known }: ChasedSchool, ports: ChasePorts): Promise<void> => {
  const { attendance, ask, clock, log } = ports;
  const civil = clock.civil();
  const { date, minute } = local(civil, known);
  const asked = await ask(schoolDay, { uai, date });
  const { timeZone, settings } = asked.school ?? {};
  const after = settings?.remindAfterMinutes ?? 0;
  const late = settings ? lateLessons(asked.lessons, minute, after) : [];
  if (late.length > 0) {
    const items = await attendance.all('calls', { uai, date });
    const settled = new Set(
      items.flatMap((item) =>
        item.entity === 'reminder' ? item.lessonId : calledIn(item).flatMap(([lessonId, { state }]) => (state === 'done' ? lessonId : [])),
      ),
    );
    for (const lesson of late.filter(({ lessonId }) => !settled.has(lessonId)))
      try {
        await attendance.write(reminding(lesson, undefined, { at: instant(civil) }));
        log.info('roll-call.chased', { school: uai, lesson: lesson.lessonId });
      } catch (error) {
        // Asked for meanwhile, by another run or by school life.
        if (!(error instanceof Failure && error.kind === 'conflict')) throw error;
      }
  }
  const lookMinute = asked.schoolDay ? nextLook(asked.lessons, minute, after) : NEVER_TODAY;
  await attendance.write({
    update: 'chasedSchool',
    key: { uai },
    set: { lookedOn: date, lookMinute, ...(timeZone !== undefined && { timeZone }) },
  });
};

export const handler = runSchedule(manifest.schedules['chase-roll-calls'], chaseRollCalls);
