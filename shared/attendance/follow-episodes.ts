import { at, type Instant, instant, type LessonId, type LocalDate } from '../kernel/index.ts';
import type { Answer } from './answer.ts';
import { isTakenBack } from './episode.ts';
import { type Cover, coverOf, type MissedRun, type Presence, standing, stayAt } from './missed-runs.ts';
import type { EpisodeOfDay, Observation, PupilDay } from './pupil-day.ts';
import { treatmentOfLessons } from './treatment.ts';

/** What a school’s clock and settings say of when a family is told. */
export interface Telling {
  /** Civil. */
  readonly now: Instant;
  readonly timeZone: string;
  readonly graceMinutes: number;
  readonly notBeforeMinutes: number;
  /** School life looks at each message first. */
  readonly checked: boolean;
  /** Saved later than this after its lesson, an absence is school life’s to tell. */
  readonly decideAfterMinutes: number;
  /** First day of the running school year: nothing is entered of a day before it. */
  readonly openFrom: LocalDate;
}

/** What there should be an episode of. */
interface Target {
  readonly lessons: readonly Observation[];
  readonly state: EpisodeOfDay['state'];
  readonly seenMinute?: number;
  readonly seenBefore: boolean;
  readonly cover?: Cover;
  /** Never worth an episode of its own: an absence that became a lateness. */
  readonly onlyIfKnown?: true;
}

const LIVE: readonly EpisodeOfDay['state'][] = ['open', 'silent', 'ended'];

/**
 * School life found this absence admissible, or has the pupil itself, by its own knowledge: no news to anybody, however long it
 * lasts. What one guardian said is still told to the other.
 */
const isExcused = (run: MissedRun, from: number, { treatments, answers, episodes }: PupilDay): boolean => {
  const first = run.lessons[from]?.lessonId ?? '';
  const treatment = treatmentOfLessons(treatments, [run]).get(first);
  if (!treatment || (!treatment.justified && treatment.outsideSchool)) return false;
  const own = episodes.filter(({ lessonIds }) => lessonIds.includes(first)).map(({ episodeId }) => episodeId);
  return !answers.some(({ episodeId, reason }) => own.includes(episodeId) && reason !== 'unknown');
};

/** A run is one target; an announcement that ends before it does makes two: what comes after it is news. */
const targetsOf = (run: MissedRun, day: PupilDay): Target[] => {
  const covers = run.lessons.map((lesson) => coverOf(lesson, day));
  const news = covers[0] ? covers.findIndex((cover) => !cover) : -1;
  const { seenMinute } = run;
  const seenBefore = run.lastSeenMinute !== undefined;
  const part = (from: number, until: number | undefined, last: boolean): Target => {
    const cover = covers[from];
    const known = cover ? cover.announcedBy === undefined : isExcused(run, from, day);
    return {
      lessons: run.lessons.slice(from, until),
      state: !last ? 'ended' : seenMinute !== undefined ? 'arrived' : known ? 'silent' : 'open',
      ...(last && seenMinute !== undefined && { seenMinute }),
      seenBefore,
      ...(cover && { cover }),
    };
  };
  return news < 0 ? [part(0, undefined, true)] : [part(0, news, false), part(news, undefined, true)];
};

const earliest = (day: PupilDay, lesson: Observation, telling: Telling): number =>
  at(day.date, lesson.startMinute + telling.notBeforeMinutes, telling.timeZone).getTime();

const dueFrom = (day: PupilDay, lesson: Observation, telling: Telling): Instant =>
  instant(new Date(Math.max(Date.parse(telling.now) + telling.graceMinutes * 60_000, earliest(day, lesson, telling))));

const savedLate = (day: PupilDay, { endMinute, at: savedAt }: Observation, { timeZone, decideAfterMinutes }: Telling): boolean =>
  Date.parse(savedAt) > at(day.date, endMinute + decideAfterMinutes, timeZone).getTime();

/** A guardian who said what happened before being told isn’t told. */
const alreadyAnswered = (answers: readonly Answer[], episodeId: string, dueAt: Instant) =>
  answers.find((answer) => answer.episodeId === episodeId && answer.reason !== 'unknown' && answer.at < dueAt)?.guardianId;

const shape = (
  day: PupilDay,
  target: Target,
  before: EpisodeOfDay | undefined,
  episodeId: string,
  lessons: readonly Observation[],
  telling: Telling,
): EpisodeOfDay => {
  const first = lessons[0] as Observation;
  const last = lessons.at(-1) as Observation;
  // What was to be told to nobody and now is gets its time of grace anew.
  const inTime = !lessons.every((lesson) => savedLate(day, lesson, telling));
  // Of what waited for a decision a further lesson was recorded in time: that one is told, as ever.
  const overtaken = before?.asks === 'late' && inTime;
  const fresh = before === undefined || (before.state === 'silent' && target.state === 'open') || overtaken;
  const asks = !fresh ? before.asks : !inTime ? 'late' : telling.checked ? 'check' : undefined;
  const savedAt = fresh ? telling.now : before.savedAt;
  let dueAt = fresh ? dueFrom(day, first, telling) : before.dueAt;
  // From when it was saved, not from what was due before: a first lesson that comes and goes leaves no trace.
  if (!fresh && telling.now < dueAt)
    dueAt = instant(new Date(Math.max(Date.parse(savedAt) + telling.graceMinutes * 60_000, earliest(day, first, telling))));
  const announcedBy = target.cover?.announcedBy ?? alreadyAnswered(day.answers, episodeId, dueAt);
  return {
    episodeId,
    state: target.state,
    startMinute: first.startMinute,
    endMinute: last.endMinute,
    subject: first.subject,
    savedAt,
    dueAt,
    seenBefore: target.seenBefore,
    ...(asks && { asks }),
    ...(target.seenMinute !== undefined && { seenMinute: target.seenMinute }),
    ...(announcedBy !== undefined && { announcedBy }),
    lessonIds: lessons.map(({ lessonId }) => lessonId),
    revision: before?.revision ?? 0,
  };
};

