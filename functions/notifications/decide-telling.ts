import { episode } from '../../shared/attendance/questions.ts';
import { type AnswerOf, Failure, type Input, missing } from '../../shared/kernel/index.ts';
import { episodeKey } from '../../shared/notifications/keys.ts';
import type { decideTelling as route } from '../../shared/notifications/routes.ts';
import { follow } from './ledger.ts';
import type { ApiPorts } from './manifest.ts';

/**
 * A roll call that came in long after its lesson: what school life says is put down together with the messages that follow from it. Once;
 * the same said twice is said once.
 */
export async function decideTelling(
  { params, body, caller }: Pick<Input<typeof route>, 'params' | 'body' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const { uai, date } = params;
  const { notifications, ask, ids } = ports;
  const key = { uai, date, episodeKey: episodeKey(params, ids) };
  const reread = () => ask(episode, params);
  const [visited, found, before] = await Promise.all([notifications.get('school', { uai }), reread(), notifications.get('decision', key)]);
  if (!visited || !found || !before) throw missing();
  const state = body.tell ? 'sent' : 'kept';
  // In any state: said before, but cut off before the messages were on their way, they go now.
  await follow(found, visited, reread, ports, { decided: { state, by: caller.personId } });
  const after = await notifications.get('decision', key);
  if (after?.state !== state) throw new Failure('conflict', 'notifications.already-decided', { state: after?.state ?? 'void' });
  return { pupilId: params.pupilId, episodeId: params.episodeId, state };
}
