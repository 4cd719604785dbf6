import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { listBrowsers as route } from '../../shared/notifications/routes.ts';
import type { ApiPorts } from './manifest.ts';

export async function listBrowsers({ caller }: Pick<Input<typeof route>, 'caller'>, ports: ApiPorts): Promise<AnswerOf<typeof route>> {
  const [key, browsers] = await Promise.all([ports.push.key(), ports.notifications.all('browsers', { personId: caller.personId })]);
  return { key, browsers: browsers.map(({ browserId, since }) => ({ browserId, since })) };
}
