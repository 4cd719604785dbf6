import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import type * as routes from '../../shared/attendance/remark-routes.ts';
import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import { lessonRemark } from './lesson-remark.ts';
import type { ApiPorts } from './manifest.ts';
import { ownLesson } from './own-lesson.ts';
import { retrying } from './replay.ts';
import { recordOf } from './school-clock.ts';

export async function undoRemark(
  { params, caller }: Pick<Input<typeof routes.undoRemark>, 'params' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.undoRemark>> {
  const by = recordOf(caller, params.uai);
  const { clock } = await ownLesson(params, caller, { groups: undefined }, ports);
  refuseOver(params.date, clock.telling);
  return retrying(async () => {
    const remark = await ports.attendance.get('remark', params);
    if (!remark) throw missing();
    if (!remark.undone)
      await ports.attendance.write({
        put: 'remark',
        item: { ...remark, revision: remark.revision + 1, undone: { by, at: clock.now } },
        when: { is: { revision: remark.revision } },
      });
    return lessonRemark(remark);
  });
}