const same = (a: EpisodeOfDay, b: EpisodeOfDay): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => {
    const key = name as keyof EpisodeOfDay;
    return key === 'revision' || String(a[key]) === String(b[key]);
  });

/**
 * The episodes of a day after its entries changed. One lives from the first missed lesson until the pupil is seen.
 * What a family was told is never taken back in silence: an episode that `arrived`, was `cancelled` or `not-held` is not opened
 * again, a pupil who is missing after all is a new one. `day` holds the entries as they are and the episodes as they were.
 */
export const followEpisodes = (
  day: PupilDay,
  { runs, latenesses }: Presence,
  telling: Telling,
  id: (n: number) => string,
): EpisodeOfDay[] => {
  const before = day.episodes;
  const after = [...before];
  const kept = new Set<number>();
  const targets: Target[] = [
    ...runs.flatMap((run) => targetsOf(run, day)),
    ...latenesses.map(
      ({ lesson, seenMinute }): Target => ({ lessons: [lesson], state: 'arrived', seenMinute, seenBefore: false, onlyIfKnown: true }),
    ),
  ].sort((a, b) => (a.lessons[0] as Observation).startMinute - (b.lessons[0] as Observation).startMinute);
  const wanted = new Set(targets.flatMap(({ lessons }) => lessons.map(({ lessonId }) => lessonId)));
  const sharing = (target: Target, states: readonly EpisodeOfDay['state'][]): number =>
    before.findLastIndex(
      ({ state, lessonIds }, index) =>
        !kept.has(index) && states.includes(state) && target.lessons.some(({ lessonId }) => lessonIds.includes(lessonId)),
    );

  for (const target of targets) {
    let found = sharing(target, LIVE);
    if (found < 0 && target.state === 'arrived') found = sharing(target, ['arrived']);
    if (found < 0 && target.onlyIfKnown) continue;
    const index = found < 0 ? after.length : found;
    // Lessons of an absence that ended stay with it, so that a correction in between finds both again.
    const settled = new Set<LessonId>(
      before.flatMap(({ state, lessonIds }, other) => (state === 'arrived' && other !== index ? lessonIds : [])),
    );
    const own = target.lessons.filter(({ lessonId }) => !settled.has(lessonId));
    after[index] = shape(
      day,
      target,
      before[found],
      before[found]?.episodeId ?? id(index + 1),
      own.length > 0 ? own : target.lessons,
      telling,
    );
    kept.add(index);
  }

  const states = new Map(standing(day.observations).map((lesson) => [lesson.lessonId, lesson]));
  const wronglyMarked = (lessonId: LessonId): boolean => {
    const lesson = states.get(lessonId);
    return lesson === undefined || lesson.state === 'present';
  };
  const notMissed = (lessonId: LessonId): boolean => {
    const lesson = states.get(lessonId);
    return lesson !== undefined && (['elsewhere', 'exempt'].includes(lesson.state) || stayAt(lesson.startMinute, day) !== undefined);
  };
  const last = new Map(day.observations.map(({ lessonId, state }) => [lessonId, state]));
  const notHeld = (lessonId: LessonId): boolean => last.get(lessonId) === 'not-held';
  return after.map((episode, index) => {
    const next = kept.has(index) ? episode : leaveBehind(episode, wanted, { wronglyMarked, notMissed, notHeld });
    const old = before[index];
    return old && same(old, next) ? old : { ...next, revision: day.revision };
  });
};

/** What becomes of an episode that no missed lesson calls for any more. */
const leaveBehind = (
  episode: EpisodeOfDay,
  wanted: ReadonlySet<LessonId>,
  { wronglyMarked, notMissed, notHeld }: Readonly<Record<'wronglyMarked' | 'notMissed' | 'notHeld', (lessonId: LessonId) => boolean>>,
): EpisodeOfDay => {
  if (isTakenBack(episode)) return episode;
  const shared = episode.lessonIds.some((lessonId) => wanted.has(lessonId));
  if (!shared && episode.lessonIds.every(notHeld)) return { ...episode, state: 'not-held' };
  if (!shared && episode.lessonIds.some(wronglyMarked)) return { ...episode, state: 'cancelled' };
  if (!shared && episode.lessonIds.some(notMissed)) return { ...episode, state: 'not-absent' };
  // Taken over by another episode, excused since, or to be checked: there is nothing to tell.
  return episode.state === 'arrived' ? episode : { ...episode, state: 'silent' };
};
