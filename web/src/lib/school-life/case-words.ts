import { firstNameFirst, hour, hourAt, type Named, span } from '#lib/format/format.ts';
import * as m from '#messages';
import type { CallOutcome } from '#shared/notifications/call.ts';
import type { CallReason, CancelReason, DeliveryKind } from '#shared/notifications/delivery.ts';
import { subjectName } from '#shared/timetable/readable-names.ts';
import { type CallLine, type DeliveryLine, leavesAt } from './cases.ts';
import type { Gesture } from './desk.ts';
import type { Attendance, Happening } from './timeline.ts';
import { agree, type Gendered, leaving, reasonIn, type SchoolNow } from './words.ts';

const OUTCOMES = {
  reached: m.calls_reached,
  'message-left': m.calls_message_left,
  'no-answer': m.calls_no_answer,
  'wrong-number': m.calls_wrong_number,
  letter: m.calls_letter,
} as const satisfies Record<CallOutcome, () => string>;
/** In the order of the keys 1 to 5. */
export const CALL_OUTCOMES = Object.keys(OUTCOMES) as CallOutcome[];
export const outcomeIn = (outcome: CallOutcome): string => OUTCOMES[outcome]();

const CANCELLED = {
  'put-right': m.told_cancelled_put_right,
  'not-entitled': m.told_cancelled_not_entitled,
  announced: m.told_cancelled_announced,
  known: m.told_cancelled_known,
  'not-told': m.told_cancelled_not_told,
  read: m.told_cancelled_read,
} as const satisfies Record<CancelReason, () => string>;

const CALLS = {
  'no-address': m.call_no_address,
  bounced: m.call_bounced,
  complaint: m.call_complaint,
  refused: m.call_refused,
  uncertain: m.call_uncertain,
  'told-otherwise': m.call_told_otherwise,
  'nobody-to-tell': m.call_nobody_to_tell,
} as const satisfies Record<CallReason, () => string>;
/** Why a human has to call. */
export const whyCall = (reason: CallReason): string => CALLS[reason]();

const KINDS = {
  absence: m.kind_absence,
  arrived: m.kind_arrived,
  'wrongly-marked': m.kind_wrongly_marked,
  'not-held': m.kind_not_held,
  'not-absent': m.kind_not_absent,
} as const satisfies Record<DeliveryKind, () => string>;

/** Where one message stands. */
export function stateOfRow(row: DeliveryLine, clock: SchoolNow): string {
  const sent = row.sentAt === undefined ? '' : hourAt(row.sentAt, clock.timeZone);
  switch (row.state) {
    case 'pending':
      return leaving(row.dueAt, clock);
    case 'held':
      return m.told_held({ hour: hourAt(leavesAt(row), clock.timeZone) });
    case 'claimed':
      return m.told_sending();
    case 'ambiguous':
      return m.told_ambiguous();
    case 'accepted':
      return m.told_sent({ hour: sent });
    case 'delivered':
      return m.told_delivered({ hour: sent });
    case 'bounced':
      return m.told_bounced();
    case 'complained':
      return m.told_complained();
    case 'cancelled':
      return row.reason !== undefined && Object.hasOwn(CANCELLED, row.reason)
        ? CANCELLED[row.reason as CancelReason]()
        : m.told_cancelled_not_told();
    case 'unreachable':
      if (row.reason === 'no-browser') return m.told_no_browser();
      return row.reason !== undefined && Object.hasOwn(CALLS, row.reason) ? CALLS[row.reason as CallReason]() : m.calls_title();
  }
}

/** « Arrivée à 8 h 22 ». */
export function gestureIn(pupil: Gendered, { kind, minute, until }: Gesture): string {
  const at = { hour: hour(minute) };
  if (kind === 'arrived')
    return agree(
      pupil,
      () => m.desk_arrived_f(at),
      () => m.desk_arrived_m(at),
    );
  if (kind === 'left')
    return agree(
      pupil,
      () => m.desk_left_f(at),
      () => m.desk_left_m(at),
    );
  if (until !== undefined)
    return minute === 0 ? m.desk_announced_until({ hour: hour(until) }) : m.desk_announced_span({ span: span(minute, until) });
  return minute === 0 ? m.desk_announced() : m.desk_announced_from(at);
}

