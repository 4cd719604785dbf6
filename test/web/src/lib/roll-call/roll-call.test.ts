import { describe, expect, it } from 'vitest';
import { begin, type Sheet, toBeTold, withStays } from '../../../../../web/src/lib/roll-call/roll-call.ts';

const stay = { stayId: 'y_stay0001', place: 'infirmary', fromMinute: 580 } as const;
const pupil = (pupilId: string, more: Partial<Sheet['roster'][number]> = {}): Sheet['roster'][number] => ({
  pupilId,
  familyName: 'A',
  givenName: pupilId,
  added: false,
  absentBefore: false,
  ...more,
});
const sheetOf = (roster: Sheet['roster']): Sheet => ({
  date: '2026-09-15',
  now: '2026-09-15T08:05:00.000Z',
  timeZone: 'Europe/Paris',
  lesson: {
    lessonId: 'l_sport010',
    startMinute: 600,
    endMinute: 655,
    subject: 'EPS',
    groupIds: [],
    groupLabels: [],
    rooms: [],
    unscheduled: false,
  },
  state: 'todo',
  revision: 0,
  roster,
  removed: [],
  graceMinutes: 10,
});

describe('a roll call with somebody at the infirmary', () => {
  it('begins with them there, and tells no family even if they are marked absent', () => {
    const known = { state: 'elsewhere', place: 'infirmary', source: 'school-life', at: '2026-09-15T07:40:00.000Z' } as const;
    const sheet = sheetOf([pupil('p_lea00001', { known, stay }), pupil('p_noa00001')]);
    const { draft } = begin(sheet);
    expect(draft.exceptions).toEqual({ p_lea00001: { state: 'elsewhere', place: 'infirmary' } });
    const absent = { ...draft, exceptions: { p_lea00001: { state: 'absent' as const }, p_noa00001: { state: 'absent' as const } } };
    expect(toBeTold(sheet.roster, absent).map(({ pupilId }) => pupilId)).toEqual(['p_noa00001']);
  });

  it('shows who left since it was read, and who is back', () => {
    const roster = [pupil('p_lea00001', { stay }), pupil('p_noa00001'), pupil('p_zoe00001')];
    const shown = withStays(
      roster,
      new Map([
        ['p_lea00001', undefined],
        ['p_noa00001', stay],
      ]),
    );
    expect(shown.map((one) => one.stay)).toEqual([undefined, stay, undefined]);
  });
});
