import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/timetable/stand-in-routes.ts';
import type { ApiPorts } from './manifest.ts';

export async function listStandIns(
  { params: { uai } }: Input<typeof routes.listStandIns>,
  { timetable }: ApiPorts,
): Promise<AnswerOf<typeof routes.listStandIns>> {
  const calendar = await timetable.get('calendar', { uai });
  return calendar ? { rev: calendar.rev, standIns: calendar.standIns ?? [] } : null;
}
