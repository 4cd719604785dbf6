import { describe, expect, it } from 'vitest';
import { answerTimetableOfImport } from '../../../functions/directory/answer-timetable-of-import.ts';
import type { ImportChunkPorts } from '../../../functions/directory/manifest.ts';
import { directoryDouble, edtFixture, hasFixtures, Killed, UAI } from './imports/job-double.ts';

describe.skipIf(!hasFixtures)('importing a collège from its EDT export (skipped without the public fixtures)', () => {
  it('brings 426 pupils, 703 guardians with 808 links, 31 teachers, 16 classes and 48 groups, 22 of which span classes', async () => {
    const school = directoryDouble();
    await school.open();
    const job = await school.inspect({ 'edt.xml': edtFixture() });
    expect(job).toMatchObject({ state: 'inspected', asks: [], year: 2026 });
    expect(school.directory.items('person')).toEqual([]);

    const done = await school.confirm(job);
    expect(done.state).toBe('done');
    const people = school.directory.items('person');
    const at = (door: string) => people.filter((person) => person.door === door).length;
    expect({ pupil: at('pupil'), guardian: at('guardian'), teacher: at('teacher') }).toEqual({ pupil: 426, guardian: 703, teacher: 31 });
    expect(school.directory.items('link')).toHaveLength(808);
    const groups = school.directory.items('group');
    expect(groups.filter(({ kind }) => kind === 'class')).toHaveLength(16);
    const named = groups.filter(({ kind, code }) => kind === 'group' && !code.includes('/'));
    expect(named).toHaveLength(48);
    expect(named.filter(({ classIds }) => classIds.length > 1)).toHaveLength(22);
    expect(school.directory.items('card')).toHaveLength(426 + 703 + 31);
    expect(school.directory.items('figures')[0]).toMatchObject({ loadedPupil: 426, loadedGuardian: 703, loadedTeacher: 31 });
    expect(school.emitted.map(({ name }) => name).filter((name) => name !== 'directory.import-chunk-due')).toEqual([
      'directory.timetable-imported',
    ]);
  });

  it('gives every pupil a class, every guardian a child, and the same rights on the card as in the links', async () => {
    const school = directoryDouble();
    await school.open();
    await school.confirm(await school.inspect({ 'edt.xml': edtFixture() }));
    const pupils = school.directory.items('person').filter(({ door }) => door === 'pupil');
    expect(pupils.every(({ classLabel, groups }) => classLabel && groups.length > 0)).toBe(true);
    const links = school.directory.items('link');
    const cards = new Map(school.directory.items('card').map((card) => [card.personId, card]));
    for (const { guardianId, pupilId } of links) {
      const link = cards.get(guardianId)?.[`school:${UAI}`] as { children: { pupilId: string }[] };
      expect(link.children.map((child) => child.pupilId)).toContain(pupilId);
    }
    const teacher = school.directory.items('person').find(({ door, taught }) => door === 'teacher' && taught.length > 3);
    expect(cards.get(teacher?.personId ?? '')).toMatchObject({ door: 'teacher', [`school:${UAI}`]: { groups: teacher?.groups } });
  });

  it('answers the timetable with our own ids, page by page', async () => {
    const school = directoryDouble();
    await school.open();
    const job = await school.confirm(await school.inspect({ 'edt.xml': edtFixture() }));
    const courses = [];
    for (let cursor: number | undefined = 0; cursor !== undefined; ) {
      const page: Awaited<ReturnType<typeof answerTimetableOfImport>> = await answerTimetableOfImport(
        { uai: UAI, importId: job.importId, cursor, limit: 150 },
        school.ports,
      );
      expect(page.calendar.firstMonday).toBe('2026-08-31');
      courses.push(...page.courses);
      cursor = page.next;
    }
    expect(courses).toHaveLength(job.counts.courses);
    const people = new Set(school.directory.items('person').map(({ personId }) => personId));
    const groups = new Set(school.directory.items('group').map(({ groupId }) => groupId));
    expect(
      courses.every(({ teacherIds, groupIds }) => teacherIds.every((id) => people.has(id)) && groupIds.every((id) => groups.has(id))),
    ).toBe(true);
    expect(courses.every(({ weeks }) => BigInt(weeks) > 0n && (BigInt(weeks) & 1n) === 0n)).toBe(true);
  });

  it('finds nothing to change in the same file, and says so', async () => {
    const school = directoryDouble();
    await school.open();
    await school.confirm(await school.inspect({ 'edt.xml': edtFixture() }));
    const before = school.state();
    const again = await school.inspect({ 'edt.xml': edtFixture() });
    expect(again).toMatchObject({
      state: 'unchanged',
      total: 0,
      counts: { arrivals: 0, changes: 0, classMoves: 0, departures: 0, groups: 0 },
    });
    expect(school.state()).toEqual(before);
  });

  it('ends the same when it is killed at every second, third… write and resumed', async () => {
    const whole = directoryDouble();
    await whole.open();
    await whole.confirm(await whole.inspect({ 'edt.xml': edtFixture() }));

    for (const [every, lands] of [
      [2, true],
      [3, false],
      [5, true],
    ] as const) {
      const torn = directoryDouble();
      await torn.open();
      const job = await torn.inspect({ 'edt.xml': edtFixture() });
      let writes = 0;
      let killed = 0;
      const dying = (): ImportChunkPorts => ({
        ...torn.ports,
        directory: {
          ...torn.directory,
          // Before the write, or after it with the reply lost.
          async write(...all) {
            const dies = ++writes % every === 0;
            if (!dies || lands) await torn.directory.write(...all);
            if (dies) {
              killed += 1;
              throw new Killed('killed');
            }
          },
        },
      });
      const done = await torn.confirm(job, [], dying);
      expect(done.state).toBe('done');
      expect(killed).toBeGreaterThan(5);
      expect(torn.state()).toEqual(whole.state());
    }
  }, 30_000);

  it('does each chunk once when its event comes twice', async () => {
    const school = directoryDouble();
    await school.open();
    const job = await school.confirm(await school.inspect({ 'edt.xml': edtFixture() }));
    const before = school.state();
    school.directory.forget();
    const { onImportChunkDue } = await import('../../../functions/directory/on-import-chunk-due.ts');
    for (const event of school.emitted.filter(({ name }) => name === 'directory.import-chunk-due'))
      await onImportChunkDue(event as never, school.ports);
    expect(school.directory.changes()).toEqual([]);
    expect(school.state()).toEqual(before);
    expect(job.state).toBe('done');
  });

  it('gives exactly the differences of a new version', async () => {
    const school = directoryDouble();
    await school.open();
    const first = edtFixture();
    await school.confirm(await school.inspect({ 'edt.xml': first }));
    // One pupil gone, one birth date put right.
    const second = first
      .replace(/<Eleve Ident="1" .*?<\/Eleve>/s, '')
      .replace(/(<Eleve Ident="2" [^>]*DateNaissance=")[\d-]+"/, '$12014-01-31"');
    const job = await school.inspect({ 'edt.xml': second });
    expect(job).toMatchObject({ state: 'inspected', asks: [], leaving: { pupils: 1, of: 426 } });
    expect(job.counts).toMatchObject({ arrivals: 0, changes: 1, classMoves: 0, linksMade: 0, linksLost: 0 });
    // The pupil and the two guardians who have no other child here.
    expect(job.counts.departures).toBe(3);
    await school.confirm(job);
    const gone = school.directory.items('person').filter(({ departedOn }) => departedOn !== undefined);
    expect(gone.map(({ door }) => door).sort()).toEqual(['guardian', 'guardian', 'pupil']);
    expect(gone.every(({ listed }) => listed === undefined)).toBe(true);
    expect((await school.inspect({ 'edt.xml': second })).state).toBe('unchanged');

    // Back again: the same people, not new ones.
    const back = await school.inspect({ 'edt.xml': first });
    expect(back.counts).toMatchObject({ arrivals: 3, changes: 1, departures: 0 });
    await school.confirm(back);
    expect(school.directory.items('person')).toHaveLength(426 + 703 + 31);
    expect(school.directory.items('person').some(({ departedOn }) => departedOn !== undefined)).toBe(false);
  });

  it('asks when the year is another one, and when more than a tenth would leave', async () => {
    const school = directoryDouble();
    await school.open();
    const first = edtFixture();
    await school.confirm(await school.inspect({ 'edt.xml': first }));
    let number = 0;
    const few = first
      .replace(/<Eleve Ident=".*?<\/Eleve>/gs, (pupil) => (++number % 5 === 0 ? '' : pupil))
      .replace('DateDebut="2026-09-03"', 'DateDebut="2027-09-03"');
    const job = await school.inspect({ 'edt.xml': few });
    expect(job.asks).toEqual(['other-year', 'many-departures']);
    await expect(school.confirm(job)).rejects.toMatchObject({ code: 'directory.import-asks' });
    await expect(school.confirm(job, ['other-year'])).rejects.toMatchObject({
      code: 'directory.import-asks',
      details: { asks: ['many-departures'] },
    });
    expect((await school.confirm(job, ['other-year', 'many-departures'])).state).toBe('done');
  });

  it('refuses the file of another school, whole', async () => {
    const school = directoryDouble();
    await school.open('0750001A');
    const job = await school.inspect({ 'edt.xml': edtFixture() }, '0750001A');
    expect(job).toMatchObject({ state: 'refused', refusal: { code: 'directory.other-school', file: 'edt.xml', found: UAI } });
    expect(school.directory.items('person')).toEqual([]);
    await expect(school.confirm(job)).rejects.toMatchObject({ code: 'directory.import-state' });
  });
});
