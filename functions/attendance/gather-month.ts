import { monthsOf } from '../../shared/attendance/arrangement.ts';
import type { Month } from '../../shared/attendance/pupil-month.ts';
import type { RegisterArchive } from '../../shared/attendance/register-archive.ts';
import {
  type ClassList,
  pupilsInClasses,
  type RegisteredDay,
  type RegisterMonth,
  writeMonth,
} from '../../shared/attendance/register-month.ts';
import { classLists } from '../../shared/directory/questions.ts';
import type { School } from '../../shared/directory/school.ts';
import { addDays, type LocalDate } from '../../shared/kernel/index.ts';
import { OUT_OF_YEAR } from '../../shared/timetable/calendar.ts';
import { schoolDay } from '../../shared/timetable/questions.ts';
import { chunks, peopleById } from './class-list.ts';
import { countingOf } from './counting-of.ts';
import type { RegisterDuePorts } from './manifest.ts';
import { readMonth } from './register-files.ts';
import { spanOf } from './register-years.ts';

/** Days read side by side: of a school of sixty classes each is less than a megabyte. */
const ABREAST = 4;

const listsOf = async (uai: string, { ask }: RegisterDuePorts): Promise<ClassList[]> => {
  const found: ClassList[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(classLists, { uai, ...(cursor !== undefined && { cursor }) });
    found.push(...page.lists);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
};

const dayOf = async (uai: string, date: LocalDate, { attendance, ask }: RegisterDuePorts): Promise<RegisteredDay> => {
  const [day, items] = await Promise.all([ask(schoolDay, { uai, date }), attendance.all('ofDay', { uai, date })]);
  return {
    date,
    known: day.closedBecause !== OUT_OF_YEAR,
    lessons: day.lessons,
    calls: items.filter((item) => item.entity === 'rollCall'),
    pupilDays: items.filter((item) => item.entity === 'pupilDay'),
  };
};

/** The last month before that was gathered: who was in which class then. */
const lastGathered = async (archive: RegisterArchive, month: Month, ports: RegisterDuePorts): Promise<RegisterMonth | undefined> => {
  const earlier = monthsOf(spanOf(archive.year)).filter((one) => one < month);
  for (const one of earlier.reverse()) {
    const found = await readMonth(archive, one, ports);
    if (found && found.pupils.length > 0) return found;
  }
  return undefined;
};

/** The register of a month of a school, from the facts as they now are. */
export const gatherMonth = async (
  archive: RegisterArchive,
  month: Month,
  school: School,
  ports: RegisterDuePorts,
): Promise<RegisterMonth> => {
  const { uai, year, through } = archive;
  const [before, asked] = await Promise.all([readMonth(archive, month, ports), listsOf(uai, ports)]);
  const dates: LocalDate[] = [];
  for (let date = `${month}-01`; date <= through && date.slice(0, 7) === month; date = addDays(date, 1)) dates.push(date);
  const days: RegisteredDay[] = [];
  for (const some of chunks(dates, ABREAST)) days.push(...(await Promise.all(some.map((date) => dayOf(uai, date, ports)))));
  // Once the people of the next year were imported, the lists say who is in which class then.
  const ofNext = school.year !== undefined && String(school.year) > year;
  const written = writeMonth(
    month,
    days,
    {
      lists: ofNext ? asked.filter(({ kind }) => kind === 'class') : asked,
      pupils: ofNext ? ((await lastGathered(archive, month, ports))?.pupils ?? []) : pupilsInClasses(asked),
      before,
    },
    countingOf(school),
  );
  const nameless = written.pupils.filter(({ familyName }) => familyName === '').map(({ pupilId }) => pupilId);
  if (nameless.length === 0) return written;
  const people = await peopleById(uai, nameless, ports);
  return {
    ...written,
    pupils: written.pupils.map((pupil) => {
      const { familyName, givenName } = (pupil.familyName === '' && people.get(pupil.pupilId)) || pupil;
      return { ...pupil, familyName, givenName };
    }),
  };
};
