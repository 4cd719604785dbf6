import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readSchoolFile, type SchoolFileOptions } from '../../../../functions/directory/formats/read-school-file.ts';
import { SchoolFileRecord } from '../../../../shared/directory/school-file.ts';

type Of<T extends SchoolFileRecord['type']> = Extract<SchoolFileRecord, { type: T }>;

/** The bytes in pieces of a size that cuts characters, tags and headers. */
async function* pieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(content: string | Uint8Array, options: Partial<SchoolFileOptions> = {}, size?: number): Promise<SchoolFileRecord[]> {
  const records: SchoolFileRecord[] = [];
  const bytes = typeof content === 'string' ? strToU8(content) : content;
  for await (const record of readSchoolFile(pieces(bytes, size), { file: 'export.xml', ...options }))
    records.push(SchoolFileRecord.parse(record));
  return records;
}

const only = <T extends SchoolFileRecord['type']>(records: SchoolFileRecord[], type: T): Of<T>[] =>
  records.filter((record): record is Of<T> => record.type === type);
const codes = (records: SchoolFileRecord[]) => only(records, 'anomaly').map(({ code }) => code);
const refused = (code: string, details: Record<string, unknown> = {}) => ({
  kind: 'refused',
  code: `directory.${code}`,
  details: expect.objectContaining(details),
});

const parameters = '<PARAMETRES><UAJ>0359901X</UAJ><ANNEE_SCOLAIRE>2026</ANNEE_SCOLAIRE></PARAMETRES>';
const pupil = (id: string, more = '', given = 'Zoé') =>
  `<ELEVE ELEVE_ID="${id}"><ID_NATIONAL>00000000${id}AA</ID_NATIONAL><NOM_DE_FAMILLE>MARTIN</NOM_DE_FAMILLE><PRENOM>${given}</PRENOM><DATE_NAISS>31/12/2014</DATE_NAISS><CODE_SEXE>2</CODE_SEXE>${more}</ELEVE>`;
const inClass = (id: string, code = '6A') =>
  `<STRUCTURES_ELEVE ELEVE_ID="${id}"><STRUCTURE><CODE_STRUCTURE>G 1</CODE_STRUCTURE><TYPE_STRUCTURE>G</TYPE_STRUCTURE></STRUCTURE><STRUCTURE><CODE_STRUCTURE>${code}</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE></STRUCTURES_ELEVE>`;
