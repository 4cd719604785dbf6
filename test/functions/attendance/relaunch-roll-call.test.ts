import { describe, expect, it } from 'vitest';
import { relaunchRollCall } from '../../../functions/attendance/relaunch-roll-call.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { aSchool, BRUN, brun, CANCELLED, callerAt, ferrand, HISTORY, OTHER_UAI, request, SPORT, TODAY, UAI } from './a-school.ts';

const relaunch = ({ ports }: ReturnType<typeof aSchool>, lessonId = SPORT, caller = brun) =>
  relaunchRollCall({ params: { uai: UAI, date: TODAY, lessonId }, query: {}, caller }, ports);

describe('a roll call asked for by school life', () => {
  it('is asked for at once, again after five minutes, and not before', async () => {
    const world = aSchool();
    expect(await relaunch(world)).toEqual({ lessonId: SPORT, at: `${TODAY}T08:05:00.000Z` });
    world.clock.move(5 * 60_000 - 1);
    await expect(relaunch(world)).rejects.toMatchObject({ kind: 'refused', code: 'attendance.reminded-just-now' });
    world.clock.move(1);
    expect(await relaunch(world)).toEqual({ lessonId: SPORT, at: `${TODAY}T08:10:00.000Z` });
    expect(world.store.items('reminder')).toMatchObject([{ revision: 2, sent: [{ by: BRUN }, { by: BRUN }] }]);
  });

  it('is asked for once by two desks at once', async () => {
    const world = aSchool();
    const both = await Promise.allSettled([relaunch(world), relaunch(world)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(world.store.items('reminder')).toMatchObject([{ revision: 1 }]);
  });

  it('is of a lesson that has begun, was held and is not done', async () => {
    const world = aSchool();
    for (const lessonId of [HISTORY, CANCELLED])
      await expect(relaunch(world, lessonId)).rejects.toMatchObject({ code: 'attendance.roll-call-not-due' });
    await saveRollCall(
      {
        params: { uai: UAI, date: TODAY, lessonId: SPORT },
        caller: ferrand,
        ...request({ state: 'done' as const, basedOn: 0, marks: [], added: [], removed: [] }),
      },
      world.ports,
    );
    await expect(relaunch(world)).rejects.toMatchObject({ code: 'attendance.roll-call-not-due' });
    expect(world.store.items('reminder')).toEqual([]);
  });

  it('is of one’s own school, and of a lesson there is', async () => {
    const world = aSchool();
    const stranger = callerAt('staff', 'p_stranger', { uai: OTHER_UAI, duties: ['school-life'] });
    await expect(relaunch(world, SPORT, stranger)).rejects.toMatchObject({ kind: 'missing' });
    await expect(relaunch(world, 'l_nowhere00')).rejects.toMatchObject({ kind: 'missing' });
  });
});
