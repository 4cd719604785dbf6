import { type AnswerOf, addDays, type Input, missing } from '../../shared/kernel/index.ts';
import { DAILY_MINUTE, NIGHT } from '../../shared/notifications/digest.ts';
import { PUSH_MINUTES } from '../../shared/notifications/ladder.ts';
import type { readChannels as route } from '../../shared/notifications/routes.ts';
import { today, visit } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

/** Euros before tax for one message of 160 signs to a French mobile: list price of AWS End User Messaging in November 2026, rounded up. */
const EACH = 0.08;
const DAYS = 7;

/** What there would have been to send: messages that ended on the call list, or went by text. */
export async function readChannels(
  { params: { uai } }: Pick<Input<typeof route>, 'params'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const visited = await visit(uai, ports);
  if (!visited) throw missing();
  const last = today(visited, ports);
  const days = await Promise.all(
    Array.from({ length: DAYS }, (_, back) => ports.notifications.all('day', { uai, date: addDays(last, -back) })),
  );
  const messages = days
    .flat()
    .filter(
      (item) => item.entity === 'delivery' && (item.channel === 'sms' || (item.channel !== 'letter' && item.callId !== undefined)),
    ).length;
  return {
    sms: visited.sms ?? false,
    pushMinutes: visited.pushMinutes ?? PUSH_MINUTES,
    dailyMinute: visited.dailyMinute ?? DAILY_MINUTE,
    quiet: visited.quiet ?? NIGHT,
    smsCost: { each: EACH, messages, week: Math.round(messages * EACH * 100) / 100 },
  };
}
