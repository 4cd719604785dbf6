import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/timetable/routes.ts';
import type { ApiPorts } from './manifest.ts';

export async function closeDays(
  { params: { uai }, body }: Input<typeof routes.closeDays>,
  { timetable }: ApiPorts,
): Promise<AnswerOf<typeof routes.closeDays>> {
  const calendar = await timetable.get('calendar', { uai });
  if (!calendar) throw new Failure('conflict', 'timetable.no-calendar');
  if (calendar.rev !== body.basedOn) throw new Failure('conflict', 'timetable.calendar-changed');
  const next = { ...calendar, closedDays: body.closedDays, rev: calendar.rev + 1 };
  await timetable.write({ put: 'calendar', item: next, when: { is: { rev: calendar.rev } } });
  return next;
}
