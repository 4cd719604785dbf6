import { describe, expect, it } from 'vitest';
import { readSchoolFiles } from '../../../../functions/directory/formats/read-school-files.ts';
import type { Anomaly } from '../../../../shared/directory/school-file.ts';

const parameters = '<PARAMETRES><UAJ>0359901X</UAJ></PARAMETRES>';
const pupils = `<BEE_ELEVES>${parameters}<DONNEES><ELEVES>${['1', '2']
  .map(
    (id) =>
      `<ELEVE ELEVE_ID="${id}"><ID_NATIONAL>${id}</ID_NATIONAL><NOM_DE_FAMILLE>A${id}</NOM_DE_FAMILLE><PRENOM>B</PRENOM><MEL>B.A${id}@eleve.example</MEL></ELEVE>`,
  )
  .join('')}</ELEVES></DONNEES></BEE_ELEVES>`;
const guardians = `<BEE_RESPONSABLES>${parameters}<DONNEES><PERSONNES><PERSONNE PERSONNE_ID="5"><NOM_DE_FAMILLE>A</NOM_DE_FAMILLE><MEL>b.a1@eleve.example</MEL></PERSONNE></PERSONNES>
<RESPONSABLES><RESPONSABLE_ELEVE><ELEVE_ID>1</ELEVE_ID><PERSONNE_ID>5</PERSONNE_ID><NIVEAU_RESPONSABILITE>1</NIVEAU_RESPONSABILITE></RESPONSABLE_ELEVE></RESPONSABLES></DONNEES></BEE_RESPONSABLES>`;

async function findings(...files: string[]): Promise<Anomaly[]> {
  const found: Anomaly[] = [];
  const sources = files.map((text, i) => ({
    file: `${i}.xml`,
    bytes: (async function* () {
      yield new TextEncoder().encode(text);
    })(),
  }));
  for await (const record of readSchoolFiles(sources)) if (record.type === 'anomaly') found.push(record);
  return found.filter(({ code }) => code === 'pupil-without-guardian' || code === 'email-of-pupil');
}

describe('the files of one import together', () => {
  it.each([
    ['pupils first', [pupils, guardians]],
    ['guardians first', [guardians, pupils]],
  ])('tell a pupil without guardian and a guardian with a pupil’s address, %s', async (_, files) => {
    expect(await findings(...files)).toMatchObject([
      { code: 'pupil-without-guardian', subject: { kind: 'pupil', id: '2' } },
      { code: 'email-of-pupil', subject: { kind: 'guardian', id: '5' }, related: ['1'] },
    ]);
  });

  it('say nothing of guardians when their file is not there', async () => {
    expect(await findings(pupils)).toEqual([]);
  });
});
