import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { readPreferences as route } from '../../shared/notifications/routes.ts';
import type { ApiPorts } from './manifest.ts';
import { preferencesOf } from './preferences-of.ts';

export async function readPreferences({ caller }: Pick<Input<typeof route>, 'caller'>, ports: ApiPorts): Promise<AnswerOf<typeof route>> {
  return preferencesOf(caller, (await ports.notifications.get('preferences', { personId: caller.personId })) ?? {}, ports);
}
