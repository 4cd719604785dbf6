import * as z from 'zod';
import { GroupId, Instant, LessonId, LocalDate, MinuteOfDay, PersonId, TimeZone, Uai } from '../kernel/index.ts';

/** That the teachers of one lesson were asked for its roll call: by itself once, by school life as often as it takes. */
export const Reminder = z.object({
  uai: Uai,
  date: LocalDate,
  lessonId: LessonId,
  startMinute: MinuteOfDay,
  subject: z.string(),
  groupIds: z.array(GroupId),
  groupLabels: z.array(z.string()),
  teacherIds: z.array(PersonId),
  /** How often they were asked. */
  revision: z.int().min(1),
  /** The last ones; without `by` it went by itself. Civil. */
  sent: z.array(z.object({ at: Instant, by: PersonId.optional() })).min(1),
  /** The asking that went by mail: one that is in doubt is not sent again. */
  mailedRevision: z.int().optional(),
  /** Whose mail was accepted. */
  mailedTo: z.array(PersonId).optional(),
});
export type Reminder = z.infer<typeof Reminder>;

/** A school whose roll calls are looked after, until when there is nothing to look at, how far its days are counted, and how far they are erased. */
export const ChasedSchool = z.object({
  uai: Uai,
  timeZone: TimeZone,
  lookedOn: LocalDate.optional(),
  /** Minute of `lookedOn` from which a roll call may be late; `NEVER_TODAY`. */
  lookMinute: MinuteOfDay.optional(),
  /** Last day whose figures were counted, and the school year and settings they were counted by: others count anew. */
  countedUntil: LocalDate.optional(),
  countedBy: z.string().optional(),
  /** Last day that the summer purge erased; of a new school, the last before its first school year. */
  erasedUntil: LocalDate.optional(),
});
export type ChasedSchool = z.infer<typeof ChasedSchool>;

/** Between two askings by hand for one lesson. */
export const RELAUNCH_MINUTES = 5;
/** Of who asked when: more than a lesson has room for. */
export const SENT_KEPT = 20;

/** No lesson starts before, and none goes on after: a school is not even looked at. */
const FROM = 7 * 60;
const UNTIL = 19 * 60;
/** A lesson opened or moved since is found this late at most. */
const LOOK_EVERY = 60;
export const NEVER_TODAY = 1440;

/** Whether a roll call may have become late since the school was last looked at. A clock that was set back does not stop it. */
export const isLookDue = (
  { lookedOn, lookMinute = 0 }: Pick<ChasedSchool, 'lookedOn' | 'lookMinute'>,
  date: LocalDate,
  minute: number,
): boolean => {
  if (minute < FROM || minute >= UNTIL) return false;
  if (lookedOn !== date) return true;
  return lookMinute !== NEVER_TODAY && (lookMinute <= minute || lookMinute > minute + LOOK_EVERY);
};

interface Timed {
  readonly startMinute: number;
  readonly endMinute: number;
  readonly notHeld?: unknown;
}

/** Held lessons that have gone on for `after` minutes and still do: one that is over is for school life. */
export const lateLessons = <L extends Timed>(lessons: readonly L[], minute: number, after: number): L[] =>
  lessons.filter(({ startMinute, endMinute, notHeld }) => !notHeld && startMinute + after <= minute && minute < endMinute);

/** When the next roll call can be late, looked at `minute`. */
export const nextLook = (lessons: readonly Timed[], minute: number, after: number): number =>
  Math.min(
    minute + LOOK_EVERY,
    ...lessons.filter(({ notHeld }) => !notHeld).flatMap(({ startMinute }) => (startMinute + after > minute ? [startMinute + after] : [])),
  );
