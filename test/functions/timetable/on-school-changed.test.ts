import { describe, expect, it } from 'vitest';
import { onSchoolChanged } from '../../../functions/timetable/on-school-changed.ts';
import { school } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import { timetable } from '../../../shared/timetable/table.ts';
import { answered, askDouble, basePorts, memoryStore } from '../../doubles/index.ts';

const uai = '0750001A';
const event = { name: 'directory.school-changed', payload: { uai, revision: 2 } } as const;

const system = (rev: number, graceMinutes: number) => {
  const store = memoryStore(timetable);
  const ask = askDouble(answered(school, () => School.parse({ uai, name: 'Les Tilleuls', settings: { graceMinutes }, rev })));
  return { store, run: () => onSchoolChanged(event, { ...basePorts(), timetable: store, ask }) };
};
const calendar = { uai, firstMonday: '2026-08-31', from: '2026-09-01', until: '2027-07-02', holidays: [], schoolRev: 4 };

describe('a school’s new settings', () => {
  it('are kept beside its calendar', async () => {
    const { store, run } = system(5, 3);
    await store.write({ put: 'calendar', item: calendar });
    await run();
    expect(await store.get('calendar', { uai })).toMatchObject({ school: { settings: { graceMinutes: 3 } }, schoolRev: 5, rev: 1 });
  });

  it('never replace newer ones, nor wait for a timetable that is not there', async () => {
    const { store, run } = system(4, 3);
    await run();
    expect(store.items()).toEqual([]);
    await store.write({ put: 'calendar', item: calendar });
    await run();
    expect(await store.get('calendar', { uai })).not.toHaveProperty('school');
  });
});
