import { type Reminder, SENT_KEPT } from '../../shared/attendance/reminder.ts';
import type { attendance as table } from '../../shared/attendance/table.ts';
import type { Write } from '../../shared/kernel/index.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';

/** The teachers of a lesson are asked once more: only on top of the asking that was read. */
export const reminding = (
  { uai, date, lessonId, startMinute, subject, groupIds, groupLabels, teacherIds }: Lesson,
  before: Reminder | undefined,
  sent: Reminder['sent'][number],
): Write<typeof table, 'put'> => ({
  put: 'reminder',
  item: {
    ...{ uai, date, lessonId, startMinute, subject: subject.label, groupIds, groupLabels, teacherIds },
    revision: (before?.revision ?? 0) + 1,
    sent: [...(before?.sent ?? []), sent].slice(-SENT_KEPT),
    mailedRevision: before?.mailedRevision,
    mailedTo: before?.mailedTo,
  },
  when: before ? { is: { revision: before.revision } } : { absent: true },
});
