import type { AnswerOf, Input, Reply } from '../../shared/kernel/index.ts';
import type { askToStop as route } from '../../shared/notifications/digest-routes.ts';
import type { ApiPorts } from './manifest.ts';
import { openedStop } from './stop-link.ts';
import { stopPage } from './stop-page.ts';

export async function askToStop(
  { params: { token } }: Pick<Input<typeof route>, 'params'>,
  ports: ApiPorts,
): Promise<Reply<AnswerOf<typeof route>>> {
  const stop = await openedStop(token, ports);
  return stop ? stopPage('ask', stop.language) : stopPage('unknown', 'fr');
}
