import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { changePreferences as route } from '../../shared/notifications/routes.ts';
import { choose } from './digest-ledger.ts';
import type { ApiPorts } from './manifest.ts';
import { preferencesOf } from './preferences-of.ts';

/** What is not named stays as it was. */
export async function changePreferences(
  { body, caller }: Pick<Input<typeof route>, 'body' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  return preferencesOf(caller, await choose(caller.personId, body, ports), ports);
}
