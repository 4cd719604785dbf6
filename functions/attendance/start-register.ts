import type { startRegister as route } from '../../shared/attendance/archive-routes.ts';
import { type AnswerOf, addDays, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import { archivedYear } from './archived-year.ts';
import { beginRegister } from './begin-register.ts';
import type { ApiPorts } from './manifest.ts';
import { spanOf, throughOf, yearsToWrite } from './register-years.ts';
import { recordOf, schoolClock } from './school-clock.ts';

/** Asked twice it is begun once: what is under way goes on. */
export async function startRegister(
  { params: { uai, year }, caller }: Pick<Input<typeof route>, 'params' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const { attendance } = ports;
  const { today } = await schoolClock(uai, ports);
  if (!yearsToWrite(today).includes(year)) throw missing();
  const [before, looked] = await Promise.all([attendance.get('registerArchive', { uai, year }), attendance.get('chasedSchool', { uai })]);
  if (before?.state === 'under-way') return archivedYear(before);
  if ((looked?.erasedUntil ?? '') >= spanOf(year).from) throw new Failure('refused', 'attendance.register-erased');
  const through = throughOf(year, addDays(today, -1));
  if (through === undefined) throw new Failure('refused', 'attendance.register-too-early');
  const begun = await beginRegister({ uai, year, through, startedBy: recordOf(caller, uai) }, before, ports);
  if (begun) return archivedYear(begun);
  const other = await attendance.get('registerArchive', { uai, year });
  if (!other) throw missing();
  return archivedYear(other);
}
