import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/timetable/routes.ts';
import type { ApiPorts } from './manifest.ts';

export const readCalendar = async (
  { params: { uai } }: Input<typeof routes.readCalendar>,
  { timetable }: ApiPorts,
): Promise<AnswerOf<typeof routes.readCalendar>> => (await timetable.get('calendar', { uai })) ?? null;
