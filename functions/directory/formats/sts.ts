import type { Element } from './elements.ts';
import { attributeOf, child, childrenOf, dateOf, sexOf, textOf, trimmed, yearOf } from './fields.ts';
import { defined, type FormatReader, type Reading } from './reading.ts';

const CIVILITIES: Readonly<Record<string, string>> = { '1': 'M.', '2': 'Mme', '3': 'Mlle' };

/** An ID is unique within its TYPE only. */
const personId = (element: Element): string | undefined => {
  const id = attributeOf(element, 'ID');
  return id === undefined ? undefined : `${attributeOf(element, 'TYPE') ?? 'epp'}:${id}`.slice(0, 64);
};

/** `sts_emp_<UAI>_<year>.xml` of STS-Web: teachers and staff, subjects, classes, groups, who teaches what to whom. Its dates are ISO. */
export function sts(reading: Reading, version: string | undefined): FormatReader {
  const format = 'sts';
  const people = new Set<string>();

  const header = (element: Element) => {
    const school = child(element, 'UAJ');
    const year = child(element, 'ANNEE_SCOLAIRE');
    const yearFrom = dateOf((year && textOf(year, 'DATE_DEBUT')) ?? '');
    reading.begin({
      format,
      uai: school && attributeOf(school, 'CODE'),
      ...defined({ year: yearOf(year && attributeOf(year, 'ANNEE')) ?? yearOf(yearFrom), version: version?.slice(0, 32) }),
    });
    if (school === undefined) return;
    const values = reading.valuesOf(element, { kind: 'file', id: reading.file.slice(0, 140) }, (field) => child(school, field)?.text);
    const academy = child(school, 'ACADEMIE');
    const name = [values.text('DENOM_PRINC', 99), values.text('DENOM_COMPL', 99)].filter((part) => part !== undefined).join(' ');
    reading.emit({
      type: 'school',
      ...defined({
        name: name || undefined,
        academy: academy && (textOf(academy, 'LIBELLE') ?? textOf(academy, 'CODE'))?.slice(0, 64),
        city: values.text('COMMUNE', 200),
        postalCode: values.text('CODE_POSTAL', 16),
        phone: values.phone('TELEPHONE'),
        yearFrom,
        yearUntil: dateOf((year && textOf(year, 'DATE_FIN')) ?? ''),
      }),
    });
  };

  const person = (element: Element) => {
    const sourceId = personId(element);
    const stsId = attributeOf(element, 'ID')?.slice(0, 64);
    if (sourceId === undefined || stsId === undefined) return reading.report('teacher-without-id', element.line);
    const subject = { kind: 'teacher', id: sourceId } as const;
    if (people.has(sourceId)) return reading.report('teacher-twice', element.line, subject);
    people.add(sourceId);
    const values = reading.valuesOf(element, subject, (field) => child(element, field)?.text);
    const familyName = values.text('NOM_PATRONYMIQUE') ?? values.text('NOM_USAGE');
    const usageName = values.text('NOM_USAGE');
    if (familyName === undefined) values.report('name-missing', 'NOM_PATRONYMIQUE');
    const civility = values.code('CIVILITE', 32);
    const disciplines = childrenOf(child(element, 'DISCIPLINES'), 'DISCIPLINE').flatMap((discipline) => {
      const code = attributeOf(discipline, 'CODE')?.slice(0, 64);
      return code === undefined ? [] : [{ code, ...defined({ label: textOf(discipline, 'LIBELLE_LONG')?.slice(0, 200) }) }];
    });
    reading.emit({
      type: 'teacher',
      sourceId,
      stsId,
      familyName: familyName ?? '?',
      givenName: values.text('PRENOM') ?? '',
      principalOf: childrenOf(child(element, 'PROFS_PRINC'), 'PROF_PRINC')
        .map((entry) => trimmed(child(entry, 'CODE_STRUCTURE')?.text ?? '').slice(0, 64))
        .filter((code) => code !== '')
        .slice(0, 20),
      disciplines: disciplines.slice(0, 50),
      line: element.line,
      ...defined({
        stsType: attributeOf(element, 'TYPE')?.slice(0, 16),
        civility: civility === undefined ? undefined : (CIVILITIES[civility] ?? civility),
        sex: sexOf(textOf(element, 'SEXE')),
        usageName: usageName === familyName ? undefined : usageName,
        birthDate: values.date('DATE_NAISSANCE'),
        grade: values.code('GRADE'),
        functionCode: values.code('FONCTION', 16),
      }),
    });
  };

  const structure = (kind: 'class' | 'group') => (element: Element) => {
    const code = trimmed(element.attributes.CODE ?? '').slice(0, 64);
    if (code === '') return;
    const values = reading.valuesOf(element, { kind: 'group', id: code }, (field) => child(element, field)?.text);
    // The children of MEFS_APPARTENANCE are MEF_APPARTENANCE, in some files MEF.
    const codes = (list: string) =>
      (child(element, list)?.children ?? [])
        .map((entry) => trimmed(entry.attributes.CODE ?? '').slice(0, 64))
        .filter((found) => found !== '');
    const size = Number(textOf(element, 'EFFECTIF_PREVU') ?? Number.NaN);
    reading.emit({
      type: 'group',
      code,
      kind,
      mefs: codes('MEFS_APPARTENANCE').slice(0, 50),
      classCodes: codes('DIVISIONS_APPARTENANCE').slice(0, 200),
      ...defined({ label: values.text('LIBELLE_LONG', 200), expectedSize: size >= 0 && size <= 10_000 ? Math.floor(size) : undefined }),
    });
    for (const service of childrenOf(child(element, 'SERVICES'), 'SERVICE')) {
      const subjectId = attributeOf(service, 'CODE_MATIERE')?.slice(0, 64);
      if (subjectId === undefined) continue;
      const teacherIds = childrenOf(child(service, 'ENSEIGNANTS'), 'ENSEIGNANT').flatMap((entry) => personId(entry) ?? []);
      for (const id of teacherIds) {
        if (people.size > 0 && !people.has(id))
          reading.report('teacher-unknown', service.line, { kind: 'group', id: code }, { related: [id] });
      }
      reading.emit({
        type: 'service',
        groupCode: code,
        groupKind: kind,
        subjectId,
        teacherIds: teacherIds.slice(0, 50),
        ...defined({ modality: attributeOf(service, 'CODE_MOD_COURS')?.slice(0, 16) }),
      });
    }
  };

  return {
    format,
    records: {
      PARAMETRES: header,
      'NOMENCLATURES/MATIERES/MATIERE': (element) => {
        const sourceId = attributeOf(element, 'CODE')?.slice(0, 16);
        if (sourceId === undefined) return;
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
      'NOMENCLATURES/MEFS/MEF': (element) => {
        const code = attributeOf(element, 'CODE')?.slice(0, 64);
        if (code === undefined) return;
        const values = reading.valuesOf(element, { kind: 'file', id: code }, (field) => child(element, field)?.text);
        reading.emit({
          type: 'mef',
          code,
          ...defined({
            label: values.text('LIBELLE_EDITION', 200) ?? values.text('LIBELLE_LONG', 200),
            shortLabel: values.text('LIBELLE_COURT', 200),
          }),
        });
      },
      'DONNEES/INDIVIDUS/INDIVIDU': person,
      'DONNEES/STRUCTURE/DIVISIONS/DIVISION': structure('class'),
      'DONNEES/STRUCTURE/GROUPES/GROUPE': structure('group'),
    },
    end: () => {},
  };
}
