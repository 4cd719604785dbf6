import { describe, expect, it } from 'vitest';
import { countDays } from '../../../functions/attendance/count-days.ts';
import { onDayChanged } from '../../../functions/attendance/on-day-changed.ts';
import { onPupilDayChanged } from '../../../functions/attendance/on-pupil-day-changed.ts';
import { onTimetableImported } from '../../../functions/attendance/on-timetable-imported.ts';
import { readFigures } from '../../../functions/attendance/read-figures.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { treatAbsences } from '../../../functions/attendance/treat-absences.ts';
import { pupilDayChanged } from '../../../shared/attendance/events.ts';
import { addDays } from '../../../shared/kernel/index.ts';
import { aSchool, brun, FERRAND, FRENCH, ferrand, LEA, MATHS, NOA, request, TODAY, UAI, VASSEUR } from './a-school.ts';
import { itemOf } from './an-absence.ts';

type World = ReturnType<typeof aSchool>;
const MONTH = TODAY.slice(0, 7);
const TOMORROW = addDays(TODAY, 1);
const YEAR_START = '2026-08-01';

const save = (
  { ports }: World,
  lessonId: string,
  absent: string[] = [],
  { date = TODAY, basedOn = 0, state = 'done' as 'begun' | 'done' } = {},
) =>
  saveRollCall(
    {
      params: { uai: UAI, date, lessonId },
      caller: ferrand,
      ...request({ state, basedOn, marks: absent.map((pupilId) => ({ pupilId, state: 'absent' as const })), added: [], removed: [] }),
    },
    ports,
  );
const hear = ({ ports }: World, pupilId: string, date = TODAY) =>
  onPupilDayChanged({ name: pupilDayChanged.name, payload: { uai: UAI, date, pupilId, revision: 1 } }, ports);
/** Only that Tuesday has lessons. */
const aTuesday = async () => {
  const world = aSchool(`${TODAY}T11:50`);
  for (let date = YEAR_START; date < '2026-10-15'; date = addDays(date, 1)) if (date !== TODAY) world.closed.add(date);
  await onTimetableImported(
    { name: 'directory.timetable-imported', payload: { uai: UAI, importId: 'i_00000001', revision: 1 } },
    world.ports,
  );
  await save(world, FRENCH, [LEA]);
  await hear(world, LEA);
  await save(world, MATHS, [], { state: 'begun' });
  return world;
};
/** Runs as often as it takes to have counted all that is over. */
const counted = async (world: World, at = `${TOMORROW}T01:10`) => {
  world.clock.set(at);
  for (let run = 0; run < 6; run += 1) await countDays(world.ports);
};
const figuresOf = (world: World, span: 'month' | 'year' = 'month') =>
  readFigures({ params: { uai: UAI, month: MONTH }, query: { span } }, world.ports);
const itemsOf = (world: World) => [...world.store.items('countedDay'), ...world.store.items('monthFigures')];

