import * as z from 'zod';
import { RemarkId } from '../attendance/remark.ts';
import {
  addDays,
  at,
  type Ids,
  Instant,
  instant,
  LessonId,
  LocalDate,
  local,
  MinuteOfDay,
  PersonId,
  Uai,
  weekday,
} from '../kernel/index.ts';
import { DeliveryState } from './delivery.ts';
import { NewsKind, type Way } from './preferences.ts';
import type { Visited } from './table.ts';

/** The day of the message of the evening, or the minute for which what goes at once is put together. */
export const DigestId = z.string().regex(/^\d{4}-\d\d-\d\d(-\d{4})?$/);

/** Why nothing was sent, or nobody read it. `nothing-left`: taken back, or no longer theirs to know. */
const DigestReason = z.enum(['nothing-left', 'off', 'no-address', 'refused', 'uncertain', 'bounced', 'complaint']);
export type DigestReason = z.infer<typeof DigestReason>;

/**
 * One mail to one person about everything there is to tell them, at all their schools and of all their children: a row of the ledger.
 * `personId` is their account. States and transitions are those of `Delivery`; what is doubtful keeps its claim.
 */
export const Digest = z.object({
  personId: PersonId,
  digestId: DigestId,
  /** The school whose hour it keeps, and which finds it again. */
  uai: Uai,
  state: DeliveryState,
  /** Civil, like `openAt` and `sentAt`. */
  dueAt: Instant,
  /** When to look at it next; absent once it is settled. */
  openAt: Instant.optional(),
  /** The claim that alone may send and record. */
  fence: z.string().optional(),
  attempts: z.int().default(0),
  /** Its claim ran out once and it was sent again: the person may have two mails. */
  resent: z.boolean().default(false),
  messageId: z.string().max(128).optional(),
  sentAt: Instant.optional(),
  reason: DigestReason.optional(),
  expiresAt: z.int(),
});
export type Digest = z.infer<typeof Digest>;

/** One thing to tell one person: ids alone, the words are read when they are sent. */
export const News = z.object({
  personId: PersonId,
  newsId: z.string(),
  kind: NewsKind,
  uai: Uai,
  date: LocalDate,
  pupilId: PersonId,
  lessonId: LessonId,
  remarkId: RemarkId,
  /** `waiting` is told by the next digest that is sent; `taken` belongs to one, and to no other ever. */
  state: z.enum(['waiting', 'taken']),
  digestId: DigestId.optional(),
  expiresAt: z.int(),
});
export type News = z.infer<typeof News>;

/** Natural: an event that comes twice, or a year later, is the same thing to tell. */
export const newsId = (kind: NewsKind, { uai, remarkId }: Pick<News, 'uai' | 'remarkId'>, { natural }: Pick<Ids, 'natural'>): string =>
  natural('n', kind, uai, remarkId);

/** A message of the bulk queue: look at this row. */
export const DigestDue = z.object({ type: z.literal('digest-due'), personId: PersonId, digestId: DigestId });
export type DigestDue = z.infer<typeof DigestDue>;

export const digestDue = ({ personId, digestId }: Pick<Digest, 'personId' | 'digestId'>): DigestDue => ({
  type: 'digest-due',
  personId,
  digestId,
});

const TAG = /^digest_(\d{4}-\d\d-\d\d(?:-\d{4})?)_(.{3,64})$/;
/** What SES repeats in every event about the mail. */
export const toDigestTag = ({ personId, digestId }: Pick<Digest, 'personId' | 'digestId'>): string => `digest_${digestId}_${personId}`;
export const fromDigestTag = (tag: string): Pick<Digest, 'personId' | 'digestId'> | undefined => {
  const [, digestId, personId] = TAG.exec(tag) ?? [];
  return digestId !== undefined && personId !== undefined ? { digestId, personId } : undefined;
};

/** Hours in which what goes at once waits; the end is before the beginning when a night lies between. Week-ends are quiet too. */
export const Quiet = z.strictObject({ from: MinuteOfDay, until: MinuteOfDay });
export type Quiet = z.infer<typeof Quiet>;

/** 18:00, and from 19:30 to 7:00: minutes of the school’s day, unless it set others. */
export const DAILY_MINUTE = 1080;
export const NIGHT: Quiet = { from: 1170, until: 420 };
/** What is noted within these minutes goes in one message. */
const TOGETHER = 15;

const isWithin = (minute: number, { from, until }: Quiet): boolean =>
  from <= until ? minute >= from && minute < until : minute >= from || minute < until;

const weekdayFrom = (date: LocalDate): LocalDate => (weekday(date) > 5 ? weekdayFrom(addDays(date, 1)) : date);

type Hours = Pick<Visited, 'timeZone' | 'dailyMinute' | 'quiet'>;

/** Which message what is noted now goes in, and when that leaves. What comes at the very moment of one goes in the next. */
export const whenDue = (
  way: Exclude<Way, 'off'>,
  now: Date,
  { timeZone, dailyMinute = DAILY_MINUTE, quiet = NIGHT }: Hours,
): Pick<Digest, 'digestId' | 'dueAt'> => {
  const { date, minute } = local(now, timeZone);
  const of = (day: LocalDate, then: number) => instant(at(day, then, timeZone));
  if (way === 'daily') {
    const day = weekdayFrom(minute < dailyMinute ? date : addDays(date, 1));
    return { digestId: day, dueAt: of(day, dailyMinute) };
  }
  const atOnce = (day: LocalDate, then: number) => ({ digestId: `${day}-${String(then).padStart(4, '0')}`, dueAt: of(day, then) });
  const next = (Math.floor(minute / TOGETHER) + 1) * TOGETHER;
  if (weekday(date) < 6 && next < 1440 && !isWithin(next, quiet)) return atOnce(date, next);
  const today = weekday(date) < 6 && isWithin(next, quiet) && next < quiet.until;
  return atOnce(today ? date : weekdayFrom(addDays(date, 1)), quiet.until);
};
