import type { RemarkKind } from '../../shared/attendance/remark.ts';
import type * as routes from '../../shared/attendance/remark-routes.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { remarkKinds } from './remark-kinds.ts';
import { recordOf } from './school-clock.ts';

const twice = (words: readonly string[]): boolean => new Set(words).size < words.length;

/** The whole list at once, decided by its revision: two people who edit it do not mix. */
export async function setRemarkKinds(
  { params: { uai }, body: { basedOn, kinds: given }, caller }: Input<typeof routes.setRemarkKinds>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.setRemarkKinds>> {
  const by = recordOf(caller, uai);
  const before = await remarkKinds(uai, ports);
  const changed = new Failure('conflict', 'attendance.remark-kinds-changed', { rev: before.rev });
  if (before.rev !== basedOn) throw changed;
  if (twice(given.flatMap(({ kindId }) => kindId ?? [])) || twice(given.map(({ label }) => label.toLocaleLowerCase('fr'))))
    throw new Failure('refused', 'attendance.remark-kind-twice');
  const kinds = given.map(({ kindId, ...words }): RemarkKind => {
    if (kindId !== undefined && !before.kinds.some((known) => known.kindId === kindId))
      throw new Failure('refused', 'attendance.remark-kind-unknown', { kindId });
    return { kindId: kindId ?? ports.ids.next('k'), ...words };
  });
  const rev = basedOn + 1;
  try {
    await ports.attendance.write({
      put: 'remarkKinds',
      item: { uai, rev, kinds, changedBy: by },
      when: basedOn === 0 ? { absent: true } : { is: { rev: basedOn } },
    });
  } catch (error) {
    throw error instanceof Failure && error.code === 'store.condition-failed' ? changed : error;
  }
  return { rev, kinds };
}
