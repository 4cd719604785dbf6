import { describe, expect, it } from 'vitest';
import { chaseRollCalls } from '../../../functions/attendance/chase-roll-calls.ts';
import { onTimetableImported } from '../../../functions/attendance/on-timetable-imported.ts';
import { readBoard } from '../../../functions/attendance/read-board.ts';
import { relaunchRollCall } from '../../../functions/attendance/relaunch-roll-call.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { aSchool, brun, CANCELLED, FERRAND, ferrand, LATIN_TEN, request, SPORT, TODAY, UAI } from './a-school.ts';

const chased = async (at: string) => {
  const world = aSchool(`${TODAY}T${at}`);
  await onTimetableImported(
    { name: 'directory.timetable-imported', payload: { uai: UAI, importId: 'i_00000001', revision: 1 } },
    world.ports,
  );
  world.store.forget();
  return world;
};
type World = Awaited<ReturnType<typeof chased>>;
const reminded = ({ store }: World) =>
  store
    .items('reminder')
    .map(({ lessonId }) => lessonId)
    .sort();
const save = ({ ports }: World, lessonId: string, state: 'begun' | 'done') =>
  saveRollCall(
    { params: { uai: UAI, date: TODAY, lessonId }, caller: ferrand, ...request({ state, basedOn: 0, marks: [], added: [], removed: [] }) },
    ports,
  );

describe('the chase of roll calls', () => {
  it('reminds the teachers of lessons that go on without a validated one, a quarter of an hour after their start', async () => {
    const world = await chased('10:14');
    await chaseRollCalls(world.ports);
    expect(reminded(world)).toEqual([]);
    world.clock.move(60_000);
    await chaseRollCalls(world.ports);
    expect(reminded(world)).toEqual([LATIN_TEN, SPORT].sort());
    expect(reminded(world)).not.toContain(CANCELLED);
    expect(world.store.items('reminder').find(({ lessonId }) => lessonId === SPORT)).toMatchObject({
      teacherIds: [FERRAND],
      revision: 1,
      sent: [{ at: `${TODAY}T08:15:00.000Z` }],
    });
  });

  it('takes one that was begun for missing, and one that is done for done', async () => {
    const world = await chased('10:15');
    await save(world, SPORT, 'begun');
    await chaseRollCalls(world.ports);
    expect(reminded(world)).toContain(SPORT);
    const other = await chased('10:15');
    await save(other, SPORT, 'done');
    await chaseRollCalls(other.ports);
    expect(reminded(other)).toEqual([LATIN_TEN]);
  });

  it('waits as long as the school says', async () => {
    const world = await chased('10:15');
    world.settings.settings.remindAfterMinutes = 20;
    await chaseRollCalls(world.ports);
    expect(reminded(world)).toEqual([]);
    world.clock.move(5 * 60_000);
    await chaseRollCalls(world.ports);
    expect(reminded(world)).toHaveLength(2);
  });

  it('reminds once, however often and however many at once it runs', async () => {
    const world = await chased('10:15');
    await Promise.all([chaseRollCalls(world.ports), chaseRollCalls(world.ports)]);
    const before = world.store.items('reminder');
    expect(before).toHaveLength(2);
    // As if the school had not been looked at.
    await onTimetableImported(
      { name: 'directory.timetable-imported', payload: { uai: UAI, importId: 'i_00000001', revision: 1 } },
      world.ports,
    );
    world.clock.move(5 * 60_000);
    await chaseRollCalls(world.ports);
    expect(world.store.items('reminder')).toEqual(before);
  });

  it('does not ask by itself for what school life has asked for', async () => {
    const world = await chased('10:14');
    await relaunchRollCall({ params: { uai: UAI, date: TODAY, lessonId: SPORT }, query: {}, caller: brun }, world.ports);
    world.clock.move(60_000);
    await chaseRollCalls(world.ports);
    expect(world.store.items('reminder').find(({ lessonId }) => lessonId === SPORT)?.sent).toHaveLength(1);
  });

  it('reads nothing but the list of schools until a lesson falls due, at night and on a day without lessons', async () => {
    const world = await chased('10:15');
    await chaseRollCalls(world.ports);
    const costs = async (at: string) => {
      world.clock.set(at);
      world.store.forget();
      const asked = world.ask.asked().length;
      await chaseRollCalls(world.ports);
      return [world.store.consumed().filter(({ kind }) => kind === 'query').length, world.ask.asked().length - asked];
    };
    expect(await costs(`${TODAY}T10:20`)).toEqual([1, 0]);
    expect(await costs(`${TODAY}T11:15`)).toEqual([2, 1]);
    expect(await costs(`${TODAY}T22:00`)).toEqual([1, 0]);
    world.closed.add('2026-09-16');
    expect(await costs('2026-09-16T10:15')).toEqual([1, 1]);
    expect(await costs('2026-09-16T11:15')).toEqual([1, 0]);
    expect(reminded(world)).toHaveLength(3);
  });

  it('is said on the board, by itself or by hand', async () => {
    const world = await chased('10:15');
    await chaseRollCalls(world.ports);
    const board = () => readBoard({ params: { uai: UAI, date: TODAY }, caller: brun, ...request(undefined) }, world.ports);
    const said = async () => (await board()).rollCalls.find(({ lessonId }) => lessonId === SPORT)?.reminder;
    expect(await said()).toEqual({ at: `${TODAY}T08:15:00.000Z`, automatic: true });
    expect((await board()).rollCalls.filter(({ reminder }) => reminder)).toHaveLength(2);
    world.clock.move(5 * 60_000);
    await relaunchRollCall({ params: { uai: UAI, date: TODAY, lessonId: SPORT }, query: {}, caller: brun }, world.ports);
    expect(await said()).toEqual({ at: `${TODAY}T08:20:00.000Z`, automatic: false });
  });
});
