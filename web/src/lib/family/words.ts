import { closedWhy } from '#lib/format/closed.ts';
import { dayOf, hour, hourAt, sentence } from '#lib/format/format.ts';
import { currentLanguage } from '#lib/settings/language.ts';
import * as m from '#messages';
import type { AnswerReason } from '#shared/attendance/answer.ts';
import type { LocalDate } from '#shared/kernel/time.ts';
import { subjectName } from '#shared/timetable/readable-names.ts';
import type { AnnouncedSpan, Attendance, LessonOfDay, Unexplained, Whereabouts } from './child-day.ts';

/** `F`, `M`, or words without gender for a child whose file does not say. */
export type Agreement = 'F' | 'M' | 'unsaid';
export const agreementOf = ({ sex }: { readonly sex?: 'F' | 'M' | undefined }): Agreement => sex ?? 'unsaid';

/** An absence longer than this is told by its span, not by its lesson. */
const ONE_LESSON_MINUTES = 65;

/** « Pas vue en cours de 9 h »: what was seen, never what was done wrong. */
export function unseenFact(one: Unexplained, sex: Agreement, today: LocalDate): string {
  const { date, fromMinute, untilMinute, state, seenMinute } = one;
  const from = hour(fromMinute);
  const day = dayOf(date);
  if (state === 'arrived' && seenMinute !== undefined && date === today)
    return m.child_unseen_then({ sex, hour: from, seen: hour(seenMinute) });
  if (untilMinute - fromMinute <= ONE_LESSON_MINUTES)
    return date === today ? m.child_unseen({ sex, hour: from }) : m.child_unseen_day({ sex, day, hour: from });
  const until = hour(untilMinute);
  return date === today ? m.child_unseen_span({ sex, from, until }) : m.child_unseen_day_span({ sex, day, from, until });
}

/** What stands under it: the lesson, and when the roll was called if it is the last call of the day. */
export function unseenDetail({ date, subject }: Unexplained, { today, timeZone }: Pick<Attendance, 'today' | 'timeZone'>): string {
  return date === today.date && today.status === 'absent' && today.statusAt
    ? m.child_unseen_called({ subject: subjectName(subject), hour: hourAt(today.statusAt, timeZone) })
    : subjectName(subject);
}

/** What the pill of a lesson or of a child may wear. */
type Status = 'present' | 'absent' | 'announced' | 'late' | 'elsewhere' | 'done' | 'waiting';

export interface Said {
  /** Its pill; none for a fact that is no state of the child. */
  readonly status?: Status;
  readonly fact: string;
  /** One more line, when there is one. */
  readonly detail?: string | undefined;
}

/** `De 8 h à 10 h`, or the whole day. */
const partOf = (fromMinute: number, untilMinute: number): string =>
  fromMinute === 0 && untilMinute === 1440
    ? m.child_whole_day()
    : untilMinute === 1440
      ? m.child_from({ hour: hour(fromMinute) })
      : m.child_span({ from: hour(fromMinute), until: hour(untilMinute) });

/** Where the child is, in a fact that agrees with the child. */
export function whereaboutsIn(where: Whereabouts, sex: Agreement, timeZone: string): Said {
  switch (where.is) {
    case 'unseen':
      return {
        status: 'absent',
        fact: m.child_unseen_since({ sex, hour: hour(where.fromMinute) }),
        detail: where.answeredAt && m.child_answered({ hour: hourAt(where.answeredAt, timeZone) }),
      };
    case 'announced':
      return { status: 'announced', fact: m.child_announced(), detail: `${partOf(where.fromMinute, where.untilMinute)}.` };
    case 'away':
      return {
        status: 'elsewhere',
        fact: where.for === 'outing' ? m.child_on_outing() : m.child_on_placement(),
        detail: `${partOf(where.fromMinute, where.untilMinute)}.`,
      };
    case 'left':
      return {
        fact: where.minute === undefined ? m.child_left_plain({ sex }) : m.child_left({ sex, hour: hour(where.minute) }),
      };
    case 'arrived':
      return { status: 'done', fact: m.child_present({ sex }), detail: m.child_arrived({ sex, hour: hour(where.minute) }) };
    case 'called': {
      const { lesson, calledAt, over } = where;
      const called = calledAt && m.child_last_call({ hour: hourAt(calledAt, timeZone) });
      if (over) return { fact: m.child_over(), detail: calledAt && m.child_last_seen({ sex, hour: hourAt(calledAt, timeZone) }) };
      const late = lesson?.state === 'late' && m.child_late({ minutes: lesson.minutes ?? 1, hour: hour(lesson.startMinute) });
      return {
        status: lesson?.state === 'elsewhere' ? 'elsewhere' : 'done',
        fact: lesson?.state === 'elsewhere' ? m.child_elsewhere() : m.child_present({ sex }),
        detail: [called, late].filter(Boolean).join(' ') || undefined,
      };
    }
    case 'not-called':
      return { fact: m.child_not_called({ hour: hour(where.lesson.startMinute) }) };
    case 'before':
      return { fact: m.child_before({ hour: hour(where.lesson.startMinute) }), detail: `${subjectName(where.lesson.subject)}.` };
    case 'no-lesson':
      return { fact: m.child_no_lesson(), detail: where.because && `${sentence(closedWhy(where.because))}.` };
  }
}

