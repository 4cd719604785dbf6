import { describe, expect, it } from 'vitest';
import { onPupilDayChanged } from '../../../functions/attendance/on-pupil-day-changed.ts';
import { readDirectionDay } from '../../../functions/attendance/read-direction-day.ts';
import { directionDay } from '../../../shared/attendance/direction-routes.ts';
import { aSchool, FRENCH, LEA, NOA, TODAY, UAI } from './a-school.ts';
import { missed } from './an-absence.ts';

const NEXT_WEEK = '2026-09-22';
const read = ({ ports }: ReturnType<typeof aSchool>, date = TODAY) => readDirectionDay({ params: { uai: UAI, date } }, ports);

describe('the day of who directs', () => {
  it('counts pupils and lessons, without what is not called or not held', async () => {
    const school = aSchool();
    await missed(school, [LEA], FRENCH);
    await missed(school, [LEA, NOA]);
    const shown = await read(school);
    // Twice the three of 5e B; at ten sport and Latin have begun as well, arts is not held.
    expect(shown.today).toEqual({ seats: 6, missed: 3, due: 4, done: 2 });
    expect(directionDay.answer.safeParse(shown).success).toBe(true);
    expect(shown).not.toHaveProperty('usual');
  });

  it('sets the same weekday of the weeks before beside it, counted once and kept', async () => {
    const school = aSchool();
    await missed(school, [LEA], FRENCH);
    school.ports.clock.set(`${NEXT_WEEK}T07:00`);
    const first = await read(school, NEXT_WEEK);
    expect(first.usual).toEqual({ attendance: 1 - 1 / 3, rollCalls: 1 / 5, days: 1 });
    const asked = school.ports.ask.asked().length;
    expect(await read(school, NEXT_WEEK)).toEqual(first);
    // Today’s lessons only.
    expect(school.ports.ask.asked().length - asked).toBe(1);
    expect(school.store.items('usualDays')).toMatchObject([{ uai: UAI, rev: 1 }]);
  });

  it('counts the pupils over a threshold whom nobody dealt with', async () => {
    const school = aSchool();
    school.settings.settings.commissionHalfDays = 1;
    await missed(school, [LEA]);
    await onPupilDayChanged(
      { name: 'attendance.pupil-day-changed', payload: { uai: UAI, date: TODAY, pupilId: LEA, revision: 1 } },
      school.ports,
    );
    expect((await read(school)).raised).toBe(1);
  });
});
