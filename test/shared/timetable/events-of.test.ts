import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../shared/timetable/events-of.ts';
import type { DayChanges } from '../../../shared/timetable/table.ts';

const uai = '0750001A';
const date = '2026-09-15';
const mark = { target: 'g_class001', reason: 'outing', by: 'p_staff0001', at: '2026-09-15T06:00:00.000Z' } as const;
const opened = {
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
};
const changes = (given: Partial<Pick<DayChanges, 'notHeld' | 'opened'>> = {}, rev = 1) => ({
  entity: 'changes' as const,
  uai,
  date,
  notHeld: [],
  opened: [],
  rev,
  ...given,
});
const told = (target: string) => [{ name: 'timetable.day-changed', payload: { uai, date, target } }];

describe('changes of a day', () => {
  it('are told when a lesson is marked as not held, and when that is taken back', () => {
    expect(eventsOf({ entity: 'changes', after: changes({ notHeld: [mark] }) })).toEqual(told('g_class001'));
    expect(eventsOf({ entity: 'changes', before: changes({ notHeld: [mark] }), after: changes({}, 2) })).toEqual(told('g_class001'));
  });

  it('are told to nobody when the summer purge takes them: the roll calls of that day are erased', () => {
    expect(eventsOf({ entity: 'changes', before: changes({ notHeld: [mark], opened: [opened] }) })).toEqual([]);
  });

  it('are told of what changed, not of what stood beside it', () => {
    const before = changes({ notHeld: [mark] });
    expect(eventsOf({ entity: 'changes', before, after: changes({ notHeld: [mark], opened: [opened] }, 2) })).toEqual(told('l_00000001'));
    expect(eventsOf({ entity: 'changes', before, after: changes({ notHeld: [mark] }, 2) })).toEqual([]);
  });

  it('are told of each day that is closed, or open after all, within the year', () => {
    const calendar = (closedDays: { from: string; until: string; label: string }[], more = {}) => ({
      entity: 'calendar' as const,
      uai,
      firstMonday: '2026-08-31',
      from: '2026-09-01',
      until: '2027-07-02',
      holidays: [{ from: '2026-10-17', until: '2026-11-02', label: 'Toussaint' }],
      closedDays,
      rev: 1,
      ...more,
    });
    const bridge = { from: '2026-09-14', until: '2026-09-15', label: 'Neige' };
    // A Sunday, a holiday and a day out of the year are closed already.
    const needless = [
      { from: '2026-09-13', until: '2026-09-13', label: 'Dimanche' },
      { from: '2026-10-20', until: '2026-10-20', label: 'Vacances' },
      { from: '2027-08-02', until: '2027-08-02', label: 'Été' },
    ];
    const told = ['2026-09-14', '2026-09-15'].map((day) => ({ name: 'timetable.day-changed', payload: { uai, date: day, target: 'day' } }));
    expect(eventsOf({ entity: 'calendar', before: calendar([]), after: calendar([bridge, ...needless]) })).toEqual(told);
    expect(eventsOf({ entity: 'calendar', before: calendar([bridge]), after: calendar([]) })).toEqual(told);
    expect(eventsOf({ entity: 'calendar', before: calendar([bridge]), after: calendar([{ ...bridge, label: 'Grève' }]) })).toEqual([]);
    const nextYear = { firstMonday: '2027-08-30', from: '2027-09-01', until: '2028-07-04', holidays: [] };
    expect(eventsOf({ entity: 'calendar', before: calendar([bridge]), after: calendar([bridge], nextYear) })).toEqual([]);
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
