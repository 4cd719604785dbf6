import { describe, expect, it } from 'vitest';
import { childLinksOf, entitled, isAdult, type SchoolRule, type Tie } from '../../../shared/directory/entitled.ts';

const TODAY = '2026-09-15';
const rule: SchoolRule = { tellsLevelTwo: true, siecleKnown: true };
const tie = (link: Partial<Tie['link']> = {}, others: Partial<Pick<Tie, 'guardian' | 'pupil'>> = {}): Tie => ({
  link: { level: 1, origin: 'siecle', ...link },
  guardian: {},
  pupil: { birthDate: '2014-04-02' },
  ...others,
});
const restriction = (from: string, until?: string) => ({
  restriction: { from, ...(until && { until }), setBy: 'p_direction00', setAt: '2026-09-01T08:00:00.000Z' },
});

describe('who may be told of an absence', () => {
  it('tells every guardian of level 1, mother and father alike', () => {
    expect(entitled(tie({ kinship: '10' }), TODAY, rule)).toBe(true);
    expect(entitled(tie({ kinship: '20' }), TODAY, rule)).toBe(true);
  });
  it('tells level 2 unless the school set otherwise', () => {
    expect(entitled(tie({ level: 2 }), TODAY, rule)).toBe(true);
    expect(entitled(tie({ level: 2 }), TODAY, { ...rule, tellsLevelTwo: false })).toBe(false);
    expect(entitled(tie({ level: 1 }), TODAY, { ...rule, tellsLevelTwo: false })).toBe(true);
  });
  it('never tells level 3', () => {
    expect(entitled(tie({ level: 3 }), TODAY, rule)).toBe(false);
  });
  it.each([
    ['before it begins', { from: '2026-09-16' }, false],
    ['on its first day', { from: '2026-09-15' }, true],
    ['on its last day', { until: '2026-09-15' }, true],
    ['the day after it ended', { until: '2026-09-14' }, false],
  ])('follows the dates of the tie: %s', (_, dates, told) => {
    expect(entitled(tie(dates), TODAY, rule)).toBe(told);
  });
  it.each([
    ['without an end', '2026-09-15', undefined, false],
    ['on its last day', '2026-09-01', '2026-09-15', false],
    ['the day after', '2026-09-01', '2026-09-14', true],
    ['before it begins', '2026-09-16', undefined, true],
  ])('tells nobody under a restriction: %s', (_, from, until, told) => {
    expect(entitled(tie(restriction(from, until)), TODAY, rule)).toBe(told);
  });
  it('tells nobody of a pupil who left, nor a guardian who left, from that day on', () => {
    expect(entitled(tie({}, { pupil: { departedOn: TODAY } }), TODAY, rule)).toBe(false);
    expect(entitled(tie({}, { pupil: { departedOn: '2026-09-16' } }), TODAY, rule)).toBe(true);
    expect(entitled(tie({}, { guardian: { departedOn: TODAY } }), TODAY, rule)).toBe(false);
  });
  it('does not take the pupil for their own guardian', () => {
    expect(entitled(tie({ kinship: '70' }), TODAY, rule)).toBe(false);
  });
  it('takes EDT’s rank for a right only where SIECLE was never imported', () => {
    expect(entitled(tie({ origin: 'edt' }), TODAY, { ...rule, siecleKnown: false })).toBe(true);
    expect(entitled(tie({ origin: 'edt' }), TODAY, rule)).toBe(false);
    expect(entitled(tie({ origin: 'manual' }), TODAY, rule)).toBe(true);
  });
  it('tells parents of a pupil of age, unless the pupil refused in writing', () => {
    const birthDate = '2008-09-15';
    expect(entitled(tie({}, { pupil: { birthDate } }), TODAY, rule)).toBe(true);
    expect(entitled(tie({}, { pupil: { birthDate, refusesParents: true } }), TODAY, rule)).toBe(false);
    expect(entitled(tie({}, { pupil: { birthDate: '2008-09-16', refusesParents: true } }), TODAY, rule)).toBe(true);
  });
});

describe('coming of age', () => {
  it('is on the eighteenth birthday', () => {
    expect(isAdult('2008-09-15', TODAY)).toBe(true);
    expect(isAdult('2008-09-16', TODAY)).toBe(false);
    expect(isAdult(undefined, TODAY)).toBe(false);
  });
  it('is on 1 March for who was born on 29 February', () => {
    expect(isAdult('2008-02-29', '2026-02-28')).toBe(false);
    expect(isAdult('2008-02-29', '2026-03-01')).toBe(true);
  });
});

describe('what a card says of a child', () => {
  const link = { pupilId: 'p_lea000000', level: 1 as const };
  it('is the tie’s own days', () => {
    expect(childLinksOf(link, TODAY)).toEqual([{ pupilId: 'p_lea000000', level: 1 }]);
    expect(childLinksOf({ ...link, until: '2026-09-14' }, TODAY)).toEqual([]);
  });
  it('is nothing while a restriction without end lasts', () => {
    expect(childLinksOf({ ...link, ...restriction('2026-09-15') }, TODAY)).toEqual([]);
  });
  it('begins again by itself the day after a dated restriction', () => {
    expect(childLinksOf({ ...link, ...restriction('2026-09-10', '2026-09-30') }, TODAY)).toEqual([{ ...link, from: '2026-10-01' }]);
  });
  it('ends by itself the day before a restriction that is to come', () => {
    expect(childLinksOf({ ...link, ...restriction('2026-10-01', '2026-10-31') }, TODAY)).toEqual([
      { ...link, until: '2026-09-30' },
      { ...link, from: '2026-11-01' },
    ]);
  });
  it('is nothing of a restriction that outlasts the tie', () => {
    expect(childLinksOf({ ...link, until: '2026-10-15', ...restriction('2026-09-01', '2026-10-31') }, TODAY)).toEqual([]);
  });
});
