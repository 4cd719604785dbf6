import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { changePreferences as route } from '../../shared/notifications/routes.ts';
import type { ApiPorts } from './manifest.ts';

export async function changePreferences(
  { body: { language }, caller: { personId } }: Pick<Input<typeof route>, 'body' | 'caller'>,
  { notifications }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  await notifications.write({ put: 'preferences', item: { personId, language } });
  return { language };
}
