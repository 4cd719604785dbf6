import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../shared/timetable/events-of.ts';

const uai = '0750001A';
const date = '2026-09-15';
const notHeld = {
  entity: 'notHeld',
  uai,
  date,
  target: 'g_class001',
  reason: 'outing',
  by: 'p_staff0001',
  at: '2026-09-15T06:00:00.000Z',
} as const;

describe('changes of a day', () => {
  it('are told when a lesson is marked as not held, and when that is taken back', () => {
    const told = [{ name: 'timetable.day-changed', payload: { uai, date, target: 'g_class001' } }];
    expect(eventsOf({ entity: 'notHeld', after: notHeld })).toEqual(told);
    expect(eventsOf({ entity: 'notHeld', before: notHeld })).toEqual(told);
  });

  it('are told when a lesson is opened by hand', () => {
    const opened = {
      entity: 'opened',
      uai,
      date,
      lessonId: 'l_00000001',
      startMinute: 605,
      endMinute: 660,
      subject: { code: 'opened', label: 'Permanence' },
      teacherIds: [],
      groupIds: ['g_class001'],
      groupLabels: ['5B'],
      rooms: [],
      unscheduled: true,
      openedBy: 'p_teacher01',
    } as const;
    expect(
      eventsOf({ entity: 'opened', after: { ...opened, teacherIds: [], groupIds: ['g_class001'], groupLabels: ['5B'], rooms: [] } }),
    ).toMatchObject([{ payload: { target: 'l_00000001' } }]);
  });

  it('of the timetable itself are nobody’s event: lessons are computed when they are read', () => {
    expect(
      eventsOf({
        entity: 'calendar',
        after: {
          entity: 'calendar',
          uai,
          firstMonday: '2026-08-31',
          from: '2026-09-01',
          until: '2027-07-02',
          holidays: [],
          closedDays: [],
          rev: 1,
        },
      }),
    ).toEqual([]);
  });
});
