import type { Absence } from './episode.ts';
import type { MissedRun } from './missed-runs.ts';
import type { Observation } from './pupil-day.ts';

const share = (absence: Absence, run: MissedRun): boolean =>
  absence.lessons.some(({ lessonId }) => run.lessons.some((lesson) => lesson.lessonId === lessonId));

/**
 * The absences of a day after its entries changed: one for each run of missed lessons, kept by the lessons it shares
 * with what it was. One whose lessons were all put right stays, cancelled, and is taken up again when one is missed after all.
 */
export const followAbsences = (before: readonly Absence[], runs: readonly MissedRun[], id: (n: number) => string): Absence[] => {
  const after = [...before];
  const kept = new Set<number>();
  for (const run of runs) {
    const sharing = (cancelled: boolean): number =>
      before.findIndex((absence, index) => !kept.has(index) && (absence.state === 'cancelled') === cancelled && share(absence, run));
    const live = sharing(false);
    const found = live < 0 ? sharing(true) : live;
    const at = found < 0 ? after.length : found;
    kept.add(at);
    const first = run.lessons[0] as Observation;
    const last = run.lessons.at(-1) as Observation;
    after[at] = {
      absenceId: before[at]?.absenceId ?? id(at + 1),
      state: run.seenMinute === undefined ? 'open' : 'closed',
      lessons: run.lessons.map(({ lessonId, startMinute, endMinute, subject }) => ({ lessonId, startMinute, endMinute, subject })),
      fromMinute: first.startMinute,
      untilMinute: Math.min(run.seenMinute ?? 1440, last.endMinute),
    };
  }
  return after.map((absence, index) => (kept.has(index) || absence.state === 'cancelled' ? absence : { ...absence, state: 'cancelled' }));
};
