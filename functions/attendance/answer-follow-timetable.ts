import type * as questions from '../../shared/attendance/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import { followDay } from './follow-day.ts';
import type { AnswersPorts } from './manifest.ts';

/** What `on-day-changed` does when it hears of a change, for a change that it never heard of. */
export async function answerFollowTimetable(
  { uai, date }: AskedOf<typeof questions.followTimetable>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof questions.followTimetable>> {
  const followed = await followDay({ uai, date }, ports);
  if (followed > 0) ports.log.warn('timetable.followed-late', { school: uai, days: followed });
  return { followed };
}
