import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../shared/attendance/events-of.ts';
import { emptyDay, note, type Observation, type PupilDay } from '../../../shared/attendance/pupil-day.ts';
import type { RollCall } from '../../../shared/attendance/table.ts';

const telling = {
  now: '2026-09-15T06:05:00.000Z',
  timeZone: 'Europe/Paris',
  graceMinutes: 10,
  notBeforeMinutes: 15,
  checked: false,
  decideAfterMinutes: 120,
  openFrom: '2026-08-01',
};
const mark = (day: PupilDay, startMinute: number, state: Observation['state'], minutes?: number): PupilDay =>
  note(
    day,
    {
      observations: [
        {
          lessonId: `l_lesson${startMinute}`,
          startMinute,
          endMinute: startMinute + 55,
          subject: 'Maths',
          state,
          ...(minutes !== undefined && { minutes }),
          by: 'p_teacher1',
          at: telling.now,
        },
      ],
    },
    telling,
  );
const blank = emptyDay('0750001A', '2026-09-15', 'p_pupil001');
const stored = (day: PupilDay) => ({ ...day, entity: 'pupilDay' as const });
const between = (before: PupilDay | undefined, after: PupilDay) =>
  eventsOf({ entity: 'pupilDay', ...(before && { before: stored(before) }), after: stored(after) });
const namesOf = (before: PupilDay | undefined, after: PupilDay) =>
  between(before, after).map(({ name }) => name.slice('attendance.'.length));

