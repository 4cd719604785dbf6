import { describe, expect, it } from 'vitest';
import { schoolYearOf } from '../../../functions/attendance/school-year.ts';

describe('a school year', () => {
  it('begins in August', () => {
    expect(schoolYearOf('2026-07-31')).toEqual({ from: '2025-08-01', until: '2026-07-31' });
    expect(schoolYearOf('2026-08-01')).toEqual({ from: '2026-08-01', until: '2027-07-31' });
  });
});
