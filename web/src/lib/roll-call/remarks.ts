import type { lessonRemarks } from '#shared/attendance/remark-routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

export type LessonRemarks = AnswerOf<typeof lessonRemarks>;
export type RemarkKind = LessonRemarks['kinds'][number];
export type LessonRemark = LessonRemarks['remarks'][number];

/** What can be noted, by who will read it, each in the school’s order. */
export const byReader = (kinds: readonly RemarkKind[]): { readonly visible: boolean; readonly kinds: readonly RemarkKind[] }[] =>
  [true, false]
    .map((visible) => ({ visible, kinds: kinds.filter((kind) => kind.visible === visible) }))
    .filter((group) => group.kinds.length > 0);
