import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { fileName, zipped } from '../../../../../web/src/lib/registers/year-files.ts';

it('names files as every system takes them', () => {
  expect(fileName('registre-5e\u00a0B / LV2 "ESP"?-2026-2027.pdf')).toBe('registre-5e B - LV2 -ESP---2026-2027.pdf');
});

it('puts each file of a year into one archive, as it was', async () => {
  const files = new Map([
    ['5e B.pdf', new Blob(['%PDF-1.7'])],
    ['5e B.csv', new Blob(['nom;prénom'])],
  ]);
  const packed = await zipped(files);
  expect(packed.type).toBe('application/zip');
  const found = unzipSync(new Uint8Array(await packed.arrayBuffer()));
  expect(Object.keys(found).sort()).toEqual(['5e B.csv', '5e B.pdf']);
  expect(new TextDecoder().decode(found['5e B.csv'])).toBe('nom;prénom');
});
