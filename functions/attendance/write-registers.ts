import { isWhole, keptUntil, type RegisterArchive } from '../../shared/attendance/register-archive.ts';
import type { ChasedSchool } from '../../shared/attendance/reminder.ts';
import { Failure, instant, local } from '../../shared/kernel/index.ts';
import { runSchedule } from '../runtime/run-schedule.ts';
import { beginRegister } from './begin-register.ts';
import manifest, { type WriteRegistersPorts } from './manifest.ts';
import { filesOf } from './register-files.ts';
import { spanOf, wantedThrough, yearsToWrite } from './register-years.ts';

/** A step takes seconds: one that is older was given up by the bus, and is called for anew. */
const STANDS_STILL_MS = 30 * 60_000;
/** No school is begun later in a run, which may last thirty seconds. */
const BEGUN_WITHIN_MS = 20_000;
const ABREAST = 8;

/**
 * Writes the register of each school’s year by itself: month by month, whole once it is over, once more if a fact moved since; and lets
 * go of the files on 31 December after it. Nothing of a year that is being erased is written any more.
 */
export async function writeRegisters(ports: WriteRegistersPorts): Promise<void> {
  const { attendance, clock } = ports;
  const queue = await attendance.all('chasedSchools', {});
  const until = clock.system().getTime() + BEGUN_WITHIN_MS;
  const faults: unknown[] = [];
  const lane = async () => {
    for (let school = queue.shift(); school && clock.system().getTime() < until; school = queue.shift())
      // One school’s trouble is not the others’; the run still ends as failed, so that it is seen.
      await ofSchool(school, ports).catch((error: unknown) => void faults.push(error));
  };
  await Promise.all(Array.from({ length: ABREAST }, lane));
  if (faults.length > 0) throw new AggregateError(faults, 'schools whose register was not begun');
}

const ofSchool = async ({ uai, timeZone, erasedUntil = '' }: ChasedSchool, ports: WriteRegistersPorts): Promise<void> => {
  const { attendance, clock, registersFiles, log } = ports;
  const today = local(clock.civil(), timeZone).date;
  const archives = await attendance.all('archives', { uai });
  for (const year of yearsToWrite(today)) {
    const { from, until } = spanOf(year);
    const archive = archives.find((one) => one.year === year);
    const through = wantedThrough(year, today);
    if (archive?.state === 'under-way') await takeUp(archive, ports);
    else if (through !== undefined && erasedUntil < from && isDue(archive, through, until)) {
      const begun = await beginRegister({ uai, year, through, startedBy: 'schedule' }, archive, ports);
      if (begun) log.info('register.begun', { school: uai, year });
    }
  }
  for (const archive of archives)
    if (keptUntil(archive.year) < today && spanOf(archive.year).until <= erasedUntil) {
      // The record names the files: it goes after them.
      await Promise.all(filesOf(archive).map((key) => registersFiles.delete(key)));
      await attendance.write({ delete: 'registerArchive', key: { uai, year: archive.year } });
      log.info('register.erased', { school: uai, year: archive.year });
    }
};

/** Of a year that is over, as soon as anything is missing; before, when another month or week is. */
const isDue = (archive: RegisterArchive | undefined, through: string, until: string): boolean =>
  !archive || archive.through < through || (through === until && !isWhole(archive, until));

const takeUp = async ({ uai, year, steppedAt, revision }: RegisterArchive, { attendance, clock }: WriteRegistersPorts): Promise<void> => {
  const now = clock.system();
  if (now.getTime() - new Date(steppedAt).getTime() < STANDS_STILL_MS) return;
  try {
    await attendance.write({
      update: 'registerArchive',
      key: { uai, year },
      set: { steppedAt: instant(now), revision: revision + 1 },
      when: { is: { revision } },
    });
  } catch (error) {
    // It went on by itself.
    if (!(error instanceof Failure && error.kind === 'conflict')) throw error;
  }
};

export const handler = runSchedule(manifest.schedules['write-registers'], writeRegisters);
