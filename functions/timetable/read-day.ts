import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/timetable/routes.ts';
import { readLessons } from './lessons.ts';
import type { ApiPorts } from './manifest.ts';

export async function readDay(
  { params: { uai, date }, caller }: Input<typeof routes.readDay>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.readDay>> {
  const link = caller.card.schools[uai];
  if (!link) throw missing();
  if (caller.door === 'staff') return readLessons(uai, date, { all: true }, ports);
  if (caller.door === 'teacher') return readLessons(uai, date, { teacherId: link.personId }, ports);
  return readLessons(uai, date, { pupilId: link.personId }, ports);
}
