import type { SchoolFileRecord } from '../../../shared/directory/school-file.ts';
import { Inspection } from './inspection.ts';
import { readSchoolFile, type SchoolFileOptions } from './read-school-file.ts';

export interface SchoolFileSource {
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The files of one import, one after the other, and at the end the anomalies that only all of them show. Throws as `readSchoolFile` does. */
export async function* readSchoolFiles(
  sources: Iterable<SchoolFileSource> | AsyncIterable<SchoolFileSource>,
  options: Omit<SchoolFileOptions, 'file'> = {},
): AsyncGenerator<SchoolFileRecord> {
  const inspection = new Inspection();
  for await (const { file, bytes } of sources) {
    for await (const record of readSchoolFile(bytes, { ...options, file })) {
      inspection.see(record);
      yield record;
    }
  }
  yield* inspection.findings();
}
