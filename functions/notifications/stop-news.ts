import type { AnswerOf, Input, Reply } from '../../shared/kernel/index.ts';
import type { stopNews as route } from '../../shared/notifications/digest-routes.ts';
import { choose } from './digest-ledger.ts';
import type { ApiPorts } from './manifest.ts';
import { openedStop } from './stop-link.ts';
import { stopPage } from './stop-page.ts';

export async function stopNews(
  { params: { token } }: Pick<Input<typeof route>, 'params'>,
  ports: ApiPorts,
): Promise<Reply<AnswerOf<typeof route>>> {
  const stop = await openedStop(token, ports);
  if (!stop) return stopPage('unknown', 'fr');
  await choose(stop.personId, { ways: { [stop.kind]: 'off' } }, ports);
  return stopPage('done', stop.language);
}
