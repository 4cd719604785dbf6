import { describe, expect, it } from 'vitest';
import { openFrom, schoolYearOf } from '../../../shared/timetable/school-year.ts';

describe('a school year', () => {
  it('begins in August', () => {
    expect(schoolYearOf('2026-07-31')).toEqual({ from: '2025-08-01', until: '2026-07-31' });
    expect(schoolYearOf('2026-08-01')).toEqual({ from: '2026-08-01', until: '2027-07-31' });
  });

  it('may be written of until 31 August, and no more from September on', () => {
    for (const today of ['2027-07-31', '2027-08-01', '2027-08-31']) expect(openFrom(today)).toBe('2026-08-01');
    for (const today of ['2027-09-01', '2028-01-15', '2028-08-31']) expect(openFrom(today)).toBe('2027-08-01');
  });

  it('ends with the import of the next one, today never, and a file of a wrong year ends none', () => {
    expect(openFrom('2027-08-24', 2027)).toBe('2027-08-01');
    expect(openFrom('2027-07-05', 2027)).toBe('2027-07-05');
    expect(openFrom('2027-05-31', 2027)).toBe('2026-08-01');
    expect(openFrom('2026-11-26', 2027)).toBe('2026-08-01');
    expect(openFrom('2027-08-24', 2026)).toBe('2026-08-01');
    expect(openFrom('2027-09-24', 2026)).toBe('2027-08-01');
  });
});