const eleves = (pupils: string, structures = inClass('1'), declaration = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${declaration}<BEE_ELEVES VERSION="3.0">${parameters}<DONNEES><ELEVES>${pupils}</ELEVES><STRUCTURES>${structures}</STRUCTURES></DONNEES></BEE_ELEVES>`;
const plain = eleves(pupil('1'));

describe('a file is what it contains', () => {
  it('reads SIECLE pupils whatever the file is called', async () => {
    const [header, found] = await read(plain, { file: 'photo.jpg' });
    expect(header).toEqual({ type: 'header', format: 'siecle-pupils', file: 'photo.jpg', uai: '0359901X', year: 2026, version: '3.0' });
    expect(found).toMatchObject({
      type: 'pupil',
      sourceId: '1',
      familyName: 'MARTIN',
      givenName: 'Zoé',
      birthDate: '2014-12-31',
      sex: 'female',
    });
  });

  it.each([
    ['the upward file of EDT', '<EDT_STS/>', 'sts-upward-file', {}],
    ['the encrypted container of Index Éducation', '<EXPORT_INDEX_EDUCATION/>', 'edt-encrypted', {}],
    ['an unknown root', '<html/>', 'file-unknown', { root: 'html' }],
    ['a root named like a property of every object', '<constructor/>', 'file-unknown', { root: 'constructor' }],
    ['an empty file', '', 'file-empty', {}],
    ['an unclosed tag, with its line', `${plain.slice(0, 60)}\n\n<A`, 'file-malformed', { line: 3 }],
    ['a text that is no XML', 'Nom;Prénom\nMARTIN;Zoé', 'file-unknown', {}],
    ['a file that does not say whose it is', plain.replace('<UAJ>0359901X</UAJ>', ''), 'file-without-school', {}],
    ['a file of nobody, which would read as everyone left', eleves('', ''), 'file-without-records', {}],
  ])('refuses %s', async (_, content, code, details) => {
    await expect(read(content)).rejects.toMatchObject(refused(code, { file: 'export.xml', ...details }));
  });

  it('refuses another school and takes its own', async () => {
    await expect(read(plain, { school: '0359902Y' })).rejects.toMatchObject(
      refused('file-of-another-school', { school: '0359902Y', found: '0359901X' }),
    );
    expect(only(await read(plain, { school: '0359901X' }), 'pupil')).toHaveLength(1);
  });
});

describe('encodings', () => {
  const name = 'Œdipe €';
  const declaring = (encoding: string) => eleves(pupil('1', '', name), inClass('1'), `<?xml version="1.0" encoding="${encoding}"?>`);
  const single = (text: string, euro: number, oe: number) =>
    Uint8Array.from(text, (c) => (c === '€' ? euro : c === 'Œ' ? oe : (c.codePointAt(0) ?? 0)));
  const utf16 = (text: string, mark: boolean) => new Uint8Array(Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le'));

  it.each([
    ['ISO-8859-15', single(declaring('ISO-8859-15'), 0xa4, 0xbc)],
    ['windows-1252', single(declaring('windows-1252'), 0x80, 0x8c)],
    ['UTF-8 without declaration', strToU8(declaring('x').replace(/<\?xml[^>]*>/, ''))],
    ['UTF-8 with a byte order mark, whatever it declares', strToU8(`\ufeff${declaring('ISO-8859-15')}`)],
    ['UTF-16 with a byte order mark', utf16(declaring('UTF-16'), true)],
    ['UTF-16 without one', utf16(declaring('UTF-16'), false)],
  ])('honours %s', async (_, bytes) => {
    expect(only(await read(bytes), 'pupil')[0]?.givenName).toBe(name);
  });

  it('refuses an encoding it does not know, and bytes that are not of the declared one', async () => {
    await expect(read(declaring('EBCDIC'))).rejects.toMatchObject(refused('file-encoding-unknown', { encoding: 'EBCDIC' }));
    await expect(read(single(declaring('UTF-8'), 0xa4, 0xbc))).rejects.toMatchObject(refused('file-wrong-encoding', { encoding: 'utf-8' }));
  });
});

describe('hostile XML', () => {
  it('refuses any document type, so that no entity can be defined', async () => {
    const laughs = `<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;">]>${plain.replace(/<\?xml[^>]*>/, '')}`;
    await expect(read(laughs)).rejects.toMatchObject(refused('file-with-doctype'));
    await expect(read(`<!DOCTYPE a SYSTEM "file:///etc/passwd">${plain.replace(/<\?xml[^>]*>/, '')}`)).rejects.toMatchObject(
      refused('file-with-doctype'),
    );
  });

  it.each(['&l;', '&constructor;', '&toString;'])('knows no entity %s', async (entity) => {
    await expect(read(eleves(pupil('1', '', entity)))).rejects.toMatchObject(refused('file-malformed'));
  });

  it("knows XML's own entities", async () => {
    expect(only(await read(eleves(pupil('1', '', 'A&amp;B &#201;'))), 'pupil')[0]?.givenName).toBe('A&B É');
  });

  it('refuses what is too deep, too long or too much', async () => {
    const deep = eleves(pupil('1', '<A>'.repeat(100) + '</A>'.repeat(100)));
    await expect(read(deep)).rejects.toMatchObject(refused('file-too-complex'));
    const wide = eleves(pupil('1', '<A/>'.repeat(6_000)));
    await expect(read(wide, {}, 65_536)).rejects.toMatchObject(refused('file-too-complex'));
    const long = eleves(pupil('1', `<!--${'x'.repeat(600_000)}-->`));
    await expect(read(long, {}, 65_536)).rejects.toMatchObject(refused('file-too-complex'));
    await expect(read(plain, { bounds: { bytes: 100 } })).rejects.toMatchObject(refused('file-too-large', { bytes: 100 }));
  });

  it('cuts a text that is too long, says so and keeps the pupil', async () => {
    const records = await read(eleves(pupil('1', '', 'x'.repeat(50_000))), {}, 65_536);
    expect(only(records, 'pupil')[0]?.givenName).toHaveLength(120);
    expect(codes(records)).toContain('text-cut');
  });

  it('takes invisible characters out of names', async () => {
    const records = await read(eleves(pupil('1', '', ' Zo\u200be\u0301\u202e  Léa ')));
    expect(only(records, 'pupil')[0]?.givenName).toBe('Zoé Léa');
  });
});

