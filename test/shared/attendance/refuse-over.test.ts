import { expect, it } from 'vitest';
import { refuseOver } from '../../../shared/attendance/refuse-over.ts';

it('refuses what is of a day before the running school year, by one code', () => {
  const telling = { openFrom: '2027-08-01' };
  expect(() => refuseOver('2027-07-31', telling)).toThrow(expect.objectContaining({ kind: 'refused', code: 'attendance.year-over' }));
  expect(() => refuseOver('2027-08-01', telling)).not.toThrow();
});
