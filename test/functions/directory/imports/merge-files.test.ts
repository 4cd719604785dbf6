import { describe, expect, it } from 'vitest';
import { readAnomalies, readChanges } from '../../../../functions/directory/imports/stored.ts';
import { suspendGuardian } from '../../../../functions/directory/suspend-guardian.ts';
import { again, GUARDIANS, input, inspectAgain, PUPILS, scene, staff } from '../scene.ts';
import { UAI } from './job-double.ts';

const without = <T extends { id: string }>(lines: readonly T[], id: string) => lines.filter((line) => line.id !== id);
const changed = <T extends { id: string }>(lines: readonly T[], id: string, to: Partial<T>) =>
  lines.map((line) => (line.id === id ? { ...line, ...to } : line));

describe('guardians of SIECLE', () => {
  it('gives both parents their children, and a contact of level 3 no access', async () => {
    const school = await scene();
    expect(school.children('Claire MARTIN')).toHaveLength(2);
    expect(school.children('Paul MARTIN')).toHaveLength(2);
    expect(school.link('Jo SILVA', 'Ana SILVA')?.level).toBe(3);
  });

  it('ends a tie that a new file does not name, and shows it before', async () => {
    const school = await scene();
    const next = changed(GUARDIANS, '502', { of: [['101', 1, '20']] });
    const job = await inspectAgain(school, PUPILS, next);
    expect(job.counts).toMatchObject({ arrivals: 0, departures: 0, linksLost: 1 });
    expect(await readChanges(school.importsFiles, job, 'link-lost', 0)).toMatchObject({
      changes: [{ familyName: 'MARTIN', givenName: 'Paul', pupilName: 'MARTIN Tom', reason: 'missing', from: '1' }],
    });
    expect(school.children('Paul MARTIN')).toHaveLength(2);
    await school.confirm(job);
    expect(school.children('Paul MARTIN')).toEqual([school.person('Léa MARTIN').personId]);
    expect(school.link('Paul MARTIN', 'Tom MARTIN')?.until).toBe('2026-09-14');
    expect(school.emitted.map(({ name }) => name)).toContain('directory.guardian-link-changed');
    // And opens it again when the file names it again.
    await again(school, PUPILS, GUARDIANS);
    expect(school.children('Paul MARTIN')).toHaveLength(2);
  });

  it('shows a level that is lowered as a tie lost', async () => {
    const school = await scene();
    const job = await inspectAgain(school, PUPILS, changed(GUARDIANS, '503', { of: [['103', 3]] }));
    expect(await readChanges(school.importsFiles, job, 'link-lost', 0)).toMatchObject({
      changes: [{ reason: 'lowered', from: '1', to: '3' }],
    });
    await school.confirm(job);
    expect(school.link('Rosa SILVA', 'Ana SILVA')?.level).toBe(3);
  });

  it('keeps a suspension through every import', async () => {
    const school = await scene();
    const params = { uai: UAI, pupilId: school.person('Léa MARTIN').personId, guardianId: school.person('Paul MARTIN').personId };
    await suspendGuardian(input(staff(), params, { body: {} }), school.ports);
    await again(school, PUPILS, changed(GUARDIANS, '502', { email: 'paul.martin@example.org' }));
    expect(school.person('Paul MARTIN').email).toBe('paul.martin@example.org');
    expect(school.link('Paul MARTIN', 'Léa MARTIN')?.restriction).toBeDefined();
    expect(school.children('Paul MARTIN')).toEqual([school.person('Tom MARTIN').personId]);
  });

  it('keeps a suspension that is set between the dry run and its confirmation', async () => {
    const school = await scene();
    const job = await inspectAgain(school, PUPILS, changed(GUARDIANS, '502', { email: 'paul.martin@example.org' }));
    const params = { uai: UAI, pupilId: school.person('Léa MARTIN').personId, guardianId: school.person('Paul MARTIN').personId };
    await suspendGuardian(input(staff(), params, { body: {} }), school.ports);
    await school.confirm(job);
    expect(school.person('Paul MARTIN').email).toBe('paul.martin@example.org');
    expect(school.children('Paul MARTIN')).toEqual([school.person('Tom MARTIN').personId]);
  });

  it('never takes two parents of one name for one', async () => {
    const school = await scene(PUPILS, [...GUARDIANS, { id: '599', name: 'Claire MARTIN', of: [['103', 1]] }]);
    expect(school.directory.items('person').filter(({ sortKey, door }) => door === 'guardian' && sortKey === 'MARTIN CLAIRE')).toHaveLength(
      2,
    );
  });

  it('takes CODE_PARENTE 70 for the pupil: no guardian, and the pupil’s own address', async () => {
    const school = await scene(PUPILS, [...GUARDIANS, { id: '600', name: 'Ana SILVA', email: 'ana@example.org', of: [['103', 1, '70']] }]);
    expect(school.directory.items('person').filter(({ sortKey }) => sortKey === 'SILVA ANA')).toHaveLength(1);
    expect(school.person('Ana SILVA')).toMatchObject({ door: 'pupil', email: 'ana@example.org' });
  });

  it('does not use a guardian’s address that is a pupil’s, and says so', async () => {
    const school = await scene(changed(PUPILS, '101', { email: 'Claire@example.org' }));
    expect(school.person('Claire MARTIN').email).toBeUndefined();
    const [job] = school.directory.items('import');
    const { anomalies } = await readAnomalies(school.importsFiles, job as never, 'fr', 0);
    expect(anomalies).toContainEqual(expect.objectContaining({ code: 'email-of-pupil', subject: '501', file: 'responsables.xml' }));
  });

  it('lets a guardian go with their last child, and come back with the child', async () => {
    const school = await scene();
    await again(school, without(PUPILS, '103'), GUARDIANS);
    expect(school.person('Rosa SILVA')).toMatchObject({ departedOn: '2026-09-15' });
    expect(school.person('Claire MARTIN').departedOn).toBeUndefined();
    const job = await again(school, PUPILS, GUARDIANS);
    expect(job.counts).toMatchObject({ arrivals: 3 });
    expect(school.person('Rosa SILVA').departedOn).toBeUndefined();
    expect(school.children('Rosa SILVA')).toHaveLength(1);
  });

  it('opens the ties again when the pupils’ file alone brings a pupil back', async () => {
    const school = await scene();
    await again(school, without(PUPILS, '102'), GUARDIANS);
    expect(school.children('Claire MARTIN')).toHaveLength(1);
    const { eleves } = await import('../scene.ts');
    await school.confirm(await school.inspect({ 'eleves.xml': eleves(PUPILS) }));
    expect(school.children('Claire MARTIN')).toHaveLength(2);
  });
});