describe('zip', () => {
  const zipped = (files: Record<string, Uint8Array>) => zipSync(files);

  it('reads each file of an archive under its name', async () => {
    const records = await read(zipped({ 'a/Eleves.xml': strToU8(plain), 'b.xml': strToU8(plain) }), { file: 'export.zip' });
    expect(only(records, 'header').map(({ file }) => file)).toEqual(['export.zip/a/Eleves.xml', 'export.zip/b.xml']);
    expect(only(records, 'pupil')).toHaveLength(2);
  });

  it('refuses a zip in a zip', async () => {
    await expect(read(zipped({ 'inner.zip': zipped({ 'a.xml': strToU8(plain) }) }))).rejects.toMatchObject(refused('archive-nested'));
  });

  it.each(['../a.xml', '/etc/a.xml', 'a/../../b.xml', 'C:\\a.xml', '..\\a.xml'])('refuses an entry named %s', async (name) => {
    await expect(read(zipped({ [name]: strToU8(plain) }))).rejects.toMatchObject(refused('archive-unsafe-name'));
  });

  it('refuses a bomb by what comes out of it, long before its end', async () => {
    const bomb = zipped({ 'a.xml': strToU8(`<BEE_ELEVES>${' '.repeat(16 * 1024 * 1024)}`) });
    await expect(read(bomb, {}, 65_536)).rejects.toMatchObject(refused('archive-bomb'));
  });

  it('refuses a damaged or empty archive, and too many files', async () => {
    const whole = zipped({ 'a.xml': strToU8(plain) });
    await expect(read(whole.subarray(0, 60))).rejects.toMatchObject(refused('archive-unreadable'));
    await expect(read(zipped({}))).rejects.toMatchObject(refused('file-empty'));
    const many = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`${i}.xml`, strToU8(plain)]));
    await expect(read(zipped(many), { bounds: { entries: 2 } })).rejects.toMatchObject(refused('archive-too-many-files', { files: 2 }));
  });
});

