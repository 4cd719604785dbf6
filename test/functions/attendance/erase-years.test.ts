import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDays } from '../../../functions/attendance/count-days.ts';
import { eraseYears } from '../../../functions/attendance/erase-years.ts';
import { followDay } from '../../../functions/attendance/follow-day.ts';
import { proofKey } from '../../../functions/attendance/given-answer.ts';
import { onPupilDayChanged } from '../../../functions/attendance/on-pupil-day-changed.ts';
import { pupilDayChanged } from '../../../shared/attendance/events.ts';
import { eventsOf } from '../../../shared/attendance/events-of.ts';
import { addDays, daysBetween } from '../../../shared/kernel/index.ts';
import { aSchool, LEA, TOM, UAI, ZOE } from './a-school.ts';
import { aDayOfAll, ofYear } from './a-year.ts';

type World = ReturnType<typeof aSchool>;
const FIRST = '2026-08-01';
const LAST = '2027-07-31';
const A_DAY = '2026-09-15';

/** Looked after since the year began; nothing of a year before is there. */
const looked = ({ store }: World, erasedUntil = addDays(FIRST, -1)) =>
  store.write({ put: 'chasedSchool', item: { uai: UAI, timeZone: 'Europe/Paris', erasedUntil } });
const left = ({ store }: World) => store.items().filter(({ entity }) => (ofYear as string[]).includes(entity));
const erasedUntil = ({ store }: World) => store.items('chasedSchool')[0]?.erasedUntil;

/** The register of every year is in the archive. */
const purge = (ports: Parameters<typeof eraseYears>[0]) => eraseYears(ports, async () => true);

const aYear = async (...dates: string[]): Promise<World> => {
  const world = aSchool();
  await looked(world);
  for (const date of dates.sort()) await aDayOfAll(world, date);
  return world;
};