describe('pupils of SIECLE', () => {
  it('knows a pupil again by INE when ELEVE_ID has changed', async () => {
    const school = await scene();
    const { personId } = school.person('Léa MARTIN');
    const next = [{ id: '901', name: 'Léa MARTIN', birth: '02/04/2014', ine: 'INE101' }, ...without(PUPILS, '101')];
    await again(
      school,
      next,
      GUARDIANS.map((line) => ({
        ...line,
        of: line.of.map(([pupil, level, kin]) => [pupil === '101' ? '901' : pupil, level, kin] as const) as never,
      })),
    );
    expect(school.person('Léa MARTIN').personId).toBe(personId);
    expect(school.directory.items('person').filter(({ door }) => door === 'pupil')).toHaveLength(3);
    expect(school.children('Claire MARTIN')).toHaveLength(2);
  });

  it('only proposes that a pupil of the same name and birth date may be the same', async () => {
    const school = await scene();
    const job = await inspectAgain(
      school,
      [{ id: '901', name: 'Léa MARTIN', birth: '02/04/2014', ine: 'OTHER1' }, ...without(PUPILS, '101')],
      GUARDIANS,
    );
    expect(job.counts).toMatchObject({ arrivals: 1, departures: 1 });
    const { anomalies } = await readAnomalies(school.importsFiles, job, 'fr', 0);
    expect(anomalies.map(({ code }) => code)).toContain('pupil-maybe-known');
  });

  it('shows a move from class to class, and nothing else', async () => {
    const school = await scene();
    const job = await inspectAgain(school, changed(PUPILS, '101', { class: '5 C' }), GUARDIANS);
    expect(job.counts).toMatchObject({ arrivals: 0, changes: 0, classMoves: 1, departures: 0, linksLost: 0 });
    expect(await readChanges(school.importsFiles, job, 'class-move', 0)).toMatchObject({
      changes: [{ givenName: 'Léa', from: '5 B', to: '5 C' }],
    });
    await school.confirm(job);
    const rosters = school.directory.items('roster');
    expect(rosters.find(({ label }) => label === '5 C')?.pupils.map(({ givenName }) => givenName)).toEqual(['Léa']);
    expect(rosters.find(({ label }) => label === '5 B')?.pupils.map(({ givenName }) => givenName)).toEqual(['Ana']);
  });

  it('imports a pupil without INE', async () => {
    const school = await scene([...PUPILS, { id: '104', name: 'Noé ROY', ine: '' }]);
    expect(school.person('Noé ROY').sources).toEqual({ siecle: '104' });
  });
});
