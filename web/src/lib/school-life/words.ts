import { firstNameFirst, hour, hourAt } from '#lib/format/format.ts';
import * as m from '#messages';
import type { AnswerReason } from '#shared/attendance/answer.ts';
import { groupName } from '#shared/timetable/readable-names.ts';
import { type Absentee, type Case, countdown } from './cases.ts';

/** The school’s clock, now and elsewhere in the day. */
export interface SchoolNow {
  readonly now: Date;
  readonly timeZone: string;
  readonly paused: boolean;
}

export type Gendered = { readonly sex?: 'F' | 'M' | undefined };
export const agree = ({ sex }: Gendered, feminine: () => string, masculine: () => string): string =>
  sex === 'F' ? feminine() : masculine();

const REASONS = {
  illness: m.reason_illness,
  family: m.reason_family,
  transport: m.reason_transport,
  appointment: m.reason_appointment,
  travel: m.reason_travel,
  other: m.reason_other,
  unknown: m.reason_unknown,
} as const satisfies Record<AnswerReason, () => string>;
export const reasonIn = (reason: AnswerReason): string => REASONS[reason]();

/** When a message goes, as a countdown. */
export function leaving(at: string, { now, paused }: SchoolNow): string {
  if (paused) return m.told_waits_pause();
  const left = countdown(at, now);
  if (!left) return m.told_leaves_now();
  return 'minutes' in left ? m.told_leaves_minutes(left) : m.told_leaves_seconds(left);
}

/** « 5e B », whatever the export wrote. */
export const classOf = ({ classLabel }: { readonly classLabel?: string | undefined }): string =>
  classLabel === undefined ? '' : groupName(classLabel);

/** The one fact of a row of the list, and the shape that says its gravity. */
export function pillOf(one: Case, clock: SchoolNow) {
  const { absentee, rows, standing, nextAt } = one;
  const latest = rows
    .map(({ sentAt }) => sentAt)
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  const at = latest === undefined ? '' : hourAt(latest, clock.timeZone);
  switch (standing) {
    case 'did-not-know': {
      const who = absentee.answers.findLast(({ reason }) => reason === 'unknown')?.guardian;
      return { status: 'absent', words: m.told_did_not_know({ name: who ? firstNameFirst(who) : '' }) } as const;
    }
    case 'nobody-reached':
      return { status: 'attention', words: m.told_nobody_reached() } as const;
    case 'partly-refused':
      return { status: 'late', words: m.told_partly_refused() } as const;
    case 'delivered':
      return { status: 'delivered', words: m.told_delivered({ hour: at }) } as const;
    case 'sent':
      return { status: 'waiting', words: m.told_sent({ hour: at }) } as const;
    case 'sending':
      return { status: 'waiting', words: m.told_sending() } as const;
    case 'held':
      return { status: 'late', words: m.told_held({ hour: nextAt ? hourAt(nextAt, clock.timeZone) : '' }) } as const;
    case 'counting':
      return { status: 'waiting', words: nextAt ? leaving(nextAt, clock) : m.told_not() } as const;
    case 'answered': {
      const reason = absentee.answers.at(-1)?.reason ?? 'other';
      return { status: 'announced', words: m.told_reason({ reason: reasonIn(reason) }) } as const;
    }
    case 'known': {
      const reason = absentee.known?.reason;
      return { status: 'announced', words: reason ? m.told_reason({ reason: reasonIn(reason) }) : m.told_known() } as const;
    }
    case 'not-told':
      return { status: 'waiting', words: m.told_not() } as const;
  }
}

/** « Vue à 8 h 05, absente depuis 9 h ». */
export function sinceOf(absentee: Absentee): string {
  const since = hour(absentee.fromMinute);
  if (absentee.seenMinute !== undefined) {
    const said = { seen: hour(absentee.seenMinute), hour: since };
    return agree(
      absentee,
      () => m.live_seen_then_f(said),
      () => m.live_seen_then_m(said),
    );
  }
  return agree(
    absentee,
    () => m.live_since_f({ hour: since }),
    () => m.live_since_m({ hour: since }),
  );
}