describe('the count of days', () => {
  it('counts a day once it is over: half-days owed and lost, roll calls due and not made', async () => {
    const world = await aTuesday();
    await counted(world, `${TODAY}T23:50`);
    expect(itemsOf(world).filter(({ month }) => month === MONTH)).toMatchObject([{ calls: { due: 0 } }]);
    await counted(world);
    expect(world.store.items('countedDay')).toMatchObject([
      { date: TODAY, classes: [{ label: '5e B', owed: 3 }], calls: { due: 5, untaken: 4 } },
    ]);
    expect(await figuresOf(world)).toMatchObject({
      countedUntil: TODAY,
      total: { owed: 3, lost: 1, withoutReason: 1 },
      weeks: [{ from: '2026-09-14', owed: 3, lost: 1 }],
      weekdays: [{ weekday: 2, owed: 3, lost: 1 }],
      levels: [{ level: '5e', owed: 3, lost: 1 }],
      reasons: [{ lost: 1 }],
      calls: { due: 5, untaken: 4 },
      teachers: [
        { teacherId: FERRAND, familyName: 'Ferrand', due: 4, untaken: 3 },
        { teacherId: VASSEUR, due: 2, untaken: 2 },
      ],
      groups: [
        { groupId: 'g_class5eb', due: 4, untaken: 3 },
        { groupId: 'g_latin001', due: 1, untaken: 1 },
      ],
    });
  });

  it('comes to the same however often and however many at once it runs', async () => {
    const world = await aTuesday();
    await counted(world);
    const once = itemsOf(world).map(({ rev: _, ...item }) => item);
    await world.ports.attendance.write({ update: 'chasedSchool', key: { uai: UAI }, set: { countedUntil: undefined } });
    await Promise.all([counted(world), counted(world)]);
    expect(itemsOf(world).map(({ rev: _, ...item }) => item)).toEqual(once);
  });

  it('reads two lists and nothing else while no day is over and nothing moved', async () => {
    const world = await aTuesday();
    await counted(world);
    world.store.forget();
    const asked = world.ask.asked().length;
    await countDays(world.ports);
    expect(world.store.consumed().map(({ kind }) => kind)).toEqual(['query', 'query']);
    expect(world.ask.asked()).toHaveLength(asked);
  });

  it('goes over a school year in several runs, and over all of it again when half-days are told apart otherwise', async () => {
    const world = await aTuesday();
    world.clock.set(`${TOMORROW}T01:10`);
    await countDays(world.ports);
    expect(world.store.items('chasedSchool')).toMatchObject([{ countedUntil: addDays(YEAR_START, 19) }]);
    await counted(world);
    expect(world.store.items('chasedSchool')).toMatchObject([{ countedUntil: TODAY }]);
    // French at eight is an afternoon from now on, and Tuesday’s afternoon is closed.
    world.settings.settings.halfDaySwitch = 300;
    world.settings.settings.openHalfDays = [{ weekday: 2, half: 'morning' }];
    await counted(world, `${addDays(TOMORROW, 1)}T01:10`);
    expect(await figuresOf(world)).toMatchObject({ total: { owed: 0, lost: 0 }, calls: { due: 5 } });
  });

  it('counts again what moves after the day: a late roll call, a reason, a lesson that was not held', async () => {
    const world = await aTuesday();
    await counted(world);
    expect(world.store.items('dayToCount')).toEqual([]);

    await save(world, MATHS, [], { basedOn: 1 });
    expect(world.store.items('dayToCount')).toMatchObject([{ date: TODAY, rev: 1 }]);
    await countDays(world.ports);
    expect(await figuresOf(world)).toMatchObject({ calls: { due: 5, untaken: 3 }, teachers: [{ untaken: 2 }, { untaken: 1 }] });

    await treatAbsences(
      { params: { uai: UAI }, caller: brun, ...request({ items: [itemOf(world, LEA)], reasonId: 'r_illness', untilSeen: false }) },
      world.ports,
    );
    await hear(world, LEA);
    await countDays(world.ports);
    expect(await figuresOf(world)).toMatchObject({
      total: { lost: 1, withoutReason: 0 },
      reasons: [{ reasonId: 'r_illness', label: 'Maladie', lost: 1 }],
    });

    const at = world.lessons.findIndex(({ lessonId }) => lessonId === FRENCH);
    world.lessons[at] = { ...(world.lessons[at] as (typeof world.lessons)[number]), notHeld: { reason: 'outing' } };
    await onDayChanged({ name: 'timetable.day-changed', payload: { uai: UAI, date: TODAY, target: FRENCH } }, world.ports);
    await hear(world, LEA);
    await countDays(world.ports);
    expect(await figuresOf(world)).toMatchObject({ total: { owed: 3, lost: 0 }, reasons: [], calls: { due: 4, untaken: 3 } });
    expect(world.store.items('dayToCount')).toEqual([]);
  });

  it('leaves a day as it was counted once the timetable is of the next year, and so knows no lesson of it', async () => {
    const world = await aTuesday();
    await counted(world);
    const before = world.store.items('countedDay');
    world.outOfYear.add(TODAY);
    await world.store.write({ put: 'dayToCount', item: { uai: UAI, date: TODAY, rev: 1 } });
    await countDays(world.ports);
    expect(world.store.items('countedDay')).toEqual(before);
    expect(world.store.items('dayToCount')).toEqual([]);
    expect(await figuresOf(world)).toMatchObject({ total: { owed: 3, lost: 1 } });
  });

  it('leaves a day that is not over yet, and was changed, until it is', async () => {
    const world = await aTuesday();
    await counted(world);
    world.closed.delete(TOMORROW);
    world.clock.set(`${TOMORROW}T22:00`);
    await onDayChanged({ name: 'timetable.day-changed', payload: { uai: UAI, date: TOMORROW, target: FRENCH } }, world.ports);
    await countDays(world.ports);
    expect(world.store.items('dayToCount')).toMatchObject([{ date: TOMORROW }]);
    expect(world.store.items('countedDay')).toMatchObject([{ date: TODAY }]);
    await counted(world, `${addDays(TOMORROW, 1)}T01:10`);
    expect(world.store.items('dayToCount')).toEqual([]);
    expect(world.store.items('countedDay')).toMatchObject([{ date: TODAY }, { date: TOMORROW, calls: { due: 5, untaken: 5 } }]);
  });

  it('counts a day again whose facts moved while it was counted', async () => {
    const world = await aTuesday();
    await counted(world);
    await save(world, MATHS, [], { basedOn: 1 });
    const { all } = world.ports.attendance;
    let raced = false;
    const slow: typeof all = async (pattern, params) => {
      const found = await all(pattern, params);
      if (pattern === 'rollCallsOfDay' && !raced) {
        raced = true;
        await save(world, MATHS, [NOA], { basedOn: 2 });
        await hear(world, NOA);
      }
      return found;
    };
    await countDays({ ...world.ports, attendance: { ...world.ports.attendance, all: slow } });
    expect(world.store.items('dayToCount')).toHaveLength(1);
    await countDays(world.ports);
    expect(world.store.items('dayToCount')).toEqual([]);
    expect(await figuresOf(world)).toMatchObject({ total: { lost: 2 } });
  });

  it('begins no school late in a run, and leaves one school’s trouble to itself', async () => {
    const world = await aTuesday();
    world.clock.set(`${TOMORROW}T01:10`);
    let asked = 0;
    const system = () => {
      asked += 1;
      return new Date(Date.parse(`${TODAY}T00:00:00Z`) + asked * 20_000);
    };
    await countDays({ ...world.ports, clock: { ...world.ports.clock, system } });
    expect(world.store.items('countedDay')).toEqual([]);
    const ask = (() => Promise.reject(new Error('no answer'))) as unknown as World['ports']['ask'];
    await expect(countDays({ ...world.ports, ask })).rejects.toThrow('schools that were not counted');
  });
});
