import type { LessonId, PersonId } from '../kernel/index.ts';
import type { Movement, Observation, PupilDay } from './pupil-day.ts';
import { endOf, type Stay } from './stay.ts';

type Facts = Pick<PupilDay, 'observations' | 'movements' | 'stays'>;

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

/** Elsewhere, and not at school. */
export const isAway = ({ state, place }: { readonly state: string; readonly place?: Observation['place'] }): boolean =>
  state === 'elsewhere' && (place === 'outing' || place === 'placement');

/** Seen by somebody of the school: who is known to be on an outing was not, by whoever calls the roll of an empty room. */
export const isSeen = (one: Pick<Observation, 'state' | 'place'>): boolean => SEEN.includes(one.state) && !isAway(one);
const sightOf = ({ startMinute, state, minutes = 0 }: Observation): number => startMinute + (state === 'late' ? minutes : 0);

/** A stay that stands, and until when; without an end they are there still. */
export interface StayTime {
  readonly stay: Stay;
  readonly untilMinute?: number;
}

/** It lasts until it is ended, and no longer than the pupil is next seen in class, arriving, or leaving. */
export const staysOf = ({ observations, movements, stays = [] }: Facts): StayTime[] => {
  const moved = active(movements)
    .filter(({ kind }) => kind !== 'announced')
    .map(({ minute }) => minute);
  const inClass = standing(observations)
    .filter(({ state }) => state === 'present' || state === 'late')
    .map(sightOf);
  return stays
    .filter(({ undone }) => !undone)
    .map((stay) => {
      const ends = [
        endOf(stay)?.minute ?? Number.POSITIVE_INFINITY,
        ...[...moved, ...inClass].filter((minute) => minute > stay.fromMinute),
      ];
      const untilMinute = Math.min(...ends);
      return { stay, ...(untilMinute < Number.POSITIVE_INFINITY && { untilMinute }) };
    });
};

/** The stay a pupil is in at a minute. */
export const stayAt = (minute: number, facts: Facts): Stay | undefined =>
  staysOf(facts).findLast(({ stay, untilMinute = 1440 }) => stay.fromMinute <= minute && minute < untilMinute)?.stay;

/** Minutes at which someone saw the pupil at school, ascending. */
const sights = ({ observations, movements, stays = [] }: Facts): number[] =>
  [
    ...standing(observations).filter(isSeen).map(sightOf),
    ...active(movements)
      .filter(({ kind }) => kind === 'arrived')
      .map(({ minute }) => minute),
    ...stays
      .filter(({ undone }) => !undone)
      .flatMap((stay) => [stay.fromMinute, ...(endOf(stay)?.to === 'class' ? [endOf(stay)?.minute ?? stay.fromMinute] : [])]),
  ].sort((a, b) => a - b);

/** Both minutes included. */
export const seenBetween = (facts: Facts, from: number, until: number): boolean =>
  sights(facts).some((minute) => from <= minute && minute <= until);

/** Was there, was missed, was seen again: what the entries of a day amount to. */
export const presenceOf = (facts: Facts): Presence => {
  const lessons = standing(facts.observations);
  const seen = sights(facts);
  const exits = active(facts.movements)
    .filter(({ kind }) => kind === 'left')
    .map(({ minute }) => minute);
  // Whoever was kept at school when a lesson began was not missed in it, whatever its teacher saw.
  const absent = lessons.filter(({ state, startMinute }) => state === 'absent' && !stayAt(startMinute, facts));
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
