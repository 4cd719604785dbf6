import type { AskContext } from '../../infra/local/ask-context.ts';
import type { Random } from '../../infra/local/demo/random.ts';
import { rosters } from '../../shared/directory/questions.ts';
import type { LocalDate } from '../../shared/kernel/index.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import { day } from '../../shared/timetable/questions.ts';

/** Roll calls are saved within a quarter of an hour of eight o'clock. */
export const WINDOW_MS = 15 * 60_000;
const ABSENT_PERCENT = 5.5;

/** A roll call of the morning's first lessons, as it will be taken. */
export interface MorningCall {
  readonly lesson: Lesson;
  readonly absents: readonly string[];
  /** Milliseconds after the lessons began. */
  readonly after: number;
}

/** What the classes of one collège save on a morning: drawn, the same each time from the same start. */
export const morningCalls = async (ask: AskContext, uai: string, date: LocalDate, random: Random): Promise<MorningCall[]> => {
  const { lessons } = await ask(day, { uai, date });
  const held = lessons.filter(({ notHeld }) => !notHeld);
  const first = Math.min(...held.map(({ startMinute }) => startMinute));
  const called: { lesson: Lesson; pupils: string[] }[] = [];
  for (const lesson of held.filter(({ startMinute, teacherIds }) => startMinute === first && teacherIds[0])) {
    const groups = await ask(rosters, { uai, groupIds: lesson.groupIds, on: date });
    called.push({ lesson, pupils: [...new Set(groups.flatMap(({ pupils }) => pupils.map(({ pupilId }) => pupilId)))] });
  }
  // The same share in every collège: with each pupil's own chance, a small one would cost what luck makes of it.
  const expected = [...new Set(called.flatMap(({ pupils }) => pupils))];
  const missing = new Set(random.shuffled(expected).slice(0, Math.round((expected.length * ABSENT_PERCENT) / 100)));
  return called.map(({ lesson, pupils }) => ({
    lesson,
    absents: pupils.filter((pupilId) => missing.has(pupilId)),
    after: random.int(0, WINDOW_MS),
  }));
};
