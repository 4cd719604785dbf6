import { expect, it } from 'vitest';
import { onYearErased } from '../../../functions/timetable/on-year-erased.ts';
import type { Write } from '../../../shared/kernel/index.ts';
import { timetable } from '../../../shared/timetable/table.ts';
import { basePorts, memoryStore } from '../../doubles/index.ts';

const uai = '0750001A';
const changes = (date: string, of = uai): Write<typeof timetable, 'put'> => ({
  put: 'changes',
  item: { uai: of, date, notHeld: [], opened: [], rev: 1 },
});

it('erases what differed from the timetable on every day of the year, of no other year and no other school', async () => {
  const store = memoryStore(timetable);
  const others = [changes('2026-07-30'), changes('2027-08-01'), changes('2027-09-02'), changes('2027-01-11', '0690002B')];
  await store.write(...['2026-08-01', '2026-09-15', '2027-02-28', '2027-07-31'].map((date) => changes(date)), ...others);
  const event = { name: 'attendance.year-erased', payload: { uai, until: '2027-07-31' } } as const;
  await onYearErased(event, { ...basePorts(), timetable: store });
  await onYearErased(event, { ...basePorts(), timetable: store });
  expect(store.items().map((item) => 'date' in item && [item.uai, item.date])).toEqual([
    ['0690002B', '2027-01-11'],
    ['0750001A', '2026-07-30'],
    ['0750001A', '2027-08-01'],
    ['0750001A', '2027-09-02'],
  ]);
});
