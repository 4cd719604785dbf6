import { child } from './fields.ts';
import { defined, type FormatReader, type Reading } from './reading.ts';
import { siecleHeader } from './siecle-header.ts';

/** Communs.xml: the school's own name and address, and the pupils' first and last day. */
export function siecleCommon(reading: Reading, version: string | undefined): FormatReader {
  const format = 'siecle-common';
  const subject = { kind: 'file', id: reading.file.slice(0, 140) } as const;
  return {
    format,
    records: {
      PARAMETRES: siecleHeader(reading, format, version),
      'DONNEES/UAJ': (element) => {
        const values = reading.valuesOf(element, subject, (field) => child(element, field)?.text);
        const name = [values.text('DENOM_PRINC', 99), values.text('DENOM_COMPL', 99)].filter((part) => part !== undefined).join(' ');
        reading.emit({
          type: 'school',
          ...defined({
            name: name || undefined,
            postalCode: values.text('CODE_POSTAL', 16),
            phone: values.phone('TELEPHONE'),
            email: values.email('MEL_1'),
          }),
        });
      },
      'DONNEES/ANNEE_SCOLAIRE': (element) => {
        const values = reading.valuesOf(element, subject, (field) => child(element, field)?.text);
        reading.emit({
          type: 'school',
          ...defined({ yearFrom: values.date('DATE_DEBUT_ELEVE'), yearUntil: values.date('DATE_FIN_ELEVE') }),
        });
      },
    },
    end: () => {},
  };
}
