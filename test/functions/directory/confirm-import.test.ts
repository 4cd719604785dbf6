import { describe, expect, it } from 'vitest';
import { confirmImport } from '../../../functions/directory/confirm-import.ts';
import { interruptImport } from '../../../functions/directory/interrupt-import.ts';
import { readImport } from '../../../functions/directory/read-import.ts';
import { UAI } from './imports/job-double.ts';
import { GUARDIANS, input, inspectAgain, PUPILS, scene, staff } from './scene.ts';

const newcomer = { id: '104', name: 'Noé ROY' };
const office = staff('office');

describe('confirming an import', () => {
  it('refuses differences that another import has made stale', async () => {
    const school = await scene();
    const first = await inspectAgain(school, [...PUPILS, newcomer], GUARDIANS);
    const second = await inspectAgain(school, [...PUPILS, newcomer], GUARDIANS);
    await school.confirm(second);
    await expect(school.confirm(first)).rejects.toMatchObject({ code: 'directory.import-outdated' });
  });

  it('lets one import at a time be applied, and the next once the first is stopped', async () => {
    const school = await scene();
    const first = await inspectAgain(school, [...PUPILS, newcomer], GUARDIANS);
    const second = await inspectAgain(school, [...PUPILS, newcomer], GUARDIANS);
    const params = { uai: UAI, importId: first.importId };
    await confirmImport(input(office, params, { body: { accepts: [] } }), school.ports);
    await expect(school.confirm(second)).rejects.toMatchObject({ code: 'directory.import-busy' });
    expect(await interruptImport(input(office, params), school.ports)).toMatchObject({ state: 'interrupted' });
    // What was applied meanwhile is not known to the second: it compares again.
    const third = await inspectAgain(school, [...PUPILS, newcomer], GUARDIANS);
    expect((await school.confirm(third)).state).toBe('done');
  });

  it('resumes one that stands still, which is said after a minute', async () => {
    const school = await scene();
    const job = await inspectAgain(school, [...PUPILS, newcomer], GUARDIANS);
    const params = { uai: UAI, importId: job.importId };
    await confirmImport(input(office, params, { body: { accepts: [] } }), school.ports);
    // The event is lost with the function.
    school.directory.forget();
    expect(await readImport(input(office, params), school.ports)).toMatchObject({ state: 'applying', stalled: false });
    school.clock.moveSystem(61_000);
    expect(await readImport(input(office, params), school.ports)).toMatchObject({ stalled: true });
    await confirmImport(input(office, params, { body: { accepts: [] } }), school.ports);
    await school.settle();
    expect(await readImport(input(office, params), school.ports)).toMatchObject({ state: 'done', stalled: false });
  });

  it('does not confirm what is not there or of another school', async () => {
    const school = await scene();
    const job = await inspectAgain(school, [...PUPILS, newcomer], GUARDIANS);
    for (const params of [
      { uai: UAI, importId: 'i_unknown000' },
      { uai: '0750001A', importId: job.importId },
    ])
      await expect(confirmImport(input(office, params, { body: { accepts: [] } }), school.ports)).rejects.toMatchObject({
        code: 'request.not-found',
      });
  });
});
