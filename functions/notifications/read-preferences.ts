import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { readPreferences as route } from '../../shared/notifications/routes.ts';
import type { ApiPorts } from './manifest.ts';

export async function readPreferences(
  { caller: { personId, card } }: Pick<Input<typeof route>, 'caller'>,
  { notifications }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const chosen = await notifications.get('preferences', { personId });
  return { language: chosen?.language ?? card.language };
}
