import type { SchoolFileFormat } from '../../../shared/directory/school-file.ts';
import type { Element } from './elements.ts';
import { dateOf, textOf, yearOf } from './fields.ts';
import { defined, type Reading } from './reading.ts';

/** PARAMETRES opens every SIECLE file: UAJ (the UAI), ANNEE_SCOLAIRE (four digits), DATE_EXPORT. */
export const siecleHeader =
  (reading: Reading, format: SchoolFileFormat, version: string | undefined) =>
  (parameters: Element): void =>
    reading.begin({
      format,
      uai: textOf(parameters, 'UAJ'),
      ...defined({
        year: yearOf(textOf(parameters, 'ANNEE_SCOLAIRE')),
        exportedAt: dateOf(textOf(parameters, 'DATE_EXPORT') ?? ''),
        version: version?.slice(0, 32),
      }),
    });
