import { expect, it } from 'vitest';
import { officeDay } from '../../../functions/runtime/office-day.ts';
import { local } from '../../../shared/kernel/index.ts';

it('reckons the day in Paris as the time zone database does, at every hour of ten years', () => {
  const differing: string[] = [];
  for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2034, 0, 1); at += 3_600_000) {
    const date = new Date(at);
    // Only the hours about midnight can differ.
    if (date.getUTCHours() < 21) continue;
    if (officeDay(date) !== local(date, 'Europe/Paris').date) differing.push(date.toISOString());
  }
  expect(differing).toEqual([]);
});
