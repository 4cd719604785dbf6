import { type AnswerOf, Failure, type Input, instant, missing } from '../../shared/kernel/index.ts';
import { closes } from '../../shared/notifications/call.ts';
import type { closeCall as route } from '../../shared/notifications/routes.ts';
import { isConflict } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

/** A call made: it is about one household, whoever picked up. */
export async function closeCall(
  { params, body, caller }: Pick<Input<typeof route>, 'params' | 'body' | 'caller'>,
  { notifications, clock }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const { callId } = params;
  const line = await notifications.get('call', params);
  if (!line) throw missing();
  const state = closes(body.outcome) ? 'closed' : 'open';
  // The same key pressed twice is one call.
  if (line.state === 'closed' && line.outcome === body.outcome)
    return { callId, state: line.state, outcome: line.outcome, tries: line.tries };
  const tries = line.tries + 1;
  try {
    await notifications.write({
      update: 'call',
      key: params,
      set: {
        state,
        outcome: body.outcome,
        calledBy: caller.personId,
        calledAt: instant(clock.civil()),
        tries,
        ...(body.reachedId !== undefined && { reachedId: body.reachedId }),
      },
      when: { is: { state: 'open', tries: line.tries } },
    });
  } catch (error) {
    if (isConflict(error)) throw new Failure('conflict', 'notifications.call-closed');
    throw error;
  }
  return { callId, state, outcome: body.outcome, tries };
}
