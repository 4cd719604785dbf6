import { monthOf } from '../../shared/attendance/pupil-month.ts';
import type { ChasedSchool } from '../../shared/attendance/reminder.ts';
import { school as schoolQuestion } from '../../shared/directory/questions.ts';
import { addDays, Failure, type LocalDate, local } from '../../shared/kernel/index.ts';
import { openFrom, schoolYearOf } from '../../shared/timetable/school-year.ts';
import { runSchedule } from '../runtime/run-schedule.ts';
import { countingOf } from './counting-of.ts';
import manifest, { type CountDaysPorts } from './manifest.ts';
import { classesOf, recountDay, recountMonth } from './recount-day.ts';
import { yearOf } from './register-years.ts';

/** Days a run counts of one school: a school year that was never counted takes a few hours. */
const A_RUN = 20;
/** Schools counted side by side. */
const ABREAST = 4;
/** No school is begun later in a run, which may last thirty seconds: the next run goes on with it. */
const BEGUN_WITHIN_MS = 15_000;

/** A day is over at midnight. */
const lastDayOf = ({ timeZone }: Pick<ChasedSchool, 'timeZone'>, civil: Date): LocalDate => addDays(local(civil, timeZone).date, -1);

/**
 * Counts the days that are over, and those again whose facts have moved since. A school that counts its half-days otherwise, or begins
 * a year, is counted from the start of the year.
 */
export async function countDays(ports: CountDaysPorts): Promise<void> {
  const { attendance, clock } = ports;
  const [schools, again] = await Promise.all([attendance.all('chasedSchools', {}), attendance.all('daysToCount', {})]);
  const civil = clock.civil();
  const moved = Map.groupBy(again, ({ uai }) => uai);
  const queue = schools
    .filter((school) => {
      const last = lastDayOf(school, civil);
      return school.countedUntil !== last || moved.get(school.uai)?.some(({ date }) => date <= last);
    })
    // Whoever waits longest comes first: no run is too short for ever.
    .sort((a, b) => ((a.countedUntil ?? '') < (b.countedUntil ?? '') ? -1 : 1));
  const until = clock.system().getTime() + BEGUN_WITHIN_MS;
  const faults: unknown[] = [];
  const lane = async () => {
    for (let school = queue.shift(); school && clock.system().getTime() < until; school = queue.shift())
      // One school's trouble is not the others'; the run still ends as failed, so that it is seen.
      await count(school, moved.get(school.uai) ?? [], ports).catch((error: unknown) => void faults.push(error));
  };
  await Promise.all(Array.from({ length: ABREAST }, lane));
  if (faults.length > 0) throw new AggregateError(faults, 'schools that were not counted');
}

interface Moved {
  readonly date: LocalDate;
  readonly rev: number;
}

const count = async ({ uai, countedUntil, countedBy }: ChasedSchool, moved: readonly Moved[], ports: CountDaysPorts): Promise<void> => {
  const { attendance, ask, clock, log } = ports;
  const school = await ask(schoolQuestion, { uai });
  if (!school) return;
  const last = lastDayOf(school, clock.civil());
  const open = openFrom(addDays(last, 1), school.year);
  const { from: start } = schoolYearOf(last);
  const by = JSON.stringify([start, countingOf(school)]);
  const known = countedBy === by ? countedUntil : undefined;
  const news: LocalDate[] = [];
  for (let date = known === undefined ? start : addDays(known, 1); date <= last && news.length < A_RUN; date = addDays(date, 1))
    news.push(date);
  const again = moved.filter(({ date }) => date <= last).slice(0, A_RUN);
  const recounted = again.filter(({ date }) => date >= open);
  let lists: ReturnType<typeof classesOf> | undefined;
  const classOf = () => (lists ??= classesOf(uai, ports));
  // Of an ended year nothing is counted any more: what moved of it is forgotten.
  const dates = new Set([...news, ...recounted.map(({ date }) => date)]);
  for (const date of dates) await recountDay({ uai, date }, school, classOf, ports);
  for (const month of new Set([...dates].map(monthOf))) await recountMonth({ uai, month }, ports);
  const until = news.at(-1);
  if (until !== undefined) await attendance.write({ update: 'chasedSchool', key: { uai }, set: { countedUntil: until, countedBy: by } });
  // Before it is forgotten that they moved: what the archive says of them is of before.
  for (const year of new Set(again.map(({ date }) => yearOf(date)))) await moveArchive(uai, year, ports);
  for (const { date, rev } of again)
    try {
      await attendance.write({ delete: 'dayToCount', key: { uai, date }, when: { is: { rev } } });
    } catch (error) {
      // Its facts moved while it was counted: the next run counts it again.
      if (!(error instanceof Failure && error.kind === 'conflict')) throw error;
    }
  log.info('days.counted', { school: uai, days: dates.size });
};

const moveArchive = async (uai: string, year: string, { attendance }: CountDaysPorts): Promise<void> => {
  try {
    await attendance.write({ update: 'registerArchive', key: { uai, year }, set: { moved: true }, when: { present: true } });
  } catch (error) {
    // No register of that year was written yet.
    if (!(error instanceof Failure && error.kind === 'conflict')) throw error;
  }
};

export const handler = runSchedule(manifest.schedules['count-days'], countDays);