describe('what the changes of the table mean', () => {
  const opened = mark(blank, 480, 'absent');
  const extended = mark(opened, 540, 'absent');

  it('opens, extends, closes and corrects an absence', () => {
    expect(namesOf(undefined, opened)).toEqual(['absence-opened', 'episode-changed', 'pupil-day-changed']);
    expect(namesOf(opened, extended)).toEqual(['absence-extended', 'episode-changed', 'pupil-day-changed']);
    expect(namesOf(extended, mark(extended, 600, 'present'))).toEqual(['absence-closed', 'episode-changed']);
    expect(namesOf(extended, mark(extended, 480, 'present'))).toEqual(['absence-corrected', 'episode-changed', 'pupil-day-changed']);
    expect(namesOf(opened, mark(opened, 480, 'late', 5))).toEqual(['absence-corrected', 'episode-changed', 'pupil-day-changed']);
  });

  it('carries ids and the revision, never a name, a subject or a reason', () => {
    const { absences, episodes } = opened;
    const of = { uai: '0750001A', date: '2026-09-15', pupilId: 'p_pupil001', revision: 1 };
    expect(between(undefined, opened).map(({ payload }) => payload)).toEqual([
      { ...of, absenceId: absences[0]?.absenceId },
      { ...of, episodeId: episodes[0]?.episodeId },
      of,
    ]);
  });

  it('is silent about what changes nothing for others', () => {
    expect(namesOf(undefined, mark(blank, 480, 'exempt'))).toEqual([]);
    expect(namesOf(opened, { ...opened, revision: 2 })).toEqual([]);
    expect(eventsOf({ entity: 'pupilDay', before: stored(opened) })).toEqual([]);
  });

  it('has a day counted anew for what counts alone: a lateness, and what school life said of it', () => {
    const late = mark(blank, 480, 'late', 5);
    expect(namesOf(undefined, late)).toEqual(['pupil-day-changed']);
    const said = {
      treatmentId: 't_00000001',
      lessonIds: ['l_lesson480'],
      untilSeen: false,
      justified: true,
      settled: true,
      outsideSchool: true,
      onReport: true,
      by: 'p_staff0001',
      at: telling.now,
    };
    expect(namesOf(late, note(late, { treatments: [said] }, telling))).toEqual(['pupil-day-changed']);
    const action = { actionId: 'n_00000001', kind: 'called', by: 'p_staff0001', at: telling.now } as const;
    expect(namesOf(late, note(late, { actions: [action] }, telling))).toEqual([]);
  });

  it('tells of a threshold when it is crossed, and crossed again, not while it stands', () => {
    const of = { uai: '0750001A', month: '2026-09', pupilId: 'p_pupil001', days: [], revision: 1 };
    const alert = { kind: 'commission', count: 4, threshold: 4, raisedAt: telling.now, changedAt: telling.now } as const;
    const month = (state?: 'raised' | 'fallen' | 'handled', revision = 1) => ({
      ...of,
      entity: 'pupilMonth' as const,
      revision,
      alerts: state ? [{ ...alert, state }] : [],
    });
    const crossed = (before: ReturnType<typeof month> | undefined, after: ReturnType<typeof month>) =>
      eventsOf({ entity: 'pupilMonth', ...(before && { before }), after });
    const payload = { uai: of.uai, month: of.month, pupilId: of.pupilId, kind: 'commission', revision: 2 };
    expect(crossed(month(), month('raised', 2))).toEqual([{ name: 'attendance.threshold-crossed', payload }]);
    expect(crossed(month('fallen'), month('raised', 2))).toHaveLength(1);
    expect(crossed(month('raised'), month('raised', 2))).toEqual([]);
    expect(crossed(month('raised'), month('fallen', 2))).toEqual([]);
    expect(crossed(undefined, month())).toEqual([]);
  });

  it('tells of each answer once', () => {
    const episodeId = opened.episodes[0]?.episodeId ?? '';
    const answer = {
      answerId: 'w_00000001',
      episodeId,
      guardianId: 'p_mum00001',
      reason: 'illness',
      via: 'link',
      at: '2026-09-15T09:00:00.000Z',
    } as const;
    const answered = note(opened, { answers: [answer] }, telling);
    expect(between(opened, answered).map(({ name, payload }) => [name, payload])).toEqual([
      [
        'attendance.answer-received',
        { uai: '0750001A', date: '2026-09-15', pupilId: 'p_pupil001', revision: 2, episodeId, guardianId: 'p_mum00001' },
      ],
    ]);
    expect(namesOf(answered, note(answered, { proof: { answerId: 'w_00000001', state: 'received' } }, telling))).toEqual([]);
  });

  it('tells of each revision of a roll call, and of no idempotency key', () => {
    const rollCall: RollCall & { entity: 'rollCall' } = {
      entity: 'rollCall',
      uai: '0750001A',
      date: '2026-09-15',
      lessonId: 'l_lesson480',
      startMinute: 480,
      endMinute: 535,
      subject: 'Maths',
      state: 'done',
      revision: 2,
      pupilIds: [],
      added: [],
      removed: [],
      marks: [],
      savedBy: 'p_teacher1',
      savedAt: telling.now,
      saves: [],
    };
    expect(eventsOf({ entity: 'rollCall', before: { ...rollCall, revision: 1 }, after: rollCall })).toEqual([
      { name: 'attendance.roll-call-saved', payload: { uai: '0750001A', date: '2026-09-15', lessonId: 'l_lesson480', revision: 2 } },
    ]);
    expect(eventsOf({ entity: 'rollCall', before: rollCall })).toEqual([]);
    const attempt = {
      entity: 'attempt',
      personId: 'p_teacher1',
      key: 'key-0000000000001',
      fingerprint: 'f',
      answer: '{}',
      expiresAt: 1,
    } as const;
    expect(eventsOf({ entity: 'attempt', after: attempt })).toEqual([]);
  });

  it('asks the teachers again with each revision of a reminder, and not when its mail is noted', () => {
    const first = {
      entity: 'reminder' as const,
      ...{ uai: '0750001A', date: '2026-09-15', lessonId: 'l_lesson480', startMinute: 480, subject: 'Maths' },
      ...{ groupIds: [], groupLabels: [], teacherIds: ['p_teacher1'], revision: 1, sent: [{ at: telling.now }] },
    };
    const payload = { uai: first.uai, date: first.date, lessonId: first.lessonId };
    expect(eventsOf({ entity: 'reminder', after: first })).toEqual([
      { name: 'attendance.roll-call-chased', payload: { ...payload, revision: 1 } },
    ]);
    expect(eventsOf({ entity: 'reminder', before: first, after: { ...first, mailedRevision: 1 } })).toEqual([]);
    expect(eventsOf({ entity: 'reminder', before: first, after: { ...first, revision: 2 } })).toMatchObject([{ payload: { revision: 2 } }]);
  });

  it('tells of a remark when it is made and when it is taken back', () => {
    const made = {
      entity: 'remark' as const,
      ...{ uai: '0750001A', date: '2026-09-15', lessonId: 'l_lesson480', remarkId: 'o_remark01', pupilId: 'p_pupil001', startMinute: 480 },
      ...{ subject: 'Maths', kindId: 'k_equipment', label: 'Oubli', visible: true, by: 'p_teacher1', at: telling.now, revision: 1 },
    };
    const { uai, date, lessonId, remarkId, pupilId, visible } = made;
    expect(eventsOf({ entity: 'remark', after: made })).toEqual([
      {
        name: 'attendance.pupil-remarked',
        payload: { uai, date, lessonId, remarkId, pupilId, visible, undone: false, revision: 1 },
      },
    ]);
    const undone = { ...made, revision: 2, undone: { by: 'p_teacher1', at: telling.now } };
    expect(eventsOf({ entity: 'remark', before: made, after: undone })).toMatchObject([{ payload: { undone: true, revision: 2 } }]);
    expect(eventsOf({ entity: 'remark', before: undone })).toEqual([]);
  });

  it('tells of a school year that was erased whole, and not of a school that has just come', () => {
    const school = (erasedUntil?: string) => ({
      entity: 'chasedSchool' as const,
      uai: '0750001A',
      timeZone: 'Europe/Paris',
      ...(erasedUntil && { erasedUntil }),
    });
    const told = [{ name: 'attendance.year-erased', payload: { uai: '0750001A', until: '2027-07-31' } }];
    expect(eventsOf({ entity: 'chasedSchool', before: school('2027-07-30'), after: school('2027-07-31') })).toEqual(told);
    expect(eventsOf({ entity: 'chasedSchool', before: school('2027-07-31'), after: school('2027-07-31') })).toEqual([]);
    expect(eventsOf({ entity: 'chasedSchool', before: school(), after: school('2027-06-30') })).toEqual([]);
    expect(eventsOf({ entity: 'chasedSchool', after: school('2026-07-31') })).toEqual([]);
  });
});
