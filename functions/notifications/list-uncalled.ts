import { type AnswerOf, type Input, instant, missing } from '../../shared/kernel/index.ts';
import type { listUncalled as route } from '../../shared/notifications/routes.ts';
import { callLines } from './call-lines.ts';
import { today } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

/** How long a line that nobody closed comes back. */
const DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A query over what is open, and one for each day of which something is: asked for now and then, not with each look at the board. */
export async function listUncalled(
  { params: { uai } }: Pick<Input<typeof route>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const { notifications, clock } = ports;
  const since = instant(new Date(clock.civil().getTime() - DAYS * DAY_MS));
  const [visited, uncalled] = await Promise.all([notifications.get('school', { uai }), notifications.all('uncalled', { uai, since })]);
  if (!visited) throw missing();
  const on = today(visited, ports);
  const left = uncalled.filter(({ date }) => date < on);
  const days = await Promise.all([...new Set(left.map(({ date }) => date))].map((date) => notifications.all('day', { uai, date })));
  const rows = days.flat().filter((item) => item.entity === 'delivery');
  return { calls: await callLines(uai, left, rows, on, ports) };
}
