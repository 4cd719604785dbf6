import type { dossier, listReasons, listUntreated } from '#shared/attendance/treatment-routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

export type Untreated = AnswerOf<typeof listUntreated>;
export type UntreatedAbsence = Untreated['absences'][number];
export type Dossier = AnswerOf<typeof dossier>;
export type DossierPerson = Dossier['households'][number]['people'][number];
export type TimelineEntry = Dossier['timeline'][number];
export type Reason = AnswerOf<typeof listReasons>['reasons'][number];

/** The two halves of the queue: nothing was said yet, or something is still awaited. */
export type Half = 'without-reason' | 'to-settle';
export const halfOf = ({ treatment }: Pick<UntreatedAbsence, 'treatment'>): Half =>
  treatment === undefined ? 'without-reason' : 'to-settle';

/** Reasons that have a key: the first nine of the school's list. */
export const KEYED = 9;
export const reasonOfKey = (reasons: readonly Reason[], key: string): Reason | undefined =>
  /^[1-9]$/.test(key) ? reasons[Number(key) - 1] : undefined;

/** What is treated by one gesture: the chosen ones, or else the one that is open. */
export const meant = (
  absences: readonly UntreatedAbsence[],
  chosen: ReadonlySet<string>,
  selected: string | undefined,
): UntreatedAbsence[] => absences.filter(({ absenceId }) => (chosen.size > 0 ? chosen.has(absenceId) : absenceId === selected));

/** Where to go once some have left the list: the next one below, else the last one left. */
export const after = (ids: readonly string[], gone: readonly string[], selected: string | undefined): string | undefined => {
  if (selected === undefined || !gone.includes(selected)) return selected;
  const at = ids.indexOf(selected);
  return ids.slice(at).find((id) => !gone.includes(id)) ?? ids.findLast((id) => !gone.includes(id));
};

export interface TimelineDay {
  readonly date: string;
  readonly entries: readonly TimelineEntry[];
}

/** The timeline by day, in its own order. */
export const byDay = (timeline: readonly TimelineEntry[]): TimelineDay[] => {
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of timeline) days.set(entry.date, [...(days.get(entry.date) ?? []), entry]);
  return [...days].map(([date, entries]) => ({ date, entries }));
};
