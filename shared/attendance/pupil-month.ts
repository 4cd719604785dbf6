import * as z from 'zod';
import { Instant, LessonId, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';
import { type Counting, type Counts, countsOf, type DayFacts } from './half-days.ts';
import { ReasonId } from './reason.ts';

export const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
export type Month = z.infer<typeof Month>;

/**
 * `commission`: the dossier for the commission éducative and the académie is prepared (L131-8, R131-7), sent by nobody but a human;
 * `referent`: the pupil gets one; `absences` and `latenesses`: the school’s own alerts.
 */
export const AlertKind = z.enum(['commission', 'referent', 'absences', 'latenesses']);
export type AlertKind = z.infer<typeof AlertKind>;

export const Alert = z.object({
  kind: AlertKind,
  /** `fallen`: absences were justified since; `handled`: a human dealt with it, and the count begins anew. */
  state: z.enum(['raised', 'fallen', 'handled']),
  /** What is counted now, and from how many on it is raised. */
  count: z.int().min(0),
  threshold: z.int().min(0),
  raisedAt: Instant,
  changedAt: Instant,
  /** Last day that does not count any more. */
  handledUntil: LocalDate.optional(),
  handledBy: PersonId.optional(),
});
export type Alert = z.infer<typeof Alert>;

const Missed = z.object({
  lessonId: LessonId,
  startMinute: MinuteOfDay,
  endMinute: MinuteOfDay,
  justified: z.boolean(),
  open: z.boolean(),
  onReport: z.boolean(),
  /** Months counted before reasons were kept have none. */
  reasonId: ReasonId.optional(),
});

/**
 * What of a pupil’s month counts: derived day by day from the days, never edited. Facts, not figures: a school that changes how
 * it counts is counted anew at the next reading.
 */
export const PupilMonth = z.object({
  uai: Uai,
  month: Month,
  pupilId: PersonId,
  classLabel: z.string().max(40).optional(),
  /** By date; only those with anything to count. */
  days: z.array(
    z.object({
      date: LocalDate,
      missed: z.array(Missed),
      late: z.array(Missed.extend({ minutes: z.int() })),
      absences: z.array(z.object({ startMinute: MinuteOfDay, justified: z.boolean() })),
    }),
  ),
  /** One of a kind: it can be raised again, never twice. */
  alerts: z.array(Alert),
  revision: z.int().min(1),
});
export type PupilMonth = z.infer<typeof PupilMonth>;

export const monthOf = (date: LocalDate): Month => date.slice(0, 7);

/** From how many on each alert is raised; 0 = never. */
export type Thresholds = Readonly<Record<AlertKind, number>>;

const COUNTED: Readonly<Record<AlertKind, (counts: Counts) => number>> = {
  commission: ({ halfDaysWithoutReason }) => halfDaysWithoutReason,
  referent: ({ halfDaysWithoutReason }) => halfDaysWithoutReason,
  absences: ({ absencesWithoutReason }) => absencesWithoutReason,
  latenesses: ({ latenessesWithoutReason }) => latenessesWithoutReason,
};

/** How many count towards an alert: of the month, after the last day that was handled. */
export const countTowards = (kind: AlertKind, { days, alerts }: Pick<PupilMonth, 'days' | 'alerts'>, counting: Counting): number => {
  const until = alerts.find((alert) => alert.kind === kind)?.handledUntil;
  return COUNTED[kind](
    countsOf(
      days.filter(({ date }) => until === undefined || date > until),
      counting,
    ),
  );
};

/** The alerts that follow from a month’s days: raised where a threshold is reached, fallen where it is not any more. */
export const followAlerts = (
  month: Pick<PupilMonth, 'days' | 'alerts'>,
  counting: Counting,
  thresholds: Thresholds,
  now: Instant,
): Alert[] =>
  AlertKind.options.flatMap((kind): Alert[] => {
    const before = month.alerts.find((alert) => alert.kind === kind);
    const threshold = thresholds[kind];
    const count = countTowards(kind, month, counting);
    const reached = threshold > 0 && count >= threshold;
    if (!before) return reached ? [{ kind, state: 'raised', count, threshold, raisedAt: now, changedAt: now }] : [];
    const state = reached ? 'raised' : before.state === 'raised' ? 'fallen' : before.state;
    if (state === before.state && count === before.count && threshold === before.threshold) return [before];
    return [{ ...before, state, count, threshold, changedAt: state === before.state ? before.changedAt : now }];
  });

const isEmpty = ({ missed, late }: DayFacts): boolean => missed.length + late.length === 0;

/** The month once a day is as it now is; the same month comes back when that changes nothing. */
export const followMonth = (
  before: PupilMonth | undefined,
  { uai, pupilId, classLabel }: Pick<PupilMonth, 'uai' | 'pupilId' | 'classLabel'>,
  facts: DayFacts,
  { counting, thresholds, now }: { readonly counting: Counting; readonly thresholds: Thresholds; readonly now: Instant },
): PupilMonth | undefined => {
  if (!before && isEmpty(facts)) return undefined;
  const others = before?.days.filter(({ date }) => date !== facts.date) ?? [];
  const { date, missed, late, absences } = facts;
  const own = isEmpty(facts) ? [] : [{ date, missed: [...missed], late: [...late], absences: [...absences] }];
  const days = [...others, ...own].sort((a, b) => (a.date < b.date ? -1 : 1));
  const alerts = followAlerts({ days, alerts: before?.alerts ?? [] }, counting, thresholds, now);
  const label = classLabel ?? before?.classLabel;
  const after: PupilMonth = {
    uai,
    month: monthOf(date),
    pupilId,
    ...(label !== undefined && { classLabel: label }),
    days,
    alerts,
    revision: (before?.revision ?? 0) + 1,
  };
  const says = (month: PupilMonth) => JSON.stringify([month.days, month.alerts]);
  return before && says(before) === says(after) ? before : after;
};

/** Dealt with by a human: what is counted so far counts no more. */
export const handleAlert = (month: PupilMonth, kind: AlertKind, by: string, today: LocalDate, now: Instant): PupilMonth => ({
  ...month,
  alerts: month.alerts.map((alert) =>
    alert.kind === kind && alert.state !== 'handled'
      ? { ...alert, state: 'handled', count: 0, changedAt: now, handledUntil: today, handledBy: by }
      : alert,
  ),
  revision: month.revision + 1,
});
