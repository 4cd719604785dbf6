import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { removeBrowser as route } from '../../shared/notifications/routes.ts';
import type { ApiPorts } from './manifest.ts';

export async function removeBrowser(
  { params: { browserId }, caller: { personId } }: Pick<Input<typeof route>, 'params' | 'caller'>,
  { notifications }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  await notifications.write({ delete: 'browser', key: { personId, browserId } });
  return { browserId };
}
