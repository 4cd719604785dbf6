import type { LessonId } from '../kernel/index.ts';
import { factsOf } from './half-days.ts';
import { presenceOf } from './missed-runs.ts';
import type { PupilDay } from './pupil-day.ts';
import { type Treatment, treatmentOfLessons } from './treatment.ts';

/** `untreated`: nothing said of some lesson; `awaiting`: something is still to come; `settled`: nothing is left to be done. */
export const TREATED_STATES = ['untreated', 'awaiting', 'settled'] as const;

export interface Treated {
  readonly state: (typeof TREATED_STATES)[number];
  /** The last that stands for any of the lessons. */
  readonly treatment?: Treatment;
}

/** Where the treatment of some lessons of a day stands: those of an absence, or a late one. */
export const treatedOf = (day: Pick<PupilDay, 'observations' | 'movements' | 'treatments'>, lessonIds: readonly LessonId[]): Treated => {
  const treatments = treatmentOfLessons(day.treatments, presenceOf(day).runs);
  const found = lessonIds.map((lessonId) => treatments.get(lessonId));
  const order = day.treatments.map(({ treatmentId }) => treatmentId);
  const treatment = found
    .filter((one) => one !== undefined)
    .sort((a, b) => order.indexOf(a.treatmentId) - order.indexOf(b.treatmentId))
    .at(-1);
  const state = found.some((one) => one === undefined) ? 'untreated' : found.every((one) => one?.settled) ? 'settled' : 'awaiting';
  return { state, ...(treatment && { treatment }) };
};

/** Absences of the day that school life has to do with: those with a lesson that was missed, not merely come into late. */
export const missedAbsences = (day: PupilDay): PupilDay['absences'] => {
  const missed = new Set(factsOf({ ...day, treatments: [] }).missed.map(({ lessonId }) => lessonId));
  return day.absences.filter(({ state, lessons }) => state !== 'cancelled' && lessons.some(({ lessonId }) => missed.has(lessonId)));
};
