import type { Element } from './elements.ts';
import { child } from './fields.ts';
import { defined, type Reading } from './reading.ts';

/** ADRESSES/ADRESSE of both SIECLE files; one address is shared by several people. Tells the id it found. */
export function readAddress(reading: Reading, element: Element): string | undefined {
  const sourceId = element.attributes.ADRESSE_ID?.trim().slice(0, 64);
  if (!sourceId) return undefined;
  const values = reading.valuesOf(element, { kind: 'address', id: sourceId }, (field) => child(element, field)?.text);
  const lines = ['LIGNE1_ADRESSE', 'LIGNE2_ADRESSE', 'LIGNE3_ADRESSE', 'LIGNE4_ADRESSE'].map((field) => values.text(field, 200));
  reading.emit({
    type: 'address',
    sourceId,
    lines: lines.filter((line) => line !== undefined),
    ...defined({
      postalCode: values.text('CODE_POSTAL', 16),
      city: values.text('LIBELLE_POSTAL', 200) ?? values.text('COMMUNE_ETRANGERE', 200),
      communeCode: values.text('CODE_COMMUNE_INSEE', 16),
      country: values.text('LL_PAYS', 200),
    }),
  });
  return sourceId;
}
