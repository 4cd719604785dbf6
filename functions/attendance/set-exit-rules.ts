import type * as routes from '../../shared/attendance/exit-routes.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';
import { recordOf } from './school-clock.ts';

/** Decided by its revision: two people who edit it do not mix. */
export async function setExitRules(
  { params: { uai }, body: { basedOn, rights }, caller }: Input<typeof routes.setExitRules>,
  { attendance }: Pick<ApiPorts, 'attendance'>,
): Promise<AnswerOf<typeof routes.setExitRules>> {
  const changedBy = recordOf(caller, uai);
  const rev = basedOn + 1;
  try {
    await attendance.write({
      put: 'exitRules',
      item: { uai, rev, rights, changedBy },
      when: basedOn === 0 ? { absent: true } : { is: { rev: basedOn } },
    });
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'store.condition-failed')) throw error;
    throw new Failure('conflict', 'attendance.exit-rules-changed');
  }
  return { rev, rights };
}
