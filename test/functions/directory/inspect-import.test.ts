import { describe, expect, it } from 'vitest';
import { inspectFiles } from '../../../functions/directory/inspect-files.ts';
import { inspectImport } from '../../../functions/directory/inspect-import.ts';
import { directoryDouble, UAI } from './imports/job-double.ts';
import { GUARDIANS, input, inspectAgain, PUPILS, scene, staff } from './scene.ts';

describe('the dry run', () => {
  it.each([
    ['broken XML', '<?xml version="1.0"?><BEE_ELEVES><DONNEES>', 'directory.file-malformed'],
    ['the upward file of EDT', '<?xml version="1.0"?><EDT_STS><PARAMETRES/></EDT_STS>', 'directory.sts-upward-file'],
    ['something else', '<?xml version="1.0"?><html/>', 'directory.file-unknown'],
  ])('refuses %s with the reason, and changes nothing', async (_, body, code) => {
    const school = directoryDouble();
    await school.open();
    const job = await school.inspect({ 'file.xml': body });
    expect(job).toMatchObject({ state: 'refused', refusal: { code, file: 'file.xml' } });
    expect(school.directory.items('person')).toEqual([]);
  });

  it('may be repeated until the import is applied', async () => {
    const school = await scene();
    const job = await inspectAgain(school, PUPILS.slice(0, 2), GUARDIANS);
    await inspectImport(input(staff('office'), { uai: UAI, importId: job.importId }, { body: {} }), school.ports);
    await school.settle();
    const again = await school.directory.get('import', { uai: UAI, importId: job.importId });
    expect(again).toMatchObject({ state: 'inspected', counts: job.counts });
    await school.confirm(job, ['many-departures']);
    await expect(inspectFiles({ uai: UAI, importId: job.importId }, school.ports)).rejects.toMatchObject({
      code: 'directory.import-state',
    });
  });
});
