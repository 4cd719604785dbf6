import type { listGroups as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

export async function listGroups({ params: { uai } }: Input<typeof route>, { directory }: ApiPorts): Promise<AnswerOf<typeof route>> {
  const groups = await directory.all('groups', { uai });
  return {
    groups: groups
      .filter(({ size }) => size > 0)
      .sort((a, b) => a.kind.localeCompare(b.kind) || a.label.localeCompare(b.label, 'fr', { numeric: true }))
      .map(({ groupId, kind, code, label, classIds, size }) => ({ groupId, kind, code, label, classIds, size })),
  };
}