type Lesson = Attendance['today']['lessons'][number];

/** What was seen of the pupil in a lesson. */
export function lessonState(pupil: Gendered, { state, minutes, place }: Pick<Lesson, 'state' | 'minutes' | 'place'>): string {
  switch (state) {
    case 'present':
      return agree(pupil, m.state_present_f, m.state_present_m);
    case 'absent':
      return agree(pupil, m.state_absent_f, m.state_absent_m);
    case 'late':
      return minutes === undefined ? m.state_late() : m.state_late_of({ minutes });
    case 'excused':
      return m.state_excused();
    case 'exempt':
      return agree(pupil, m.state_exempt_f, m.state_exempt_m);
    case 'elsewhere':
      return place === 'outing' ? m.roll_elsewhere_outing() : place === 'placement' ? m.roll_elsewhere_placement() : m.state_elsewhere();
    case 'announced':
      return m.state_announced();
    case 'not-held':
      return m.state_not_held();
    case 'unknown':
      return m.state_unknown();
    case 'to-come':
      return m.state_to_come();
  }
}

const CELLS = {
  present: 'present',
  elsewhere: 'present',
  exempt: 'none',
  excused: 'announced',
  absent: 'absent',
  late: 'late',
  announced: 'announced',
  'not-held': 'none',
  unknown: 'coming',
  'to-come': 'coming',
} as const satisfies Record<Lesson['state'], string>;

/** The day drawn lesson by lesson. */
export const ribbonOf = (pupil: Gendered, lessons: readonly Lesson[]) =>
  lessons.map((lesson) => ({
    state: lesson.current && CELLS[lesson.state] === 'coming' ? ('now' as const) : CELLS[lesson.state],
    hour: hour(lesson.startMinute),
    words: m.dossier_lesson({ subject: subjectName(lesson.subject), state: lessonState(pupil, lesson) }),
  }));

const nameOf = (named: Named | undefined): string => (named ? firstNameFirst(named) : '');

/** One line of a pupil’s day. */
export function happeningIn(pupil: Gendered, one: Happening): string {
  switch (one.is) {
    case 'answer':
      return m.happened_answer({ name: nameOf(one.answer.guardian), reason: reasonIn(one.answer.reason) });
    case 'told':
      return m.happened_told({ name: nameOf(one.row.guardian), kind: KINDS[one.row.kind]() });
    case 'movement':
      return gestureIn(pupil, one.movement as Gesture);
    case 'lesson':
      return m.dossier_lesson({ subject: subjectName(one.lesson.subject), state: lessonState(pupil, one.lesson) });
  }
}

/** Whom a line of the call list is about to reach. */
export const householdOf = ({ people }: CallLine): string =>
  people
    .map(({ guardian }) => nameOf(guardian))
    .filter((name) => name !== '')
    .join(', ');

const REGIMES: Readonly<Record<string, () => string>> = {
  day: m.regime_day,
  'half-board': m.regime_half_board,
  boarder: m.regime_boarder,
  'boarder-day': m.regime_boarder_day,
};
export const regimeIn = (regime: string | undefined): string | undefined => (regime === undefined ? undefined : REGIMES[regime]?.());

const KINSHIPS: Readonly<Record<string, () => string>> = {
  '10': m.kinship_10,
  '20': m.kinship_20,
  '37': m.kinship_37,
  '38': m.kinship_38,
  '39': m.kinship_39,
  '41': m.kinship_41,
  '42': m.kinship_42,
  '50': m.kinship_50,
  '51': m.kinship_51,
  '90': m.kinship_90,
};
export const kinshipIn = (kinship: string | undefined): string | undefined => (kinship === undefined ? undefined : KINSHIPS[kinship]?.());
