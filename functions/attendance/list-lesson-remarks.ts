import type * as routes from '../../shared/attendance/remark-routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { lessonRemark } from './lesson-remark.ts';
import type { ApiPorts } from './manifest.ts';
import { ownLesson } from './own-lesson.ts';
import { remarkKinds } from './remark-kinds.ts';

export async function listLessonRemarks(
  { params, caller }: Pick<Input<typeof routes.lessonRemarks>, 'params' | 'caller'>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.lessonRemarks>> {
  const [{ kinds }, remarks] = await Promise.all([
    remarkKinds(params.uai, ports),
    ports.attendance.all('remarksOfLesson', params),
    ownLesson(params, caller, { groups: undefined }, ports),
  ]);
  return {
    kinds,
    remarks: remarks
      .filter(({ undone }) => !undone)
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .map(lessonRemark),
  };
}
