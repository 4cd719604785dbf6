import { type AnswerOf, type Input, instant, missing } from '../../shared/kernel/index.ts';
import { DAILY_MINUTE, NIGHT } from '../../shared/notifications/digest.ts';
import { PUSH_MINUTES } from '../../shared/notifications/ladder.ts';
import type { changeChannels as route } from '../../shared/notifications/routes.ts';
import { visit } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

export async function changeChannels(
  { params: { uai }, body, caller }: Pick<Input<typeof route>, 'params' | 'body' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const visited = await visit(uai, ports);
  if (!visited) throw missing();
  const {
    sms = visited.sms ?? false,
    pushMinutes = visited.pushMinutes ?? PUSH_MINUTES,
    dailyMinute = visited.dailyMinute ?? DAILY_MINUTE,
    quiet = visited.quiet ?? NIGHT,
  } = body;
  await ports.notifications.write({
    update: 'school',
    key: { uai },
    // Text messages are paid: who switched them, and when.
    set: {
      sms,
      pushMinutes,
      dailyMinute,
      quiet,
      ...(body.sms !== undefined && { smsBy: caller.personId, smsAt: instant(ports.clock.civil()) }),
    },
    when: { present: true },
  });
  return { sms, pushMinutes, dailyMinute, quiet };
}
