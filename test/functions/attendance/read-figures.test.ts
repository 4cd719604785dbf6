import { describe, expect, it } from 'vitest';
import { figuresCsv } from '../../../functions/attendance/figures-csv.ts';
import { readFigures } from '../../../functions/attendance/read-figures.ts';
import type { FigureTable } from '../../../shared/attendance/figure-routes.ts';
import type { MonthFigures } from '../../../shared/attendance/month-figures.ts';
import { aSchool, FERRAND, UAI, VASSEUR } from './a-school.ts';

const SEPTEMBER: MonthFigures = {
  uai: UAI,
  month: '2026-09',
  rev: 1,
  days: [
    { date: '2026-09-14', owed: 60, lost: 6 },
    { date: '2026-09-15', owed: 40, lost: 2 },
    { date: '2026-09-21', owed: 100, lost: 4 },
  ],
  classes: [
    { label: '5e B', owed: 80, lost: 7, withoutReason: 3 },
    { label: '6e A', owed: 90, lost: 4, withoutReason: 0 },
    { label: 'ULIS', owed: 20, lost: 1, withoutReason: 1 },
    { label: '5e A', owed: 10, lost: 0, withoutReason: 0 },
  ],
  reasons: [{ lost: 3 }, { reasonId: 'r_illness', lost: 8 }, { reasonId: 'r_gone0000', lost: 1 }],
  calls: { due: 30, untaken: 3 },
  teachers: [
    { teacherId: VASSEUR, due: 10, untaken: 0 },
    { teacherId: FERRAND, due: 20, untaken: 3 },
  ],
  groups: [
    { groupId: 'g_class5eb', label: '=HYPERLINK("x")', due: 12, untaken: 3 },
    { groupId: 'g_class6ea', label: '6e A', due: 18, untaken: 0 },
  ],
};
const OCTOBER: MonthFigures = {
  ...SEPTEMBER,
  month: '2026-10',
  days: [{ date: '2026-10-05', owed: 50, lost: 5 }],
  classes: [{ label: '5e B', owed: 50, lost: 5, withoutReason: 5 }],
  reasons: [{ lost: 5 }],
  calls: { due: 10, untaken: 2 },
  teachers: [{ teacherId: VASSEUR, due: 10, untaken: 2 }],
  groups: [{ groupId: 'g_class5eb', label: '5e B', due: 10, untaken: 2 }],
};

const aYear = async () => {
  const world = aSchool('2026-10-06T10:00');
  for (const item of [SEPTEMBER, OCTOBER, { ...OCTOBER, month: '2026-07' }]) await world.store.write({ put: 'monthFigures', item });
  await world.store.write({
    update: 'chasedSchool',
    key: { uai: UAI },
    set: { uai: UAI, timeZone: 'Europe/Paris', countedUntil: '2026-10-05' },
  });
  world.store.forget();
  return world;
};
type World = Awaited<ReturnType<typeof aYear>>;
const read = ({ ports }: World, month: string, span: 'month' | 'year' = 'month') =>
  readFigures({ params: { uai: UAI, month }, query: { span } }, ports);

