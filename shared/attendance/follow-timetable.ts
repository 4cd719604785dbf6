import type { LessonId } from '../kernel/index.ts';
import { type Arrangement, arrangedIn, asArranged } from './arrangement.ts';
import type { Mark } from './episode.ts';
import type { Telling } from './follow-episodes.ts';
import { note, type Observation, type PupilDay } from './pupil-day.ts';
import type { RollCall } from './table.ts';

/** A lesson as the timetable now has it, with the roll call that was validated of it. */
export interface HeldOrNot {
  readonly lessonId: LessonId;
  readonly held: boolean;
  readonly rollCall: RollCall;
}

/** The roll call says again what it said last; of a pupil whose day began meanwhile, that they were there. */
const countedAgain = ({ observations, pupilId }: PupilDay, { lessonId, rollCall }: HeldOrNot): Observation | undefined => {
  const versions = observations.filter((one) => one.lessonId === lessonId);
  if (versions.length > 0)
    return versions.at(-1)?.state === 'not-held' ? versions.findLast(({ state }) => state !== 'not-held') : undefined;
  // Only of someone who is missing elsewhere does it matter where they were seen: the others have no such entry either.
  if (!rollCall.pupilIds.includes(pupilId) || !observations.some(({ state }) => state === 'absent')) return undefined;
  const { startMinute, endMinute, subject, marks, savedBy: by, savedAt: at } = rollCall;
  const { pupilId: _, ...said } = marks.find((mark) => mark.pupilId === pupilId) ?? { pupilId, state: 'present' as const };
  return { lessonId, startMinute, endMinute, subject, ...said, by, at };
};

/**
 * Whoever was called absent counts as what they were expected to be, and as absent again where they no longer were: since now, so that
 * school life is asked before a family hears of it long after.
 */
const countedAs = (day: PupilDay, said: Observation, arrangements: readonly Arrangement[], telling: Telling, raw: Mark): Observation => {
  const pupil = { pupilId: day.pupilId, groups: day.pupil?.groups ?? [] };
  const arrangement = arrangedIn(said, pupil, arrangements, day);
  const { state, place } = asArranged(raw, arrangement);
  if (state === said.state && place === said.place) return said;
  const { minutes: _, place: __, ...rest } = said;
  return { ...rest, state, ...(place && { place }), by: arrangement?.by ?? said.by, at: telling.now };
};

/** Whose roll call it was stays; what they saw does not count while the lesson was none. */
const countsNoMore = ({ observations }: PupilDay, { lessonId }: HeldOrNot, telling: Telling): Observation | undefined => {
  const last = observations.findLast((one) => one.lessonId === lessonId);
  if (!last || last.state === 'not-held' || last.state === 'withdrawn') return undefined;
  const { startMinute, endMinute, subject, by } = last;
  return { lessonId, startMinute, endMinute, subject, state: 'not-held', by, at: telling.now };
};

/** What a held lesson says of the pupil, if that is something else than the day has. */
const counts = (day: PupilDay, lesson: HeldOrNot, arrangements: readonly Arrangement[], telling: Telling): Observation | undefined => {
  const { lessonId, rollCall } = lesson;
  const again = countedAgain(day, lesson);
  const said = again ?? day.observations.findLast((one) => one.lessonId === lessonId);
  const raw = rollCall.marks.find((mark) => mark.pupilId === day.pupilId);
  if (!said || raw?.state !== 'absent' || said.state === 'withdrawn' || said.state === 'not-held') return again;
  return countedAs(day, said, arrangements, telling, raw);
};

/**
 * The day after lessons turned out not to be held, or to be held after all, and after pupils turned out to be expected elsewhere. Each
 * changes by a version more, so that what was seen is there when it counts again. Pure; the same day comes back when it says so already.
 */
export const followTimetable = (
  day: PupilDay,
  lessons: readonly HeldOrNot[],
  telling: Telling,
  arrangements: readonly Arrangement[] = [],
): PupilDay =>
  note(
    day,
    {
      observations: lessons.flatMap(
        (lesson) => (lesson.held ? counts(day, lesson, arrangements, telling) : countsNoMore(day, lesson, telling)) ?? [],
      ),
    },
    telling,
  );
