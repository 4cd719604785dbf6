import { type AnswerOf, Failure, type Input, instant, missing } from '../../shared/kernel/index.ts';
import { closes } from '../../shared/notifications/call.ts';
import { needsCall } from '../../shared/notifications/delivery.ts';
import { deliveryId as idOf } from '../../shared/notifications/keys.ts';
import type { closeCall as route } from '../../shared/notifications/routes.ts';
import { isConflict } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

/** A letter in the post is a row of its own for each person it tells: the last step of the ladder, with its time. */
const letters = async (callId: string, uai: string, date: string, { notifications, clock, ids }: ApiPorts) => {
  const rows = (await notifications.all('day', { uai, date })).filter((item) => item.entity === 'delivery');
  const sentAt = instant(clock.civil());
  return rows
    .filter((row) => row.callId === callId && needsCall(row))
    .map(({ pupilId, episodeId, guardianId, householdId, kind, dueAt, expiresAt }) => {
      const of = { uai, date, pupilId, episodeId, guardianId, kind, channel: 'letter' } as const;
      const item = { ...of, deliveryId: idOf(of, ids), householdId, state: 'accepted', dueAt, sentAt, expiresAt } as const;
      return { put: 'delivery' as const, item };
    });
};

/** A call made: it is about one household, whoever picked up. */
export async function closeCall(
  { params, body, caller }: Pick<Input<typeof route>, 'params' | 'body' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const { notifications, clock } = ports;
  const { callId } = params;
  const line = await notifications.get('call', params);
  if (!line) throw missing();
  const state = closes(body.outcome) ? 'closed' : 'open';
  // The same key pressed twice is one call.
  if (line.state === 'closed' && line.outcome === body.outcome)
    return { callId, state: line.state, outcome: line.outcome, tries: line.tries };
  const tries = line.tries + 1;
  try {
    await notifications.write(
      {
        update: 'call',
        key: params,
        set: {
          state,
          ...(state === 'closed' && { openSince: undefined }),
          outcome: body.outcome,
          calledBy: caller.personId,
          calledAt: instant(clock.civil()),
          tries,
          ...(body.reachedId !== undefined && { reachedId: body.reachedId }),
        },
        when: { is: { state: 'open', tries: line.tries } },
      },
      ...(body.outcome === 'letter' ? await letters(callId, params.uai, params.date, ports) : []),
    );
  } catch (error) {
    if (isConflict(error)) throw new Failure('conflict', 'notifications.call-closed');
    throw error;
  }
  return { callId, state, outcome: body.outcome, tries };
}