describe('the summer purge', () => {
  it('leaves everything there until the school year is over, and then nothing: in the table, its indexes and the files', async () => {
    const world = await aYear(A_DAY, '2027-01-11', LAST);
    const before = left(world);
    expect(new Set(before.map(({ entity }) => entity))).toEqual(new Set(ofYear));
    world.clock.set('2027-08-30T12:00');
    await purge(world.ports);
    world.clock.set('2027-09-01T00:30');
    await purge(world.ports);
    expect(left(world)).toEqual(before);
    expect(world.proofsFiles.files.size).toBe(6);

    world.clock.set('2027-09-01T08:00');
    await purge(world.ports);
    expect(left(world)).toEqual([]);
    expect(world.store.items('dayToCount')).toEqual([]);
    expect(world.proofsFiles.files.size).toBe(0);
    for (const index of [
      world.store.all('daysOfPupil', { uai: UAI, pupilId: LEA, from: FIRST, until: LAST }),
      world.store.all('remarksOfPupil', { uai: UAI, pupilId: LEA, from: FIRST, before: LAST }),
      world.store.all('untreated', { uai: UAI }),
      world.store.all('daysToCount', {}),
    ])
      expect(await index).toEqual([]);
    expect(erasedUntil(world)).toBe(LAST);
  });

  it('waits while the register is not in the archive, and goes on once it is', async () => {
    const world = await aYear(A_DAY);
    const before = left(world);
    world.clock.set('2027-10-01T08:00');
    await eraseYears(world.ports);
    expect(left(world)).toEqual(before);
    expect(erasedUntil(world)).toBe(addDays(FIRST, -1));
    await purge(world.ports);
    expect(left(world)).toEqual([]);
  });

  it('waits for nothing at a school that had no lesson: of what families announced there is no register', async () => {
    const world = await aYear(A_DAY);
    await world.store.write({ delete: 'countedDay', key: { uai: UAI, month: '2026-09', date: A_DAY } });
    world.clock.set('2027-09-01T08:00');
    await eraseYears(world.ports);
    expect(left(world)).toEqual([]);
  });

  it('asks for each year by itself: one that waits holds back the next', async () => {
    const world = await aYear(A_DAY, '2027-11-15');
    world.clock.set('2028-09-01T08:00');
    const asked: string[] = [];
    const only = (from: string) => async (_: string, year: { from: string }) => {
      asked.push(year.from);
      return year.from === from;
    };
    await eraseYears(world.ports, only('2027-08-01'));
    expect(left(world).length).toBeGreaterThan(ofYear.length);
    await eraseYears(world.ports, only(FIRST));
    expect(erasedUntil(world)).toBe(LAST);
    expect(asked).toEqual([FIRST, FIRST, '2027-08-01']);
    await purge(world.ports);
    expect(left(world)).toEqual([]);
  });

  it('follows the school’s own clock', async () => {
    const world = await aYear(A_DAY);
    await world.store.write({ update: 'chasedSchool', key: { uai: UAI }, set: { timeZone: 'Indian/Reunion' } });
    world.clock.set('2027-08-31T22:30:00.000Z');
    await purge(world.ports);
    expect(left(world)).toEqual([]);
  });

  it('begins no day late in a run, and goes on where it was', async () => {
    const world = await aYear(A_DAY, '2027-06-01');
    world.clock.set('2027-09-01T08:00');
    const { clock } = world.ports;
    let asked = 0;
    const slow = { ...world.ports, clock: { ...clock, system: () => new Date(clock.system().getTime() + 100 * ++asked) } };
    await purge(slow);
    const reached = erasedUntil(world) as string;
    expect(daysBetween(FIRST, reached)).toBeGreaterThan(100);
    expect(reached < '2027-06-01').toBe(true);
    expect(left(world).length).toBeGreaterThan(0);
    while (erasedUntil(world) !== LAST) await purge(slow);
    expect(left(world)).toEqual([]);
  });

  it('leaves nothing behind wherever it breaks off, and touches nothing of the new year', async () => {
    const build = async () => {
      const world = aSchool();
      await looked(world, '2027-07-29');
      for (const pupilId of [LEA, TOM]) await aDayOfAll(world, '2027-07-30', pupilId);
      await aDayOfAll(world, '2027-08-20', ZOE);
      world.clock.set('2027-09-01T08:00');
      return world;
    };
    const whole = await build();
    await purge(whole.ports);
    const kept = whole.store.items();
    expect(left(whole).length).toBe(ofYear.length);

    for (let at = 1; ; at += 1) {
      const world = await build();
      let calls = 0;
      const breaking = <P extends object>(port: P): P =>
        new Proxy(port, {
          get: (target, name) => {
            const act = Reflect.get(target, name);
            if (typeof act !== 'function') return act;
            return async (...args: unknown[]) => {
              if (++calls === at) throw new Error('broke off');
              const done = await act.apply(target, args);
              if (++calls === at) throw new Error('broke off, once it was done');
              return done;
            };
          },
        });
      const ports = { ...world.ports, attendance: breaking(world.store), proofsFiles: breaking(world.proofsFiles) };
      const broke = await purge(ports).then(
        () => false,
        () => true,
      );
      await purge(world.ports);
      expect(world.store.items(), `broken off at ${at}`).toEqual(kept);
      expect([...world.proofsFiles.files.keys()]).toEqual(
        ['w_received', 'w_awaited0'].map((answerId) => proofKey({ uai: UAI, date: '2027-08-20', pupilId: ZOE }, answerId)),
      );
      if (!broke) {
        expect(at).toBeGreaterThan(50);
        break;
      }
    }
  });

  it('erases every day of an ended year and none of the next, whichever they are', async () => {
    const date = fc.integer({ min: 0, max: 760 }).map((days) => addDays(FIRST, days));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(date, { minLength: 1, maxLength: 6 }), async (dates) => {
        const [ended, next] = [await aYear(...dates), await aYear(...dates.filter((one) => one > LAST))];
        ended.clock.set('2027-12-24T08:00');
        await purge(ended.ports);
        expect(left(ended)).toEqual(left(next));
        expect([...ended.proofsFiles.files.keys()].sort()).toEqual([...next.proofsFiles.files.keys()].sort());
      }),
      { numRuns: 15 },
    );
  });

  it('tells of nothing but the year’s end, and nothing that is heard or counted late brings a day back', async () => {
    const world = await aYear(A_DAY);
    world.clock.set('2027-09-01T08:00');
    world.store.forget();
    await purge(world.ports);
    expect(world.store.changes().flatMap(eventsOf)).toEqual([{ name: 'attendance.year-erased', payload: { uai: UAI, until: LAST } }]);
    const after = left(world);
    await onPupilDayChanged({ name: pupilDayChanged.name, payload: { uai: UAI, date: A_DAY, pupilId: LEA, revision: 1 } }, world.ports);
    await followDay({ uai: UAI, date: A_DAY }, world.ports);
    await world.store.write({ put: 'dayToCount', item: { uai: UAI, date: A_DAY, rev: 1 } });
    await countDays(world.ports);
    expect(world.store.items('dayToCount')).toEqual([]);
    expect(left(world).filter((item) => 'date' in item && item.date <= LAST)).toEqual(after);
    expect(world.store.items('monthFigures').filter(({ month }) => month <= '2027-07')).toEqual([]);
  });
});
