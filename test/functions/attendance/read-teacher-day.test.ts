import { describe, expect, it } from 'vitest';
import { readTeacherDay } from '../../../functions/attendance/read-teacher-day.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { aSchool, CANCELLED, FRENCH, ferrand, HISTORY, LATIN_TEN, MATHS, request, SPORT, TODAY, UAI, vasseur } from './a-school.ts';

const read = ({ ports }: ReturnType<typeof aSchool>, caller = ferrand, date = TODAY) =>
  readTeacherDay({ params: { uai: UAI, date }, caller, ...request(undefined) }, ports);
const save = ({ ports }: ReturnType<typeof aSchool>, lessonId: string, state: 'begun' | 'done') =>
  saveRollCall(
    { params: { uai: UAI, date: TODAY, lessonId }, caller: ferrand, ...request({ state, basedOn: 0, marks: [], added: [], removed: [] }) },
    ports,
  );

describe('a teacher’s day', () => {
  it('has their lessons alone, and those not sent of what has begun and was held', async () => {
    const world = aSchool();
    await save(world, FRENCH, 'done');
    await save(world, MATHS, 'begun');
    world.store.forget();
    const { lessons } = await read(world);
    expect(lessons.map(({ lessonId, state, unsent }) => [lessonId, state, unsent])).toEqual([
      [FRENCH, 'done', false],
      [MATHS, 'begun', true],
      [SPORT, 'todo', true],
      [CANCELLED, 'todo', false],
      [HISTORY, 'todo', false],
    ]);
    expect(world.store.consumed()).toHaveLength(1);
  });

  it('shows a co-teacher the roll call the other one took', async () => {
    const world = aSchool();
    await save(world, MATHS, 'done');
    expect((await read(world, vasseur)).lessons).toMatchObject([
      { lessonId: MATHS, state: 'done', unsent: false },
      { lessonId: LATIN_TEN, state: 'todo' },
    ]);
  });

  it('says why there is no lesson', async () => {
    const world = aSchool();
    world.closed.add(TODAY);
    expect(await read(world)).toMatchObject({ schoolDay: false, closedBecause: 'holiday', lessons: [] });
  });
});
