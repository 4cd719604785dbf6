import { monthsOf } from '../../shared/attendance/arrangement.ts';
import type { RegisterArchive } from '../../shared/attendance/register-archive.ts';
import { Failure, instant } from '../../shared/kernel/index.ts';
import type { WriteRegistersPorts } from './manifest.ts';
import { spanOf } from './register-years.ts';

/**
 * Begins to write the register of a year, whole, over what was written before; its own changes drive its steps (`register-due`).
 * `undefined`: somebody else began at the same time.
 */
export const beginRegister = async (
  { uai, year, through, startedBy }: Pick<RegisterArchive, 'uai' | 'year' | 'through' | 'startedBy'>,
  before: RegisterArchive | undefined,
  { attendance, clock }: Pick<WriteRegistersPorts, 'attendance' | 'clock'>,
): Promise<RegisterArchive | undefined> => {
  const item: RegisterArchive = {
    uai,
    year,
    state: 'under-way',
    through,
    startedBy,
    startedAt: instant(clock.civil()),
    done: 0,
    total: monthsOf({ from: spanOf(year).from, until: through }).length + Math.max(before?.classes.length ?? 0, 1),
    classes: [],
    stale: before ? [...new Set([...before.classes.map(({ key }) => key), ...before.stale])] : [],
    steppedAt: instant(clock.system()),
    revision: (before?.revision ?? 0) + 1,
  };
  try {
    await attendance.write({ put: 'registerArchive', item, when: before ? { is: { revision: before.revision } } : { absent: true } });
    return item;
  } catch (error) {
    if (error instanceof Failure && error.kind === 'conflict') return undefined;
    throw error;
  }
};
