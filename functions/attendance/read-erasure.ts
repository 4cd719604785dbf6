import type * as routes from '../../shared/attendance/erasure-routes.ts';
import { type AnswerOf, addDays, type Input } from '../../shared/kernel/index.ts';
import { openFrom, schoolYearOf } from '../../shared/timetable/school-year.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';
import { mayEraseYear } from './year-archive.ts';

type Erasure = AnswerOf<typeof routes.readErasure>;

export async function readErasure(
  { params: { uai } }: Pick<Input<typeof routes.readErasure>, 'params'>,
  ports: ApiPorts,
): Promise<Erasure> {
  const [{ today }, chased] = await Promise.all([schoolClock(uai, ports), ports.attendance.get('chasedSchool', { uai })]);
  // As the purge has it: an import ends no year for it.
  const running = schoolYearOf(openFrom(today));
  const ended: Erasure['ended'] = [];
  const { erasedUntil } = chased ?? {};
  const first = chased && schoolYearOf(erasedUntil === undefined ? addDays(running.from, -1) : addDays(erasedUntil, 1));
  for (let year = first; year && year.from < running.from; year = schoolYearOf(addDays(year.until, 1))) {
    const begun = erasedUntil !== undefined && erasedUntil >= year.from;
    const state = begun || (await mayEraseYear(uai, year, ports)) ? 'going' : 'waiting';
    ended.push({ ...year, state, ...(begun && { erasedUntil }) });
  }
  return { running: { ...running, erasedFrom: `${running.until.slice(0, 4)}-09-01` }, ended };
}
