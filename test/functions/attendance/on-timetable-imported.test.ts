import { expect, it } from 'vitest';
import { onTimetableImported } from '../../../functions/attendance/on-timetable-imported.ts';
import { addDays } from '../../../shared/kernel/index.ts';
import { aSchool, OTHER_UAI, TODAY, UAI } from './a-school.ts';

const hear = ({ ports }: ReturnType<typeof aSchool>, uai: string) =>
  onTimetableImported({ name: 'directory.timetable-imported', payload: { uai, importId: 'i_00000001', revision: 1 } }, ports);

it('has a school’s roll calls looked after from its first timetable on', async () => {
  const world = aSchool();
  await hear(world, UAI);
  // Of the years before it came there is nothing to erase.
  const chased = { uai: UAI, timeZone: 'Europe/Paris', erasedUntil: '2026-07-31' };
  expect(await world.store.all('chasedSchools', {})).toMatchObject([chased]);
  world.clock.set(`${addDays(TODAY, 400)}T08:00`);
  await hear(world, UAI);
  expect(await world.store.all('chasedSchools', {})).toMatchObject([chased]);
});

it('knows no school that the directory does not know', async () => {
  const world = aSchool();
  await hear(world, OTHER_UAI);
  expect(await world.store.all('chasedSchools', {})).toEqual([]);
});

it('looks anew at a school whose lists or hours changed: an école has no timetable to wait for', async () => {
  const world = aSchool();
  const payload = { uai: UAI, revision: 1 };
  await onTimetableImported({ name: 'directory.people-imported', payload: { ...payload, importId: 'i_00000001' } }, world.ports);
  await world.store.write({ update: 'chasedSchool', key: { uai: UAI }, set: { lookedOn: TODAY, lookMinute: 1440 } });
  await onTimetableImported({ name: 'directory.school-changed', payload }, world.ports);
  const [chased] = await world.store.all('chasedSchools', {});
  expect(chased).toMatchObject({ uai: UAI });
  expect(chased?.lookMinute).toBeUndefined();
});
