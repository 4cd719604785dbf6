import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import { monthOf } from '../../shared/attendance/pupil-month.ts';
import type { ChasedSchool } from '../../shared/attendance/reminder.ts';
import type { attendance as table } from '../../shared/attendance/table.ts';
import { addDays, type LocalDate, local, type Write } from '../../shared/kernel/index.ts';
import { openFrom, schoolYearOf } from '../../shared/timetable/school-year.ts';
import { runSchedule } from '../runtime/run-schedule.ts';
import { chunks } from './class-list.ts';
import { proofKey } from './given-answer.ts';
import manifest, { type EraseYearsPorts } from './manifest.ts';
import { mayEraseYear } from './year-archive.ts';

/** Schools erased side by side, and rows of one. */
const ABREAST = 4;
const AT_ONCE = 25;
/** No day is begun later in a run, which may last thirty seconds: the next run goes on with it. */
const BEGUN_WITHIN_MS = 15_000;
/** What was begun before the year ended has long been written. */
const SETTLED_MS = 3_600_000;

type Deletion = Extract<Write<typeof table, 'delete'>, { readonly delete: unknown }>;

type MayErase = typeof mayEraseYear;

/**
 * The summer purge (R131-6): from September on erases everything of the school year that has ended, day by day, once its register is in the
 * school’s archive. Whatever breaks it off, the next run finds what is left: rows are looked for anew, and a day is noted when nothing of it
 * is there any more.
 */
export async function eraseYears(ports: EraseYearsPorts, mayErase: MayErase = mayEraseYear): Promise<void> {
  const { attendance, clock } = ports;
  const settled = new Date(clock.civil().getTime() - SETTLED_MS);
  const queue = (await attendance.all('chasedSchools', {}))
    .map((school) => ({ ...school, last: addDays(openFrom(local(settled, school.timeZone).date), -1) }))
    .filter(({ erasedUntil = '', last }) => erasedUntil < last)
    // Whoever waits longest comes first: no run is too short for ever.
    .sort((a, b) => ((a.erasedUntil ?? '') < (b.erasedUntil ?? '') ? -1 : 1));
  const until = clock.system().getTime() + BEGUN_WITHIN_MS;
  const inTime = () => clock.system().getTime() < until;
  const faults: unknown[] = [];
  const lane = async () => {
    for (let school = queue.shift(); school && inTime(); school = queue.shift())
      // One school's trouble is not the others'; the run still ends as failed, so that it is seen.
      await eraseSchool(school, { inTime, mayErase }, ports).catch((error: unknown) => void faults.push(error));
  };
  await Promise.all(Array.from({ length: ABREAST }, lane));
  if (faults.length > 0) throw new AggregateError(faults, 'schools whose ended year was not erased');
}

const eraseSchool = async (
  { uai, erasedUntil, last }: ChasedSchool & { readonly last: LocalDate },
  { inTime, mayErase }: { readonly inTime: () => boolean; readonly mayErase: MayErase },
  ports: EraseYearsPorts,
): Promise<void> => {
  const { attendance, log } = ports;
  const begin = erasedUntil === undefined ? schoolYearOf(last).from : addDays(erasedUntil, 1);
  let date = begin;
  for (; date <= last && inTime(); date = addDays(date, 1)) {
    const year = schoolYearOf(date);
    if ((date === begin || date === year.from) && !(await mayErase(uai, year, ports))) break;
    await eraseDay(uai, date, ports);
    if (monthOf(addDays(date, 1)) !== monthOf(date)) await eraseMonth(uai, date, ports);
    if (date === year.until) await eraseExits(uai, year.until, ports);
    await attendance.write({ update: 'chasedSchool', key: { uai }, set: { erasedUntil: date }, when: { present: true } });
  }
  if (date > begin) log.info('year.erased', { school: uai, until: addDays(date, -1) });
};

const erase = async (deletions: readonly Deletion[], { attendance }: Pick<EraseYearsPorts, 'attendance'>): Promise<void> => {
  // Each by itself: what is erased needs no transaction, which would cost twice as much.
  for (const some of chunks(deletions, AT_ONCE)) await Promise.all(some.map((one) => attendance.write(one)));
};

const eraseDay = async (uai: string, date: LocalDate, ports: EraseYearsPorts): Promise<void> => {
  const { attendance, proofsFiles } = ports;
  let cursor: string | undefined;
  do {
    const page = await attendance.query('allOfDay', { uai, date }, cursor === undefined ? {} : { cursor });
    // The row names its files: it goes after them.
    for (const some of chunks(page.items.flatMap(proofsOf), AT_ONCE)) await Promise.all(some.map((key) => proofsFiles.delete(key)));
    await erase(page.items.map(ofDay), ports);
    cursor = page.cursor;
  } while (cursor !== undefined);
  const remarks = await attendance.all('remarksOfDay', { uai, date });
  await erase(
    [
      ...remarks.map(({ lessonId, remarkId }): Deletion => ({ delete: 'remark', key: { uai, date, lessonId, remarkId } })),
      { delete: 'dayToCount', key: { uai, date } },
    ],
    ports,
  );
};

type OfDay = Awaited<ReturnType<typeof pageOfDay>>['items'][number];
type OfMonth = Awaited<ReturnType<typeof allOfMonth>>[number];
const pageOfDay = (uai: string, date: LocalDate, { attendance }: EraseYearsPorts) => attendance.query('allOfDay', { uai, date });
const allOfMonth = (uai: string, month: string, { attendance }: EraseYearsPorts) => attendance.all('allOfMonth', { uai, month });

/** Whatever was offered to be uploaded may have arrived. */
export const proofsOf = (item: { readonly entity: string } | (PupilDay & { readonly entity: 'pupilDay' })): string[] =>
  item.entity === 'pupilDay' && 'answers' in item
    ? item.answers.flatMap(({ answerId, proof }) => (proof ? [proofKey(item, answerId)] : []))
    : [];

const ofDay = (item: OfDay): Deletion => {
  const { uai, date } = item;
  if (item.entity === 'pupilDay') return { delete: 'pupilDay', key: { uai, date, pupilId: item.pupilId } };
  if (item.entity === 'calledSlot') return { delete: 'calledSlot', key: { uai, date, startMinute: item.startMinute } };
  return { delete: item.entity, key: { uai, date, lessonId: item.lessonId } };
};

/** After its days: what is counted of them cannot be counted again. */
const eraseMonth = async (uai: string, date: LocalDate, ports: EraseYearsPorts): Promise<void> => {
  await erase((await allOfMonth(uai, monthOf(date), ports)).map(ofMonth), ports);
};

const ofMonth = (item: OfMonth): Deletion => {
  const { uai, month } = item;
  if (item.entity === 'pupilMonth') return { delete: 'pupilMonth', key: { uai, month, pupilId: item.pupilId } };
  if (item.entity === 'countedDay') return { delete: 'countedDay', key: { uai, month, date: item.date } };
  return { delete: item.entity, key: { uai, month } };
};

/** What was signed for the year; what is noted from August on was signed for the next one. */
const eraseExits = async (uai: string, until: LocalDate, ports: EraseYearsPorts): Promise<void> => {
  const exits = await ports.attendance.all('exits', { uai });
  await erase(
    exits.filter(({ at }) => at.slice(0, 10) <= until).map(({ pupilId }): Deletion => ({ delete: 'pupilExit', key: { uai, pupilId } })),
    ports,
  );
};

export const handler = runSchedule(manifest.schedules['erase-years'], eraseYears);
