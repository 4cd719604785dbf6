import { describe, expect, it } from 'vitest';
import { eraseYears } from '../../../functions/attendance/erase-years.ts';
import { readErasure } from '../../../functions/attendance/read-erasure.ts';
import { aSchool, TODAY, UAI } from './a-school.ts';
import { aDayOfAll } from './a-year.ts';

const ENDED = { from: '2026-08-01', until: '2027-07-31' };

describe('how far erasing has come', () => {
  const aYear = async () => {
    const world = aSchool();
    const read = (at: string) => {
      world.clock.set(at);
      return readErasure({ params: { uai: UAI } }, world.ports);
    };
    await world.store.write({ put: 'chasedSchool', item: { uai: UAI, timeZone: 'Europe/Paris', erasedUntil: '2026-07-31' } });
    await aDayOfAll(world, TODAY);
    return { world, read };
  };

  it('says until September when the running year is erased, whatever was imported', async () => {
    const { world, read } = await aYear();
    const running = { running: { ...ENDED, erasedFrom: '2027-09-01' }, ended: [] };
    expect(await read(`${TODAY}T10:05`)).toEqual(running);
    world.settings.year = 2027;
    expect(await read('2027-08-31T23:59')).toEqual(running);
  });

  it('says of an ended year that it waits for the archive, then how far it is gone, and then nothing', async () => {
    const { world, read } = await aYear();
    const now = '2027-09-01T10:05';
    expect(await read(now)).toEqual({
      running: { from: '2027-08-01', until: '2028-07-31', erasedFrom: '2028-09-01' },
      ended: [{ ...ENDED, state: 'waiting' }],
    });
    await world.store.write({ update: 'chasedSchool', key: { uai: UAI }, set: { erasedUntil: '2026-12-31' } });
    expect(await read(now)).toMatchObject({ ended: [{ state: 'going', erasedUntil: '2026-12-31' }] });
    await eraseYears(world.ports, async () => true);
    expect(await read(now)).toMatchObject({ ended: [] });
  });

  it('counts each year that waits, the oldest first', async () => {
    const { read } = await aYear();
    expect((await read('2028-10-01T10:05')).ended).toEqual([
      { ...ENDED, state: 'waiting' },
      { from: '2027-08-01', until: '2028-07-31', state: 'going' },
    ]);
  });

  it('says nothing of ended years before the first timetable', async () => {
    expect((await readErasure({ params: { uai: UAI } }, aSchool().ports)).ended).toEqual([]);
  });
});