/** The weekday alone names a day of this past week. */
const WEEK_DAYS = 6;
const daysBack = (date: LocalDate, today: LocalDate): number =>
  Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / 86_400_000);

export const quietIn = (since: LocalDate | 'month', today: LocalDate): string =>
  since === 'month'
    ? m.child_quiet_month()
    : m.child_quiet({ day: daysBack(since, today) <= WEEK_DAYS ? (dayOf(since).split(' ')[0] ?? '') : dayOf(since) });

/** A lesson of the ribbon: its state agrees with the child, and says nothing where nothing is known yet. */
export function lessonStateIn({ state, minutes, place, current }: LessonOfDay, sex: Agreement): string {
  switch (state) {
    case 'present':
      return m.lesson_present({ sex });
    case 'absent':
      return m.lesson_absent({ sex });
    case 'late':
      return minutes === undefined ? m.lesson_late_plain() : m.lesson_late({ minutes });
    case 'excused':
      return m.lesson_excused();
    case 'exempt':
      return m.lesson_exempt({ sex });
    case 'elsewhere':
      return place === 'outing' ? m.lesson_on_outing() : place === 'placement' ? m.lesson_on_placement() : m.lesson_elsewhere();
    case 'announced':
      return m.lesson_announced();
    case 'not-held':
      return m.lesson_not_held();
    case 'unknown':
      return current ? m.lesson_now() : m.lesson_unknown();
    case 'to-come':
      return m.lesson_to_come();
  }
}

const PILLS = {
  present: 'present',
  absent: 'absent',
  late: 'late',
  excused: 'announced',
  exempt: 'waiting',
  elsewhere: 'elsewhere',
  announced: 'announced',
  'not-held': 'waiting',
} as const satisfies Partial<Record<LessonOfDay['state'], Status>>;
/** No pill for a lesson of which nothing is known yet. */
export const pillOf = ({ state }: LessonOfDay): Status | undefined => (state in PILLS ? PILLS[state as keyof typeof PILLS] : undefined);

export const lessonIn = (lesson: LessonOfDay, sex: Agreement): string => `${subjectName(lesson.subject)}, ${lessonStateIn(lesson, sex)}`;

/** `9 h` on a cell of a phone, which has no room for `10:00`. */
export const cellHour = (minute: number): string => (currentLanguage() === 'en' && minute % 60 === 0 ? String(minute / 60) : hour(minute));

/** `Salle 104`; a place that has a name keeps it: `Gymnase`, `Labo 2`. */
export const roomIn = (room: string): string => (/^\d/.test(room) ? m.child_room({ room }) : room);

const REASONS = {
  illness: m.motive_illness_said,
  transport: m.motive_transport,
  family: m.motive_family,
  appointment: m.motive_appointment,
  travel: m.motive_travel,
  other: m.motive_other,
  unknown: m.motive_unknown,
} as const satisfies Record<AnswerReason, () => string>;
export const reasonIn = (reason: AnswerReason): string => REASONS[reason]();

/** A day of the last thirty, in words: for who does not see the drawing, and for who wants the hours. */
export function notedDayIn({ absences, late }: Attendance['days'][number], sex: Agreement): string[] {
  return [
    ...absences.map(({ fromMinute, untilMinute, known }) => {
      const hours = { sex, from: hour(fromMinute), until: hour(untilMinute) };
      return known ? m.month_known(hours) : m.month_unseen(hours);
    }),
    ...late.map(({ startMinute, minutes }) => m.child_late({ minutes, hour: hour(startMinute) })),
  ];
}

/** `Lundi 24 novembre, de 8 h à 10 h`, `du lundi 24 au mercredi 26 novembre`. */
export function announcedIn({ from, until, part }: AnnouncedSpan): string {
  if (part) return m.announce_day_part({ day: dayOf(from), part: partOf(part.fromMinute, part.untilMinute).toLocaleLowerCase('fr') });
  return from === until ? dayOf(from) : m.announce_days({ from: dayOf(from), until: dayOf(until) });
}
