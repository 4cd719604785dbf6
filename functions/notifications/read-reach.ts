import { type AnswerOf, addDays, type Input } from '../../shared/kernel/index.ts';
import type { readReach as route } from '../../shared/notifications/routes.ts';
import type { ApiPorts } from './manifest.ts';

const WEEKS = 4;

/** Lines of the call list are what tells: each is a family that no message reached. */
export async function readReach(
  { params: { uai, date } }: Pick<Input<typeof route>, 'params'>,
  { notifications }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const day = (of: string) => notifications.all('day', { uai, date: of });
  const [today, visited, undecided, ...before] = await Promise.all([
    day(date),
    notifications.get('school', { uai }),
    notifications.all('undecided', { uai }),
    ...Array.from({ length: WEEKS }, (_, week) => day(addDays(date, -7 * (week + 1)))),
  ]);
  const linesOf = (items: typeof today) => items.filter((item) => item.entity === 'call').filter(({ state }) => state !== 'spared');
  const lines = linesOf(today);
  // A day on which nobody was told of anything says nothing of what is usual.
  const usual = before.filter((items) => items.length > 0).map((items) => linesOf(items).length);
  return {
    paused: visited?.paused ?? false,
    unreached: lines.filter(({ state }) => state === 'open').length,
    toCall: lines.length,
    ...(usual.length > 0 && { usual: { toCall: usual.reduce((sum, one) => sum + one, 0) / usual.length, days: usual.length } }),
    undecided: undecided.length,
  };
}
