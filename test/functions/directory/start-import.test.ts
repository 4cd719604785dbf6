import { describe, expect, it } from 'vitest';
import { inspectImport } from '../../../functions/directory/inspect-import.ts';
import { readImport } from '../../../functions/directory/read-import.ts';
import { startImport } from '../../../functions/directory/start-import.ts';
import { UAI } from './imports/job-double.ts';
import { eleves, input, PUPILS, scene, staff } from './scene.ts';

describe('starting an import from the page', () => {
  it('says where each file goes, under a number and never under its name', async () => {
    const school = await scene();
    const { importId, uploads } = await startImport(
      input(staff('office'), { uai: UAI }, { body: { files: [{ name: '../../secret.xml', size: 12 }] } }),
      school.ports,
    );
    expect(uploads).toMatchObject([{ name: '../../secret.xml', fields: { key: `${UAI}/${importId}/files/0` } }]);
    expect(school.importsFiles.uploads().at(-1)).toMatchObject({ maxBytes: 60_000_000, seconds: 900 });
  });

  it('reads nothing before every file is there', async () => {
    const school = await scene();
    const { importId } = await startImport(
      input(
        staff('office'),
        { uai: UAI },
        {
          body: {
            files: [
              { name: 'a.xml', size: 12 },
              { name: 'b.xml', size: 12 },
            ],
          },
        },
      ),
      school.ports,
    );
    const params = { uai: UAI, importId };
    await school.importsFiles.write(`${UAI}/${importId}/files/0`, eleves(PUPILS), 'application/octet-stream');
    await expect(inspectImport(input(staff('office'), params, { body: {} }), school.ports)).rejects.toMatchObject({
      code: 'directory.file-missing',
      details: { files: ['b.xml'] },
    });
    expect(await readImport(input(staff('office'), params), school.ports)).toMatchObject({ state: 'uploading' });
  });

  it('needs a school', async () => {
    const school = await scene();
    await expect(
      startImport(input(staff('office'), { uai: '0750001A' }, { body: { files: [{ name: 'a.xml', size: 12 }] } }), school.ports),
    ).rejects.toMatchObject({ code: 'request.not-found' });
  });
});
