import { describe, expect, it } from 'vitest';
import { holidaysOf } from '../../../functions/timetable/holidays.ts';

const labelOn = (date: string, academy: string | undefined, year = 2026) =>
  holidaysOf(year, academy).find(({ from, until }) => from <= date && date <= until)?.label;

describe('holidays of a school year', () => {
  it('follow the zone of the académie', () => {
    expect(labelOn('2027-02-10', '24')).toBe('Vacances d’hiver');
    expect(labelOn('2027-02-10', '10')).toBeUndefined();
    expect(labelOn('2027-02-15', '10')).toBe('Vacances d’hiver');
    expect(labelOn('2026-10-20', '10')).toBe('Vacances de la Toussaint');
    expect(labelOn('2026-11-02', '10')).toBeUndefined();
  });

  it('hold the public holidays everywhere, and those of Alsace and overseas only there', () => {
    expect(labelOn('2026-11-11', undefined)).toBe('Armistice');
    expect(labelOn('2027-03-29', '28')).toBe('Lundi de Pâques');
    expect(labelOn('2027-03-26', '15')).toBe('Vendredi Saint');
    expect(labelOn('2027-03-26', '10')).toBeUndefined();
    expect(labelOn('2026-12-20', '28')).toBe('Abolition de l’esclavage');
    expect(labelOn('2027-05-27', '31')).toBeUndefined();
    expect(labelOn('2027-05-27', '32')).toBe('Abolition de l’esclavage');
  });

  it('leave school holidays to the school where no zone is known', () => {
    expect(labelOn('2026-10-20', '28')).toBeUndefined();
    expect(labelOn('2026-10-20', '27')).toBeUndefined();
  });
});
