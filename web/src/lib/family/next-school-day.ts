import { call } from '#lib/api/index.ts';
import type { LocalDate } from '#shared/kernel/time.ts';
import { readPupilDay } from '#shared/timetable/routes.ts';
import { daysLater } from './announcement.ts';

/** From a Friday evening to a Monday, with a public holiday: beyond, a family looks at its calendar. */
const DAYS_AHEAD = 4;

interface Asked {
  readonly door: 'guardian' | 'pupil';
  readonly uai: string;
  readonly pupilId: string;
  readonly after: LocalDate;
}

export interface ComingLesson {
  readonly lessonId: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly subject: string;
  readonly rooms: readonly string[];
}
export interface SchoolDay {
  readonly date: LocalDate;
  readonly lessons: readonly ComingLesson[];
}

/** The next day that has lessons, close enough to matter tonight; it is asked for only once today’s lessons are over. */
export async function nextSchoolDay({ door, uai, pupilId, after }: Asked, signal: AbortSignal, ask = call): Promise<SchoolDay | undefined> {
  for (let ahead = 1; ahead <= DAYS_AHEAD; ahead++) {
    const date = daysLater(after, ahead);
    const { lessons } = await ask(readPupilDay, door, { params: { uai, pupilId, date }, signal });
    const held = lessons.filter(({ notHeld }) => !notHeld);
    if (held.length > 0)
      return {
        date,
        lessons: held.map(({ lessonId, startMinute, endMinute, subject, rooms }) => ({
          lessonId,
          startMinute,
          endMinute,
          subject: subject.label,
          rooms,
        })),
      };
  }
  return undefined;
}