describe('pupils of SIECLE', () => {
  it('finds the class by its type, not by its place, and reads classes before or after pupils alike', async () => {
    const after = only(await read(plain), 'pupil');
    const before = only(await read(plain.replace(/(<ELEVES>.*<\/ELEVES>)(<STRUCTURES>.*<\/STRUCTURES>)/, '$2$1')), 'pupil');
    expect(after[0]?.memberships).toEqual([
      { code: 'G 1', kind: 'group' },
      { code: '6A', kind: 'class' },
    ]);
    expect(before[0]?.memberships).toEqual(after[0]?.memberships);
  });

  it("does not take last year's course of study for this year's", async () => {
    const records = await read(
      eleves(pupil('1', '<SCOLARITE_AN_DERNIER><CODE_MEF>OLD</CODE_MEF></SCOLARITE_AN_DERNIER><CODE_MEF>NEW</CODE_MEF>')),
    );
    expect(only(records, 'pupil')[0]?.mef).toBe('NEW');
  });

  it('keeps every pupil and lists what is missing', async () => {
    const bare = '<ELEVE ELEVE_ID="9"><NOM_DE_FAMILLE>SEUL</NOM_DE_FAMILLE><PRENOM>Ali</PRENOM></ELEVE>';
    const records = await read(eleves(bare, ''));
    expect(only(records, 'pupil')).toHaveLength(1);
    expect(codes(records)).toEqual(['pupil-without-ine', 'sex-missing', 'birth-date-missing', 'pupil-without-class']);
    expect(only(records, 'anomaly')[0]).toMatchObject({ file: 'export.xml', line: 1, subject: { kind: 'pupil', id: '9' } });
  });

  it('keeps twins of one name and one INE apart, and takes an id only once', async () => {
    const two = pupil('1') + pupil('2').replace('000000002AA', '000000001AA') + pupil('1', '', 'Autre');
    const records = await read(eleves(two, inClass('1') + inClass('2')));
    expect(only(records, 'pupil').map(({ sourceId }) => sourceId)).toEqual(['1', '2']);
    expect(codes(records)).toEqual(['ine-twice', 'homonyms', 'pupil-twice']);
  });

  it.each([
    ['30/02/2014', 'DATE_NAISS'],
    ['31/12/9999', 'DATE_NAISS'],
    ['2014', 'DATE_NAISS'],
  ])('ignores the impossible date %s and says which field', async (date, field) => {
    const records = await read(plain.replace('31/12/2014', date));
    expect(only(records, 'pupil')[0]?.birthDate).toBeUndefined();
    expect(only(records, 'anomaly')[0]).toMatchObject({ code: 'date-impossible', field });
  });

  it('ignores an invalid address and keeps a valid one', async () => {
    const mail = async (address: string) => {
      const records = await read(eleves(pupil('1', `<MEL>${address}</MEL>`)));
      return [only(records, 'pupil')[0]?.email, codes(records)];
    };
    expect(await mail('a@b.example, c@d.example')).toEqual([undefined, ['email-invalid']]);
    expect(await mail('a@b.example&#10;Bcc: c@d.example')).toEqual([undefined, ['email-invalid']]);
    expect(await mail(' zoe.martin@eleve.example ')).toEqual(['zoe.martin@eleve.example', []]);
  });

  it('tells the groups and the classes they span', async () => {
    const records = await read(eleves(pupil('1') + pupil('2', '', 'Lou'), inClass('1', '6A') + inClass('2', '6 B')));
    expect(only(records, 'group')).toMatchObject([
      { code: '6A', kind: 'class' },
      { code: '6 B', kind: 'class' },
      { code: 'G 1', kind: 'group', classCodes: ['6A', '6 B'] },
    ]);
  });
});

describe('guardians of SIECLE', () => {
  const person = (id: string) =>
    `<PERSONNE PERSONNE_ID="${id}"><NOM_DE_FAMILLE>DIALLO</NOM_DE_FAMILLE><PRENOM>Mamadou</PRENOM><TEL_PORTABLE>+33 6 39 98 00 01</TEL_PORTABLE></PERSONNE>`;
  const link = (guardian: string, fields: string) =>
    `<RESPONSABLE_ELEVE><ELEVE_ID>1</ELEVE_ID><PERSONNE_ID>${guardian}</PERSONNE_ID>${fields}</RESPONSABLE_ELEVE>`;
  const responsables = (people: string, links: string) =>
    `<BEE_RESPONSABLES>${parameters}<DONNEES><PERSONNES>${people}</PERSONNES><RESPONSABLES>${links}</RESPONSABLES></DONNEES></BEE_RESPONSABLES>`;

  it('reads booleans as 0/1 and true/false in one element', async () => {
    const fields =
      '<NIVEAU_RESPONSABILITE>1</NIVEAU_RESPONSABILITE><CODE_PARENTE>20</CODE_PARENTE><PAIE_FRAIS_SCOLAIRES>0</PAIE_FRAIS_SCOLAIRES><HEBERGE_ELEVE>true</HEBERGE_ELEVE>';
    const records = await read(responsables(person('5'), link('5', fields)));
    expect(only(records, 'link')).toMatchObject([
      { pupilSourceId: '1', guardianSourceId: '5', level: 1, kinship: '20', pays: false, hosts: true },
    ]);
    expect(only(records, 'guardian')[0]?.phones).toEqual({ mobile: '+33639980001' });
  });

  it('gives the least right to a link that does not say its level, and a legal guardian of the old format his', async () => {
    const [silent, former] = await Promise.all([
      read(responsables(person('5'), link('5', ''))),
      read(responsables(person('5'), link('5', '<RESP_LEGAL>2</RESP_LEGAL>'))),
    ]);
    expect(only(silent, 'link')[0]?.level).toBe(3);
    expect(codes(silent)).toEqual(['link-level-unknown']);
    expect(only(former, 'link')[0]).toMatchObject({ level: 1, rank: 2 });
  });

  it('drops a link to nobody with an anomaly, and keeps homonyms apart', async () => {
    const level = '<NIVEAU_RESPONSABILITE>1</NIVEAU_RESPONSABILITE>';
    const records = await read(responsables(person('5') + person('6'), link('5', level) + link('6', level) + link('7', level)));
    expect(only(records, 'guardian').map(({ sourceId }) => sourceId)).toEqual(['5', '6']);
    expect(only(records, 'link')).toHaveLength(2);
    expect(codes(records)).toEqual(['link-without-guardian']);
  });
});

