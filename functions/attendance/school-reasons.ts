import type { AnswerReason } from '../../shared/attendance/answer.ts';
import { defaultReasons } from '../../shared/attendance/default-reasons.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import type { Reason, ReasonId } from '../../shared/attendance/reason.ts';
import type { Treatment } from '../../shared/attendance/treatment.ts';
import type { ShownTreatment } from '../../shared/attendance/treatment-routes.ts';
import type { School } from '../../shared/directory/school.ts';
import type { ApiPorts } from './manifest.ts';

/** A school's reasons: its own list, or the one schools of its kind begin with. */
export interface Reasons {
  readonly rev: number;
  readonly reasons: readonly Reason[];
  readonly retired: readonly Reason[];
}

export const schoolReasons = async (
  { uai, settings }: Pick<School, 'uai' | 'settings'>,
  { attendance }: Pick<ApiPorts, 'attendance'>,
): Promise<Reasons> => {
  const own = await attendance.get('reasons', { uai });
  return own
    ? { rev: own.rev, reasons: own.reasons, retired: own.retired }
    : { rev: 0, reasons: defaultReasons(settings.kind), retired: [] };
};

export const reasonOf = ({ reasons, retired }: Reasons, reasonId: ReasonId): Reason | undefined =>
  [...reasons, ...retired].find((reason) => reason.reasonId === reasonId);

/** A treatment with the words of its reason. */
export const shown = ({ lessonIds: _, ...treatment }: Treatment, reasons: Reasons): ShownTreatment => {
  const label = treatment.reasonId && reasonOf(reasons, treatment.reasonId)?.label;
  return { ...treatment, ...(label !== undefined && { label }) };
};

/** What the family said of these lessons, as one of the school's own reasons: the last word of a mail's link or of home, else an announcement. */
export const proposedFor = (
  day: PupilDay,
  lessonIds: readonly string[],
  announced: AnswerReason | undefined,
  { reasons }: Reasons,
): ReasonId | undefined => {
  const own = day.episodes.filter((episode) => episode.lessonIds.some((id) => lessonIds.includes(id))).map(({ episodeId }) => episodeId);
  const said = day.answers.findLast(({ episodeId, reason }) => own.includes(episodeId) && reason !== 'unknown')?.reason ?? announced;
  return said && reasons.find((reason) => reason.proposedFor === said)?.reasonId;
};
