import type { Remark } from '../../shared/attendance/remark.ts';
import type * as routes from '../../shared/attendance/remark-routes.ts';
import type { AnswerOf } from '../../shared/kernel/index.ts';

/** A remark as those who call the roll of its lesson read it. */
export const lessonRemark = ({ remarkId, pupilId, kindId, label, visible, text, at }: Remark): AnswerOf<typeof routes.makeRemark> => ({
  remarkId,
  pupilId,
  kindId,
  label,
  visible,
  ...(text !== undefined && { text }),
  at,
});