describe('courses of EDT', () => {
  const edt = (
    courses: string,
    eleves = '',
  ) => `<ExportEmploiDuTemps xmlns="http://www.index-education.com/exportemploidutemps" Version="1.1" UAI="0359901X">
    <AnneeScolaire DateDebut="2026-09-01" DateFin="2027-07-03" DatePremierJourSemaine1="2026-08-31"/>
    <GrilleHoraire NombrePlacesParJour="2" DureePlace="60"><JoursOuvres><Jour>1</Jour></JoursOuvres><PlacesParJour>
      <Place Numero="0" LibelleHeureDebut="08:00:00" LibelleHeureFin="08:55:00"/><Place Numero="1" LibelleHeureDebut="10:05:00" LibelleHeureFin="11:00:00"/>
    </PlacesParJour></GrilleHoraire>
    <Matieres><Matiere Ident="1" Code="MATHS" Libelle="MATHS"/></Matieres>
    <Professeurs><Professeur Ident="1" Nom="A" Prenom="A" IDSTS="77"/><Professeur Ident="2" Nom="B" Prenom="B"/></Professeurs>
    <Classes><Classe Ident="1" Nom="6A"><PartieDeClasse Ident="10"/><PartieDeClasse Ident="11"/></Classe><Classe Ident="2" Nom="6B"><PartieDeClasse Ident="20"/></Classe></Classes>
    <Groupes><Groupe Ident="1" Nom="6AB ESP"><PartieDeClasse Ident="10"/><PartieDeClasse Ident="20"/></Groupe></Groupes>
    <Eleves>${eleves}</Eleves><Cours>${courses}</Cours></ExportEmploiDuTemps>`;
  const eleve = `<Eleve Ident="1" Nom="M" Prenom="Z" DateNaissance="2014-01-01" Sexe="Feminin" NumeroNational="1" IDSconet="900"><Classe Ident="1" DateEntree="2026-09-01" DateSortie="2026-11-01"/><Classe Ident="2" DateEntree="2026-11-02" DateSortie="2027-07-03"/><PartieDeClasse Ident="10" DateEntree="2026-09-01" DateSortie="2026-11-01"/><PartieDeClasse Ident="11" DateEntree="2026-09-01" DateSortie="2027-07-03"/></Eleve>`;

  it('takes week i from bit i of a 64-bit mask, and the times from the labels', async () => {
    const mask = (1n << 1n) | (1n << 63n);
    const [course] = only(
      await read(
        edt(
          `<Cours Jour="2" NumeroPlaceDebut="0" NombrePlaces="2"><Matiere Ident="1"/><Professeur Ident="1" Semaines="${mask}"/><Classe Ident="1" Semaines="${mask}"/></Cours>`,
        ),
      ),
      'course',
    );
    expect(course).toMatchObject({
      weekday: 2,
      startMinute: 480,
      minutes: 180,
      weeks: ['2026-08-31', '2027-11-08'],
      subjectId: 'MATHS',
      teacherIds: ['EDT:1'],
      classCodes: ['6A'],
    });
  });

  it('tells a course once for each set of people: who changes from week to week is another record', async () => {
    const courses = only(
      await read(
        edt(
          '<Cours Jour="1" NumeroPlaceDebut="1" NombrePlaces="1"><Matiere Ident="1"/><Professeur Ident="1" Semaines="2"/><Professeur Ident="2" Semaines="4"/><Classe Ident="1" Semaines="6"/></Cours>',
        ),
      ),
      'course',
    );
    expect(courses.map(({ position, teacherIds, weeks }) => ({ position, teacherIds, weeks }))).toEqual([
      { position: 0, teacherIds: ['EDT:1'], weeks: ['2026-08-31'] },
      { position: 0, teacherIds: ['EDT:2'], weeks: ['2026-09-07'] },
    ]);
  });

  it('tells cancelled weeks apart', async () => {
    const [course] = only(
      await read(
        edt(
          '<Cours Jour="1" NumeroPlaceDebut="1" NombrePlaces="1" SemainesAnnulation="4"><Matiere Ident="1"/><Classe Ident="1" Semaines="6"/></Cours>',
        ),
      ),
      'course',
    );
    expect(course).toMatchObject({ weeks: ['2026-08-31'], cancelledWeeks: ['2026-09-07'] });
  });

  it('reads courses within courses', async () => {
    const inner =
      '<Cours><Professeur Ident="1" Semaines="2"/><Groupe Ident="1" Semaines="2"/></Cours><Cours><Professeur Ident="2" Semaines="2"/><PartieDeClasse Ident="11" Semaines="2"/></Cours>';
    const courses = only(
      await read(edt(`<Cours Jour="1" NumeroPlaceDebut="1" NombrePlaces="1"><Matiere Ident="1"/>${inner}</Cours>`)),
      'course',
    );
    expect(courses).toMatchObject([
      { subjectId: 'MATHS', weekday: 1, teacherIds: ['EDT:1'], groupCodes: ['6AB ESP'] },
      { subjectId: 'MATHS', weekday: 1, teacherIds: ['EDT:2'], groupCodes: ['6A/11'] },
    ]);
  });

  it('dates memberships, and makes a part a group only where a course names it', async () => {
    const part =
      '<Cours Jour="1" NumeroPlaceDebut="1" NombrePlaces="1"><Matiere Ident="1"/><PartieDeClasse Ident="11" Semaines="2"/></Cours>';
    const [without] = only(await read(edt('', eleve)), 'pupil');
    const records = await read(edt(part, eleve));
    const dated = [
      { code: '6A', kind: 'class', from: '2026-09-01', until: '2026-11-01' },
      { code: '6B', kind: 'class', from: '2026-11-02', until: '2027-07-03' },
      { code: '6AB ESP', kind: 'group', from: '2026-09-01', until: '2026-11-01' },
    ];
    expect(without).toMatchObject({ sourceId: '900', memberships: dated });
    expect(only(records, 'pupil')[0]?.memberships).toEqual([
      ...dated,
      { code: '6A/11', kind: 'part', from: '2026-09-01', until: '2027-07-03' },
    ]);
    expect(codes(records)).toEqual(['pupil-without-guardian']);
  });

  it('joins a teacher to STS, and reports what cannot be placed', async () => {
    const records = await read(
      edt(
        '<Cours Jour="9" NumeroPlaceDebut="1" NombrePlaces="1"><Matiere Ident="1"/></Cours><Cours Jour="1" NumeroPlaceDebut="1" NombrePlaces="1"><Matiere Ident="8"/><Professeur Ident="9" Semaines="x"/></Cours>',
      ),
    );
    expect(only(records, 'teacher')[0]?.stsId).toBe('77');
    expect(codes(records)).toEqual(['course-without-time', 'teacher-unknown', 'course-without-pupils', 'subject-unknown']);
    expect(only(records, 'course')).toHaveLength(1);
  });
});
