import { describe, expect, it } from 'vitest';
import { cellOf, type SchoolFigures, sorted, totalOf, toWatch } from '#lib/authority/overview.ts';

type Counts = Partial<SchoolFigures['loaded']>;
const school = (
  name: string,
  loaded: Counts,
  activated: Counts,
  lastImportAt: string | undefined = '2026-11-01T07:00:00.000Z',
): SchoolFigures => ({
  uai: `09900${name.length}0A`,
  name,
  ...(lastImportAt && { lastImportAt }),
  loaded: { pupil: 0, guardian: 0, teacher: 0, staff: 0, ...loaded },
  activated: { pupil: 0, guardian: 0, teacher: 0, staff: 0, ...activated },
});

describe('a count under ten', () => {
  it('of pupils or guardians is hidden, with the share that would give it away', () => {
    expect(cellOf(school('A', { guardian: 640 }, { guardian: 9 }), 'guardian')).toEqual({ opened: 'few', loaded: 640, share: undefined });
    expect(cellOf(school('A', { pupil: 8 }, { pupil: 0 }), 'pupil')).toEqual({ opened: 'few', loaded: 'few', share: undefined });
  });
  it('is shown from ten on, and zero points at nobody', () => {
    expect(cellOf(school('A', { guardian: 640 }, { guardian: 10 }), 'guardian')).toEqual({ opened: 10, loaded: 640, share: 10 / 640 });
    expect(cellOf(school('A', { pupil: 300 }, {}), 'pupil')).toEqual({ opened: 0, loaded: 300, share: 0 });
  });
  it('of teachers is no secret of a child', () => {
    expect(cellOf(school('A', { teacher: 8 }, { teacher: 4 }), 'teacher')).toEqual({ opened: 4, loaded: 8, share: 0.5 });
  });
  it('is not in a total, from which it would be found by subtraction', () => {
    const schools = [school('A', { guardian: 100 }, { guardian: 60 }), school('B', { guardian: 100 }, { guardian: 9 })];
    expect(totalOf(schools, 'guardian')).toEqual({ opened: 60, loaded: 100, share: 0.6 });
  });
  it('has no share of nobody', () => {
    expect(totalOf([], 'pupil')).toEqual({ opened: 0, loaded: 0, share: undefined });
  });
});

describe('what an authority looks at', () => {
  const good = school('Bon', { guardian: 100 }, { guardian: 50 });
  const low = school('Bas', { guardian: 100 }, { guardian: 40 });
  const lower = school('Plus bas', { guardian: 100 }, { guardian: 20 });
  const few = school('Presque rien', { guardian: 100 }, { guardian: 3 });
  const never = { ...school('Sans fichiers', {}, {}) };
  delete never.lastImportAt;
  it('is schools without files, then those whose families are furthest from reached', () => {
    expect(toWatch([good, low, few, never, lower]).map(({ school: { name }, why }) => `${name}: ${why}`)).toEqual([
      'Sans fichiers: import',
      'Presque rien: few',
      'Plus bas: low',
      'Bas: low',
    ]);
  });
  it('says how many are left', () => {
    expect(toWatch([low])).toEqual([{ school: low, why: 'low', share: 0.4, left: 60 }]);
  });
  it('is nothing when each school is well', () => {
    expect(toWatch([good])).toEqual([]);
  });
  it('is not a school so small that few may be most of it', () => {
    expect(toWatch([school('Petite', { guardian: 14 }, { guardian: 9 })])).toEqual([]);
  });
});

describe('the order of the table', () => {
  const a = school('Acacias', { guardian: 100 }, { guardian: 30 }, '2026-11-02T07:00:00.000Z');
  const b = school('École', { guardian: 100 }, { guardian: 90 }, '2026-11-03T07:00:00.000Z');
  const hidden = school('Zola', { guardian: 100 }, { guardian: 5 }, '2026-11-01T07:00:00.000Z');
  const names = (by: Parameters<typeof sorted>[1]) => sorted([hidden, a, b], by, new Intl.Collator('fr').compare).map(({ name }) => name);
  it('is by name, by share, or by the latest import', () => {
    expect(names('school')).toEqual(['Acacias', 'École', 'Zola']);
    expect(names('guardian')).toEqual(['École', 'Acacias', 'Zola']);
    expect(names('import')).toEqual(['École', 'Acacias', 'Zola']);
  });
});
