import { describe, expect, it } from 'vitest';
import { readRegister } from '../../../functions/attendance/read-register.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { aSchool, CANCELLED, FRENCH, ferrand, LATIN_TEN, LEA, NOA, request, SPORT, TODAY, TOM, UAI, ZOE } from './a-school.ts';

type World = ReturnType<typeof aSchool>;
const FIFTH_B = 'g_class5eb';
const read = ({ ports }: World, groupId = FIFTH_B, date = TODAY) => readRegister({ params: { uai: UAI, groupId, date } }, ports);
/** Of each pupil, by lesson of a day. */
const entriesIn = ({ lessons, pupils }: Awaited<ReturnType<typeof read>>, on = TODAY) =>
  Object.fromEntries(
    pupils.map(({ pupilId, entries }) => [
      pupilId,
      Object.fromEntries(
        entries.filter(({ lesson }) => lessons[lesson]?.date === on).map(({ lesson, is }) => [lessons[lesson]?.lessonId, is]),
      ),
    ]),
  );

describe('the register of a class for a week', () => {
  it('has its pupils by name and its six days, whatever day is asked for', async () => {
    const world = aSchool();
    const register = await read(world);
    expect(register.pupils.map(({ pupilId }) => pupilId)).toEqual([LEA, ZOE, NOA]);
    expect([register.label, register.from, register.until, register.days.length]).toEqual([FIFTH_B, '2026-09-14', '2026-09-19', 6]);
    expect(await read(world, FIFTH_B, '2026-09-20')).toEqual(register);
    expect((await read(world, FIFTH_B, '2026-09-21')).from).toBe('2026-09-21');
  });

  it('says what each validated roll call says, and leaves the others open', async () => {
    const world = aSchool();
    const marks = [{ pupilId: NOA, state: 'absent' as const }];
    await saveRollCall(
      {
        params: { uai: UAI, date: TODAY, lessonId: FRENCH },
        caller: ferrand,
        ...request({ state: 'done' as const, basedOn: 0, marks, added: [], removed: [ZOE] }),
      },
      world.ports,
    );
    const entries = entriesIn(await read(world));
    expect(entries[NOA]).toMatchObject({ [FRENCH]: 'absent', [SPORT]: 'open' });
    expect(entries[LEA]).toMatchObject({ [FRENCH]: 'present', [LATIN_TEN]: 'open' });
    expect(entries[ZOE]).not.toHaveProperty(FRENCH);
    expect(entries[NOA]).not.toHaveProperty(LATIN_TEN);
  });

  it('shows a lesson that was not held without an entry, and days that were closed', async () => {
    const world = aSchool();
    world.closed.add('2026-09-16');
    const register = await read(world, 'g_class4ea');
    expect(register.lessons.find(({ lessonId, date }) => lessonId === CANCELLED && date === TODAY)).toMatchObject({ notHeld: 'outing' });
    expect(entriesIn(register)).toEqual({ [TOM]: { [LATIN_TEN]: 'open' } });
    expect(register.lessons.some(({ date }) => date === '2026-09-16')).toBe(false);
    expect(register.days[2]).toEqual({ date: '2026-09-16', schoolDay: false, closedBecause: 'holiday' });
  });

  it('is of a teaching group as well, and of none that the school has not', async () => {
    const world = aSchool();
    expect((await read(world, 'g_latin001')).pupils.map(({ pupilId }) => pupilId)).toEqual([LEA, TOM]);
    await expect(read(world, 'g_unknown1')).rejects.toMatchObject({ code: 'request.not-found' });
  });

  it('keeps who left the class during the week, for the days before', async () => {
    const world = aSchool();
    for (const line of world.lists[FIFTH_B] ?? []) if (line.pupilId === ZOE) line.until = '2026-09-14';
    const register = await read(world);
    expect(register.pupils.map(({ pupilId }) => pupilId)).toContain(ZOE);
    expect(entriesIn(register, '2026-09-14')[ZOE]).toMatchObject({ [FRENCH]: 'open' });
    expect(entriesIn(register)[ZOE]).toEqual({});
  });
});
