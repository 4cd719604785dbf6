import type { Status } from '#lib/components/StatusPill.svelte';
import { dayOf, firstNameFirst, hour, lastNameFirst, NBSP, number, span } from '#lib/format/format.ts';
import { gestureIn, lessonState } from '#lib/school-life/case-words.ts';
import { agree, type Gendered, reasonIn } from '#lib/school-life/words.ts';
import { placeIn, sinceIn } from '#lib/stays/words.ts';
import * as m from '#messages';
import type { ActionKind } from '#shared/attendance/action.ts';
import { readableCivility } from '#shared/directory/readable-civility.ts';
import { subjectName } from '#shared/timetable/readable-names.ts';
import type { Dossier, DossierPerson, TimelineEntry, UntreatedAbsence } from './untreated.ts';

const ACTIONS = {
  called: m.action_called,
  answered: m.action_answered,
  'left-message': m.action_left_message,
  'no-answer': m.action_no_answer,
  'wrong-number': m.action_wrong_number,
  'message-sent': m.action_message_sent,
  'letter-sent': m.action_letter_sent,
  meeting: m.action_meeting,
  note: m.action_note,
} as const satisfies Record<ActionKind, () => string>;
export const actionIn = (kind: ActionKind): string => ACTIONS[kind]();

/** What came of a call, in the order of the keys 1 to 4. */
export const CALLED = ['answered', 'left-message', 'no-answer', 'wrong-number'] as const satisfies ActionKind[];

export const halfDaysIn = (count: number): string => m.dossiers_half_days({ count });

/** « lundi 23 novembre, 9 h – 11 h ». */
export const whenOf = ({ date, fromMinute, untilMinute }: Pick<UntreatedAbsence, 'date' | 'fromMinute' | 'untilMinute'>): string =>
  `${dayOf(date)}, ${span(fromMinute, untilMinute)}`;

/** Why a row stands where it stands. */
export function pillOf(one: UntreatedAbsence): { readonly status: Status; readonly words: string } {
  switch (one.urgency) {
    case 'seen-then-gone': {
      const seen = { hour: hour(one.seenMinute ?? one.fromMinute) };
      return {
        status: 'attention',
        words: agree(
          one,
          () => m.dossiers_seen_then_gone_f(seen),
          () => m.dossiers_seen_then_gone_m(seen),
        ),
      };
    }
    case 'did-not-know':
      return { status: 'absent', words: m.dossiers_did_not_know() };
    case 'threshold-near':
      return {
        status: 'late',
        words: m.dossiers_threshold({ halfDays: halfDaysIn(one.month.halfDaysWithoutReason), threshold: one.month.threshold }),
      };
    case 'answered':
      return { status: 'announced', words: m.dossiers_answered({ reason: reasonIn(one.answers.at(-1)?.reason ?? 'other') }) };
    case 'known':
      return { status: 'announced', words: m.dossiers_known() };
    case 'to-settle':
      return { status: 'late', words: m.dossiers_to_settle({ reason: one.treatment?.label ?? m.dossiers_no_words() }) };
    case 'without-reason':
      return { status: 'waiting', words: m.dossiers_without_reason() };
  }
}

/** « Mme Claire Lemoine », « Claire Lemoine ». */
export const personIn = (person: Pick<DossierPerson, 'civility' | 'familyName' | 'givenName'>): string =>
  [person.civility && readableCivility(person.civility), firstNameFirst(person)].filter(Boolean).join(NBSP);

/** « DURAND Paul », of whoever wrote an entry. */
export const authorIn = ({ people }: Pick<Dossier, 'people'>, personId: string): string => {
  const found = people[personId];
  return found ? lastNameFirst(found) : '';
};

const someone = ({ people }: Pick<Dossier, 'people'>, personId: string | undefined): string => {
  const found = personId === undefined ? undefined : people[personId];
  return found ? personIn(found) : '';
};

/** One line of the timeline. */
export function entryIn(pupil: Gendered, entry: TimelineEntry, dossier: Pick<Dossier, 'people'>): string {
  switch (entry.entry) {
    case 'observation': {
      if (entry.state === 'withdrawn') return m.timeline_withdrawn({ subject: subjectName(entry.subject) });
      const { state, minutes } = entry;
      return m.dossier_lesson({
        subject: subjectName(entry.subject),
        state: lessonState(pupil, { state, ...(minutes !== undefined && { minutes }) }),
      });
    }
    case 'movement':
      return gestureIn(pupil, entry);
    case 'answer':
      return m.happened_answer({ name: someone(dossier, entry.guardianId), reason: reasonIn(entry.reason) });
    case 'action': {
      const words = [actionIn(entry.kind), someone(dossier, entry.personId)].filter(Boolean).join(', ');
      const said = entry.text === undefined ? words : m.timeline_said({ what: words, text: entry.text });
      return entry.undone ? m.timeline_undone({ what: said }) : said;
    }
    case 'treatment': {
      const words = m.timeline_treated({ reason: entry.label ?? m.dossiers_no_words() });
      const said = [
        words,
        entry.justified ? m.dossiers_admissible() : m.dossiers_not_admissible(),
        entry.settled ? m.dossiers_settled() : '',
      ]
        .filter(Boolean)
        .join(', ');
      return entry.undone ? m.timeline_undone({ what: said }) : said;
    }
    case 'undoing':
      return m.timeline_undoing();
    case 'stay': {
      const place = placeIn(entry.place);
      const end = entry.ends.findLast(({ undone }) => !undone);
      const was = end ? m.stays_was({ place, span: span(entry.fromMinute, end.minute) }) : sinceIn(entry);
      const words = entry.excluded ? m.timeline_stay_excluded({ place: was }) : was;
      const said = entry.text === undefined ? words : m.timeline_said({ what: words, text: entry.text });
      return entry.undone ? m.timeline_undone({ what: said }) : said;
    }
    case 'remark': {
      const remark = entry.visible ? entry.label : m.timeline_remark_reserved({ remark: entry.label });
      const words = m.timeline_remark({ subject: subjectName(entry.subject), remark });
      const said = entry.text === undefined ? words : m.timeline_said({ what: words, text: entry.text });
      return entry.undone ? m.timeline_undone({ what: said }) : said;
    }
  }
}

/** The clock minute an entry is told at: a lesson's start, when somebody left, else when it was written. */
export const minuteOf = (entry: TimelineEntry, minuteAt: (instant: string) => number): number =>
  entry.entry === 'observation' ? entry.startMinute : entry.entry === 'stay' ? entry.fromMinute : minuteAt(entry.at);

/** « 5 demi-journées », in what the school counts in. */
export function countedIn(unit: Dossier['unit'], counters: Dossier['counters']['month']): string {
  if (unit === 'lesson-hour') return m.dossiers_hours({ hours: number(counters.lessonHours) });
  return halfDaysIn(counters.halfDays);
}
