import { expect, it } from 'vitest';
import { anomaliesCsv } from '../../../functions/directory/anomalies-csv.ts';
import { listAnomalies } from '../../../functions/directory/list-anomalies.ts';
import { listImports } from '../../../functions/directory/list-imports.ts';
import { UAI } from './imports/job-double.ts';
import { GUARDIANS, input, inspectAgain, PUPILS, scene, staff } from './scene.ts';

const office = staff('office');

it('escapes what a spreadsheet would run', async () => {
  const school = await scene();
  const { importId } = await school.inspect({
    '=cmd|calc.xml': (await import('./scene.ts')).eleves([{ id: '=1+1', name: 'Noé ROY', ine: '' }]),
  });
  const { body, headers } = await anomaliesCsv(input(office, { uai: UAI, importId }, { query: { language: 'fr' } }), school.ports);
  const csv = String(body);
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(csv).toContain('gravité;fichier;ligne;objet;champ;anomalie;remède');
  expect(csv).toContain('Élève sans INE');
  const cells = csv.split(/[;\r\n]+/).map((cell) => cell.replace(/^\uFEFF?"?/, ''));
  expect(cells.filter((cell) => /^[=+@\t-]/.test(cell))).toEqual([]);
  expect(cells.some((cell) => cell.startsWith("'=cmd"))).toBe(true);
});

it('says row and remedy in both languages', async () => {
  const school = await scene();
  const { importId } = await inspectAgain(school, [...PUPILS, { id: '104', name: 'Noé ROY', ine: '' }], GUARDIANS);
  const list = (language: 'fr' | 'en') =>
    listAnomalies(input(office, { uai: UAI, importId }, { query: { language, page: 0 } }), school.ports);
  expect((await list('fr')).anomalies).toContainEqual(
    expect.objectContaining({ code: 'pupil-without-ine', line: 1, severity: 'warning', what: 'Élève sans INE' }),
  );
  expect((await list('en')).anomalies).toContainEqual(expect.objectContaining({ what: 'Pupil without INE' }));
  expect(await listAnomalies(input(office, { uai: UAI, importId }, { query: { language: 'fr' as const, page: 9 } }), school.ports)).toEqual(
    { anomalies: [] },
  );
});

it('lists the school’s imports, newest first', async () => {
  const school = await scene();
  await inspectAgain(school, PUPILS, GUARDIANS);
  const { imports } = await listImports(input(office, { uai: UAI }, { query: {} }), school.ports);
  expect(imports.map(({ state }) => state)).toEqual(['unchanged', 'done']);
  expect(imports[0]?.files.map(({ name, formats }) => [name, formats])).toEqual([
    ['eleves.xml', ['siecle-pupils']],
    ['responsables.xml', ['siecle-guardians']],
  ]);
});
