import { child } from './fields.ts';
import { defined, type FormatReader, type Reading } from './reading.ts';
import { siecleHeader } from './siecle-header.ts';

/** Nomenclature.xml, version 3.1: the subjects and courses of study that the other files name by code. */
export function siecleNomenclature(reading: Reading, version: string | undefined): FormatReader {
  const format = 'siecle-nomenclature';
  return {
    format,
    records: {
      PARAMETRES: siecleHeader(reading, format, version),
      'DONNEES/MEFS/MEF': (element) => {
        const code = element.attributes.CODE_MEF?.trim().slice(0, 64);
        if (!code) return;
        const values = reading.valuesOf(element, { kind: 'file', id: code }, (field) => child(element, field)?.text);
        reading.emit({
          type: 'mef',
          code,
          ...defined({
            label: values.text('LIBELLE_EDITION', 200) ?? values.text('LIBELLE_LONG', 200),
            shortLabel: values.text('FORMATION', 200),
            statisticalCode: values.code('CODE_MEFSTAT', 32),
          }),
        });
      },
      'DONNEES/MATIERES/MATIERE': (element) => {
        const sourceId = element.attributes.CODE_MATIERE?.trim().slice(0, 16);
        if (!sourceId) return;
        const values = reading.valuesOf(element, { kind: 'subject', id: sourceId }, (field) => child(element, field)?.text);
        const managementCode = values.code('CODE_GESTION');
        reading.emit({
          type: 'subject',
          sourceId,
          nationalCode: sourceId,
          label: values.text('LIBELLE_EDITION', 200) ?? values.text('LIBELLE_LONG', 200) ?? managementCode ?? sourceId,
          ...defined({ managementCode, shortLabel: values.text('LIBELLE_COURT', 200) }),
        });
      },
    },
    end: () => {},
  };
}
