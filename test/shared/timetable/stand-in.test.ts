import { describe, expect, it } from 'vitest';
import { type StandIn, standsInFor, withStandIns } from '../../../shared/timetable/stand-in.ts';

const roy = { personId: 'p_roy', familyName: 'ROY' };
const petit = { personId: 'p_petit', familyName: 'PETIT' };
const lesson = { teacherIds: ['p_roy', 'p_other'], groupIds: ['g_5b'], teachers: [roy, { personId: 'p_other' }] };
const standIn = (target: string): StandIn => ({ target, label: '', by: petit, from: '2026-11-23', until: '2026-12-18' });

describe('a stand-in', () => {
  it('takes a teacher’s lessons instead of them, both days included, and nobody else’s', () => {
    const on = (date: string) => withStandIns(lesson, date, [standIn('p_roy')]).teacherIds;
    expect(['2026-11-22', '2026-11-23', '2026-12-18', '2026-12-19'].map(on)).toEqual([
      ['p_roy', 'p_other'],
      ['p_petit', 'p_other'],
      ['p_petit', 'p_other'],
      ['p_roy', 'p_other'],
    ]);
    expect(withStandIns(lesson, '2026-12-01', [standIn('p_roy')]).teachers).toEqual([petit, { personId: 'p_other' }]);
    expect(withStandIns(lesson, '2026-12-01', [standIn('p_nobody')])).toBe(lesson);
  });

  it('helps with a class beside whoever has it, and is there once', () => {
    const both = withStandIns(lesson, '2026-12-01', [standIn('g_5b'), standIn('p_other')]);
    expect(both.teacherIds).toEqual(['p_roy', 'p_petit']);
    expect(both.teachers).toEqual([roy, petit]);
  });

  it('is known by whose lessons they have that day', () => {
    const all = [standIn('g_5b'), standIn('p_roy'), { ...standIn('p_late'), from: '2026-12-02' }];
    expect(standsInFor('p_petit', '2026-12-01', all)).toEqual(['g_5b', 'p_roy']);
    expect(standsInFor('p_roy', '2026-12-01', all)).toEqual([]);
  });
});
