import type { Element } from './elements.ts';
import { child, childrenOf, textOf, trimmed } from './fields.ts';
import { defined, type FormatReader, type Reading } from './reading.ts';
import { siecleHeader } from './siecle-header.ts';

/** Structures.xml, version 2.0: classes with their courses of study, groups with the classes they take pupils from. */
export function siecleStructures(reading: Reading, version: string | undefined): FormatReader {
  const format = 'siecle-structures';
  const structure = (kind: 'class' | 'group') => (element: Element) => {
    const code = trimmed(element.attributes.CODE_STRUCTURE ?? '').slice(0, 64);
    if (code === '') return;
    const values = reading.valuesOf(element, { kind: 'group', id: code }, (field) => child(element, field)?.text);
    const listed = (list: string, item: string, field: string) =>
      childrenOf(child(element, list), item)
        .map((entry) => trimmed(child(entry, field)?.text ?? '').slice(0, 64))
        .filter((found) => found !== '');
    const size = Number(textOf(element, 'EFFECTIF_PREVU') ?? Number.NaN);
    reading.emit({
      type: 'group',
      code,
      kind,
      mefs: listed('MEFS_APPARTENANCE', 'MEF_APPARTENANCE', 'CODE_MEF').slice(0, 50),
      classCodes: listed('DIVISIONS_APPARTENANCE', 'DIVISION_APPARTENANCE', 'CODE_STRUCTURE').slice(0, 200),
      ...defined({ label: values.text('LIBELLE_LONG', 200), expectedSize: size >= 0 && size <= 10_000 ? Math.floor(size) : undefined }),
    });
  };
  return {
    format,
    records: {
      PARAMETRES: siecleHeader(reading, format, version),
      'DONNEES/DIVISIONS/DIVISION': structure('class'),
      'DONNEES/GROUPES/GROUPE': structure('group'),
    },
    end: () => {},
  };
}
