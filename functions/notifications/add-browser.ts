import { type AnswerOf, Failure, type Input, instant } from '../../shared/kernel/index.ts';
import { MOST_BROWSERS } from '../../shared/notifications/browser.ts';
import type { addBrowser as route } from '../../shared/notifications/routes.ts';
import type { ApiPorts } from './manifest.ts';

export async function addBrowser(
  { body, caller: { personId } }: Pick<Input<typeof route>, 'body' | 'caller'>,
  { notifications, push, clock, ids }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  // Made with a key from before a rotation: nothing could be sent there.
  if (body.key !== (await push.key())) throw new Failure('conflict', 'notifications.other-key');
  const browserId = ids.natural('browser', body.endpoint);
  const since = instant(clock.system());
  await notifications.write({ put: 'browser', item: { ...body, personId, browserId, since } });
  const others = (await notifications.all('browsers', { personId })).filter((one) => one.browserId !== browserId);
  const surplus = others.sort((a, b) => b.since.localeCompare(a.since)).slice(MOST_BROWSERS - 1);
  for (const one of surplus) await notifications.write({ delete: 'browser', key: { personId, browserId: one.browserId } });
  return { browserId, since };
}
