import { describe, expect, it } from 'vitest';
import type { Counting } from '../../../shared/attendance/half-days.ts';
import { emptyDay, type Observation, type PupilDay } from '../../../shared/attendance/pupil-day.ts';
import { registerLines } from '../../../shared/attendance/register-line.ts';

const UAI = '0750001A';
const LEA = 'p_lea00001';
const MONDAY = '2026-11-23';
const AT = '2026-11-23T18:00:00.000Z';
const COUNTING: Counting = {
  halfDaySwitch: 750,
  openHalfDays: [1, 2, 3, 4, 5].flatMap((weekday) => (['morning', 'afternoon'] as const).map((half) => ({ weekday, half }))),
};
const seen = (startMinute: number, state: Observation['state'], minutes?: number, endMinute = startMinute + 55): Observation => ({
  lessonId: `l_start${String(startMinute).padStart(4, '0')}`,
  startMinute,
  endMinute,
  subject: 'Maths',
  state,
  ...(minutes !== undefined && { minutes }),
  by: 'p_teacher1',
  at: AT,
});
const day = (observations: Observation[], more: Partial<PupilDay> = {}, date = MONDAY): PupilDay => ({
  ...emptyDay(UAI, date, LEA, '5e B'),
  observations,
  ...more,
});
const said = (one: PupilDay) =>
  registerLines([one], COUNTING)[0]?.lessons.map(({ is, minutes }) => [is, ...(minutes === undefined ? [] : [minutes])]);

describe('a pupil’s lines of the register', () => {
  it('say what each lesson found, and the half-days that count', () => {
    const [line] = registerLines([day([seen(480, 'absent'), seen(540, 'late', 7), seen(840, 'absent'), seen(900, 'present')])], COUNTING);
    expect(line).toMatchObject({ date: MONDAY, pupilId: LEA, halfDays: ['morning', 'afternoon'] });
    expect(line?.lessons).toEqual([
      { lessonId: 'l_start0480', startMinute: 480, endMinute: 535, subject: 'Maths', is: 'absent' },
      { lessonId: 'l_start0540', startMinute: 540, endMinute: 595, subject: 'Maths', is: 'late', minutes: 7 },
      { lessonId: 'l_start0840', startMinute: 840, endMinute: 895, subject: 'Maths', is: 'absent' },
    ]);
  });

  it('are none of a day of plain presence, nor of what was corrected or not held', () => {
    expect(registerLines([day([seen(480, 'present')])], COUNTING)).toEqual([]);
    expect(registerLines([day([seen(480, 'absent'), seen(480, 'present'), seen(540, 'absent'), seen(540, 'not-held')])], COUNTING)).toEqual(
      [],
    );
  });

  it('keep apart what was excused, exempted, under the school’s responsibility, and what nobody has checked', () => {
    expect(said(day([seen(480, 'excused'), seen(540, 'exempt'), seen(600, 'elsewhere')]))).toEqual([
      ['excused'],
      ['exempt'],
      ['elsewhere'],
    ]);
    const stay = { stayId: 's_00000001', place: 'infirmary', fromMinute: 470, by: 'p_agent001', at: AT, ends: [] } as never;
    expect(said(day([seen(480, 'absent')], { stays: [stay] }))).toEqual([['elsewhere']]);
    expect(said(day([seen(480, 'absent', undefined, 600), seen(540, 'present')]))).toEqual([['to-check']]);
  });

  it('say late of who came while the lesson went on', () => {
    const arrived = { movementId: 'm_00000001', kind: 'arrived', minute: 500, by: 'p_agent001', byDoor: 'staff', at: AT } as const;
    expect(said(day([seen(480, 'absent')], { movements: [arrived] }))).toEqual([['late', 20]]);
  });

  it('come by date, and hold no reason, proof or author', () => {
    const days = [day([seen(480, 'absent')], {}, '2026-11-24'), day([seen(480, 'absent')])];
    const lines = registerLines(days, COUNTING);
    expect(lines.map(({ date }) => date)).toEqual([MONDAY, '2026-11-24']);
    expect(JSON.stringify(lines)).not.toMatch(/p_teacher1|reason|proof/);
  });
});