describe('a school’s figures', () => {
  it('of a month are by week, weekday, level, class and reason, classes in the order of schooling', async () => {
    expect(await read(await aYear(), '2026-09')).toEqual({
      month: '2026-09',
      span: 'month',
      now: '2026-10-06T08:00:00.000Z',
      timeZone: 'Europe/Paris',
      countedUntil: '2026-10-05',
      total: { owed: 200, lost: 12, withoutReason: 4 },
      weeks: [
        { from: '2026-09-14', owed: 100, lost: 8 },
        { from: '2026-09-21', owed: 100, lost: 4 },
      ],
      weekdays: [
        { weekday: 1, owed: 160, lost: 10 },
        { weekday: 2, owed: 40, lost: 2 },
      ],
      classes: [
        { label: '6e A', level: '6e', owed: 90, lost: 4, withoutReason: 0 },
        { label: '5e A', level: '5e', owed: 10, lost: 0, withoutReason: 0 },
        { label: '5e B', level: '5e', owed: 80, lost: 7, withoutReason: 3 },
        { label: 'ULIS', owed: 20, lost: 1, withoutReason: 1 },
      ],
      levels: [
        { level: '6e', owed: 90, lost: 4, withoutReason: 0 },
        { level: '5e', owed: 90, lost: 7, withoutReason: 3 },
        { owed: 20, lost: 1, withoutReason: 1 },
      ],
      reasons: [{ reasonId: 'r_illness', label: 'Maladie', lost: 8 }, { lost: 3 }, { reasonId: 'r_gone0000', lost: 1 }],
      calls: { due: 30, untaken: 3 },
      teachers: [{ teacherId: FERRAND, familyName: 'Ferrand', givenName: 'Luc', civility: 'M.', due: 20, untaken: 3 }],
      groups: [{ groupId: 'g_class5eb', label: '=HYPERLINK("x")', due: 12, untaken: 3 }],
    });
  });

  it('of a month have the weeks that lead to it, of the same school year', async () => {
    const { weeks, total } = await read(await aYear(), '2026-10');
    expect(weeks.map(({ from }) => from)).toEqual(['2026-09-14', '2026-09-21', '2026-10-05']);
    expect(total).toEqual({ owed: 50, lost: 5, withoutReason: 5 });
  });

  it('of a year are those of its months, each teacher and class once', async () => {
    const { total, classes, teachers, groups, calls, reasons } = await read(await aYear(), '2026-10', 'year');
    expect(total).toEqual({ owed: 250, lost: 17, withoutReason: 9 });
    expect(classes.find(({ label }) => label === '5e B')).toMatchObject({ owed: 130, lost: 12, withoutReason: 8 });
    expect(reasons).toContainEqual({ reasonId: 'r_illness', label: 'Maladie', lost: 8 });
    expect(reasons).toContainEqual({ lost: 8 });
    expect(calls).toEqual({ due: 40, untaken: 5 });
    expect(teachers).toMatchObject([
      { teacherId: FERRAND, due: 20, untaken: 3 },
      { teacherId: VASSEUR, due: 20, untaken: 2 },
    ]);
    expect(groups).toEqual([{ groupId: 'g_class5eb', label: '5e B', due: 22, untaken: 5 }]);
  });

  it('are nothing where nothing is counted', async () => {
    expect(await read({ ...(await aYear()), ...aSchool() }, '2026-09')).toMatchObject({
      total: { owed: 0 },
      weeks: [],
      classes: [],
      teachers: [],
    });
  });

  it('cost one item a month, however many pupils missed anything', async () => {
    const cost = async (pupils: number) => {
      const world = await aYear();
      for (let n = 0; n < pupils; n += 1)
        await world.store.write({
          put: 'pupilMonth',
          item: { uai: UAI, month: '2026-10', pupilId: `p_many${String(n).padStart(4, '0')}`, days: [], alerts: [], revision: 1 },
        });
      world.store.forget();
      await read(world, '2026-10', 'year');
      return world.store.consumed().map(({ kind, readUnits }) => [kind, readUnits]);
    };
    expect(await cost(300)).toEqual(await cost(0));
  });
});

describe('a table of figures for a spreadsheet', () => {
  const csv = async (table: FigureTable, language: 'fr' | 'en' = 'fr') => {
    const world = await aYear();
    const { body } = await figuresCsv({ params: { uai: UAI, month: '2026-09' }, query: { span: 'month', table, language } }, world.ports);
    return String(body).replace('\uFEFF', '').trimEnd().split('\r\n');
  };

  it('writes rates as its language does', async () => {
    expect(await csv('classes')).toEqual([
      'classe;niveau;demi-journées dues;demi-journées manquées;taux (%);sans motif recevable',
      '6e A;6e;90;4;4,44;0',
      '5e A;5e;10;0;0,00;0',
      '5e B;5e;80;7;8,75;3',
      'ULIS;;20;1;5,00;1',
    ]);
    expect((await csv('weekdays', 'en')).slice(0, 2)).toEqual(['day;half-days due;half-days missed;rate (%)', 'Monday;160;10;6.25']);
  });

  it('has each of the page’s tables', async () => {
    expect(await csv('weeks')).toContain('2026-09-21;100;4;4,00');
    expect(await csv('levels')).toContain('5e;90;7;7,78;3');
    expect(await csv('reasons')).toEqual(['motif;demi-journées manquées', 'Maladie;8', 'Sans motif;3', 'r_gone0000;1']);
    expect(await csv('teachers')).toEqual(['nom;prénom;appels à faire;appels non faits', 'Ferrand;Luc;20;3']);
  });

  it('runs no class’s name as a formula', async () => {
    expect((await csv('groups'))[1]).toBe(`"'=HYPERLINK(""x"")";12;3`);
  });
});
