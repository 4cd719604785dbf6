import type { LessonId, PersonId } from '../kernel/index.ts';
import type { Movement, Observation, PupilDay } from './pupil-day.ts';

type Facts = Pick<PupilDay, 'observations' | 'movements'>;

const SEEN: readonly Observation['state'][] = ['present', 'late', 'elsewhere'];

/** Why an absence is no news: announced by a guardian, or known to school life. */
export interface Cover {
  readonly movement: Movement;
  readonly announcedBy?: PersonId;
}

export interface MissedRun {
  readonly lessons: readonly Observation[];
  /** Minute at which the pupil was seen again. */
  readonly seenMinute?: number;
  /** When the pupil was last seen before, the same day. */
  readonly lastSeenMinute?: number;
}

export interface Presence {
  /** Runs of missed lessons without any sight of the pupil in between, in order of time. */
  readonly runs: readonly MissedRun[];
  /** Late lessons: an absence put right may have become one. */
  readonly latenesses: readonly { readonly lesson: Observation; readonly seenMinute: number }[];
  /** Marked absent, seen elsewhere in the slot: nobody is told, a human looks. */
  readonly toCheck: readonly Observation[];
}

const overlap = (a: Observation, b: Observation): boolean => a.startMinute < b.endMinute && b.startMinute < a.endMinute;
const byStart = (a: Observation, b: Observation): number =>
  a.startMinute - b.startMinute || a.endMinute - b.endMinute || (a.lessonId < b.lessonId ? -1 : 1);

/** The observation that stands for each lesson, by start; lessons that were none, for the pupil or for everybody, are left out. */
export const standing = (observations: readonly Observation[]): Observation[] => {
  const last = new Map<LessonId, Observation>(observations.map((one) => [one.lessonId, one]));
  return [...last.values()].filter(({ state }) => state !== 'withdrawn' && state !== 'not-held').sort(byStart);
};

export const active = (movements: readonly Movement[]): Movement[] => movements.filter(({ undone }) => !undone);

export const isSeen = ({ state }: Observation): boolean => SEEN.includes(state);
const sightOf = ({ startMinute, state, minutes = 0 }: Observation): number => startMinute + (state === 'late' ? minutes : 0);

/** Minutes at which someone saw the pupil at school, ascending. */
const sights = ({ observations, movements }: Facts): number[] =>
  [
    ...standing(observations).filter(isSeen).map(sightOf),
    ...active(movements)
      .filter(({ kind }) => kind === 'arrived')
      .map(({ minute }) => minute),
  ].sort((a, b) => a - b);

/** Was there, was missed, was seen again: what the entries of a day amount to. */
export const presenceOf = (facts: Facts): Presence => {
  const lessons = standing(facts.observations);
  const seen = sights(facts);
  const exits = active(facts.movements)
    .filter(({ kind }) => kind === 'left')
    .map(({ minute }) => minute);
  const absent = lessons.filter(({ state }) => state === 'absent');
  const toCheck = absent.filter((one) => lessons.some((other) => isSeen(other) && overlap(one, other)));
  const runs: Observation[][] = [];
  for (const lesson of absent) {
    if (toCheck.includes(lesson)) continue;
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && !seen.some((minute) => last.startMinute < minute && minute <= lesson.startMinute)) run.push(lesson);
    else runs.push([lesson]);
  }
  const ended = runs.map((run): MissedRun => {
    const first = run[0] as Observation;
    const last = run.at(-1) as Observation;
    const seenMinute = seen.find((minute) => minute > last.startMinute);
    const before = [...seen, ...exits].filter((minute) => minute <= first.startMinute);
    return {
      lessons: run,
      ...(seenMinute !== undefined && { seenMinute }),
      ...(before.length > 0 && { lastSeenMinute: Math.max(...before) }),
    };
  });
  const latenesses = lessons.filter(({ state }) => state === 'late').map((lesson) => ({ lesson, seenMinute: sightOf(lesson) }));
  return { runs: ended, latenesses, toCheck };
};

/**
 * What makes an absence from this lesson known. An announcement or an exit says nothing any more of a pupil who was
 * seen after it began: they came after all, and are missing anew.
 */
export const coverOf = (lesson: Pick<Observation, 'startMinute' | 'endMinute'>, facts: Facts): Cover | undefined => {
  const seen = sights(facts);
  const covering = active(facts.movements).filter(
    ({ kind, minute, until = 1440 }) =>
      kind !== 'arrived' &&
      lesson.startMinute < until &&
      lesson.endMinute > minute &&
      !seen.some((sight) => minute <= sight && sight <= lesson.startMinute),
  );
  const movement = covering.find(({ announcedBy }) => announcedBy !== undefined) ?? covering[0];
  return movement && { movement, ...(movement.announcedBy !== undefined && { announcedBy: movement.announcedBy }) };
};
