import { call } from '#lib/api/index.ts';
import type { Sentences } from '#lib/api/sentence.ts';
import { lastNameFirst } from '#lib/format/format.ts';
import * as m from '#messages';
import { noteMovement, relaunchRollCall, undoMovement } from '#shared/attendance/routes.ts';
import type { CallOutcome } from '#shared/notifications/call.ts';
import { closeCall, holdDelivery, pauseSchool, releaseDelivery, resumeSchool, sendNow } from '#shared/notifications/routes.ts';
import { outcomeIn } from './case-words.ts';
import { type Board, type CallLine, type Case, isUnsent } from './cases.ts';
import type { Gesture } from './desk.ts';
import { reasonIn } from './words.ts';

export interface Place {
  readonly uai: string;
  readonly date: string;
}

/** What was done, and how to take it back when it can be. */
export interface Done {
  readonly words: string;
  readonly undo?: () => Promise<unknown>;
}

/** Refusals of the gestures in words. */
export const SENTENCES: Sentences = {
  'notifications.already-gone': m.gesture_gone,
  'notifications.already-decided': m.gesture_decided,
  'notifications.call-closed': m.gesture_call_closed,
  'attendance.reminded-just-now': m.gesture_reminded_just_now,
  'attendance.roll-call-not-due': m.gesture_roll_call_not_due,
  'attendance.movement-in-future': m.desk_future,
  'attendance.day-closed': m.desk_day_closed,
  'attendance.not-a-guardian': m.desk_not_a_guardian,
  'attendance.too-many-entries': m.desk_too_many,
  'attendance.staying-already': m.stays_why_already,
  'attendance.stay-ended': m.stays_why_ended,
  'attendance.stay-in-future': m.stays_why_future,
};

const hold = (place: Place, ids: readonly string[]) =>
  Promise.all(ids.map((deliveryId) => call(holdDelivery, 'staff', { params: { ...place, deliveryId } })));
const release = (place: Place, ids: readonly string[]) =>
  Promise.all(ids.map((deliveryId) => call(releaseDelivery, 'staff', { params: { ...place, deliveryId } })));

/** One key: what counts down is held; held already, it is let go at its time. Nothing to hold gives nothing. */
export async function holdOrRelease(place: Place, { rows, absentee }: Case): Promise<Done | undefined> {
  const name = lastNameFirst(absentee);
  const pending = rows.filter(({ state }) => state === 'pending').map(({ deliveryId }) => deliveryId);
  const held = rows.filter(({ state }) => state === 'held').map(({ deliveryId }) => deliveryId);
  if (pending.length > 0) {
    await hold(place, pending);
    return { words: m.gesture_held({ name }), undo: () => release(place, pending) };
  }
  if (held.length === 0) return undefined;
  await release(place, held);
  return { words: m.gesture_released({ name }), undo: () => hold(place, held) };
}

/** What has left cannot be taken back. */
export async function sendAtOnce(place: Place, { rows, absentee }: Case): Promise<Done | undefined> {
  const unsent = rows.filter(isUnsent);
  if (unsent.length === 0) return undefined;
  await Promise.all(unsent.map(({ deliveryId }) => call(sendNow, 'staff', { params: { ...place, deliveryId } })));
  return { words: m.gesture_sent({ name: lastNameFirst(absentee) }) };
}

/** Asks the teachers of a lesson for its roll call. */
export async function relaunch(place: Place, lesson: Board['rollCalls'][number], groups: string): Promise<Done> {
  const { lessonId, groupIds } = lesson;
  await call(relaunchRollCall, 'staff', {
    params: { ...place, lessonId },
    query: groupIds.length > 0 ? { groups: groupIds.join(',') } : {},
  });
  return { words: m.gesture_relaunched({ groups }) };
}

/** One person at the number: that is who was reached. Two at one number: the household is enough. */
export async function noteCall(place: Place, line: CallLine, outcome: CallOutcome): Promise<Done> {
  const [only, ...others] = line.people;
  await call(closeCall, 'staff', {
    params: { uai: place.uai, date: line.date, callId: line.callId },
    body: { outcome, ...(outcome === 'reached' && only && others.length === 0 && { reachedId: only.guardianId }) },
  });
  return { words: m.gesture_called({ name: line.pupil ? lastNameFirst(line.pupil) : '', outcome: outcomeIn(outcome) }) };
}

export type Noted = Gesture & {
  readonly announcedBy?: string | undefined;
  readonly reason?: 'illness' | 'family' | 'transport' | 'appointment' | 'travel' | 'other' | undefined;
};

/** Notes at the desk. `key` belongs to the gesture: sent again after a lost answer, it is noted once. */
export async function note(place: Place, pupilId: string, noted: Noted, key: string, words: string): Promise<Done> {
  const { kind, minute, until, announcedBy, reason } = noted;
  const params = { ...place, pupilId };
  const { movementId } = await call(noteMovement, 'staff', {
    params,
    body: {
      kind,
      minute,
      ...(until !== undefined && { until }),
      ...(announcedBy !== undefined && { announcedBy }),
      ...(reason !== undefined && { reason }),
    },
    idempotencyKey: key,
  });
  return { words, undo: () => call(undoMovement, 'staff', { params: { ...params, movementId } }) };
}

/** The reason that the office knows of an absence going on, as if it had been announced. */
export const giveReason = (place: Place, { absentee }: Case, reason: NonNullable<Noted['reason']>): Promise<Done> =>
  note(
    place,
    absentee.pupilId,
    { kind: 'announced', minute: absentee.fromMinute, reason },
    crypto.randomUUID(),
    m.gesture_reason({ name: lastNameFirst(absentee), reason: reasonIn(reason) }),
  );

/** Every message of the school waits, or goes on. */
export async function pause(uai: string, paused: boolean): Promise<Done> {
  await call(paused ? pauseSchool : resumeSchool, 'staff', { params: { uai } });
  return { words: paused ? m.live_paused() : m.live_resumed() };
}
