import type { GuardianLinkRecord, Membership, PupilRecord } from '../../../shared/directory/school-file.ts';
import { EdtCourses } from './edt-courses.ts';
import { EdtGroups } from './edt-groups.ts';
import type { Element } from './elements.ts';
import { attributeOf, childrenOf, dateOf, sexOf, trimmed, yearOf } from './fields.ts';
import { PupilChecks } from './pupil-checks.ts';
import { defined, type FormatReader, type Reading } from './reading.ts';
import { mondayOf } from './week-masks.ts';

const minuteOf = (time: string | undefined): number | undefined => {
  const [, hours, minutes] = /^(\d{1,2})[:h](\d{2})/.exec(time ?? '') ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return minute >= 0 && minute <= 1440 ? minute : undefined;
};

/** Ident of a class or part, and a pupil's days in it. */
type Dated = readonly [ident: string, from: string | undefined, until: string | undefined];

const idOf = (element: Element): string | undefined => {
  const pronote = attributeOf(element, 'IDPN');
  const ident = attributeOf(element, 'Ident');
  if (pronote !== undefined) return `PN:${pronote}`.slice(0, 64);
  return ident === undefined ? undefined : `EDT:${ident}`.slice(0, 64);
};

/**
 * `ExportEmploiDuTemps` of EDT and PRONOTE (Index Éducation's XSD, version 1.1): people and timetable in one file, its sections in the
 * schema's order. Pupils wait until the courses are known, since a part of a class is a group only if a course names it.
 */
export function edt(reading: Reading, version: string | undefined, root: Readonly<Record<string, string>>): FormatReader {
  const format = 'edt';
  const checks = new PupilChecks(reading);
  const groups = new EdtGroups(reading);
  const courses = new EdtCourses(reading, groups);
  const waitingPupils: { pupil: string; classes: Dated[]; parts: Dated[] }[] = [];
  const guardians = new Map<string, string>();
  const teachers = new Set<string>();

  const year = (element: Element) => {
    const yearFrom = dateOf(attributeOf(element, 'DateDebut') ?? '');
    const yearUntil = dateOf(attributeOf(element, 'DateFin') ?? '');
    const firstDay = dateOf(attributeOf(element, 'DatePremierJourSemaine1') ?? '') ?? yearFrom;
    const beginning = yearOf(yearFrom);
    reading.begin({ format, uai: root.UAI?.trim() || undefined, ...defined({ year: beginning, version: version?.slice(0, 32) }) });
    if (yearFrom === undefined || yearUntil === undefined || firstDay === undefined) {
      return reading.report('date-impossible', element.line, { kind: 'file', id: reading.file.slice(0, 140) }, { field: 'AnneeScolaire' });
    }
    courses.year = { yearFrom, yearUntil, firstMonday: mondayOf(firstDay) };
  };

  const grid = (element: Element) => {
    const slotMinutes = Number(attributeOf(element, 'DureePlace') ?? Number.NaN);
    const places = element.children.find(({ name }) => name === 'PlacesParJour');
    const slots = childrenOf(places, 'Place').flatMap((place) => {
      const number = Number(attributeOf(place, 'Numero') ?? Number.NaN);
      const startMinute = minuteOf(attributeOf(place, 'LibelleHeureDebut'));
      if (!Number.isInteger(number) || number < 0 || number > 200 || startMinute === undefined) return [];
      const end = minuteOf(attributeOf(place, 'LibelleHeureFin'));
      const endMinute = end !== undefined && end > startMinute ? end : Math.min(1440, startMinute + (slotMinutes || 0));
      return [{ number, startMinute, endMinute }];
    });
    const open = element.children.find(({ name }) => name === 'JoursOuvres');
    const openWeekdays = childrenOf(open, 'Jour')
      .map(({ text }) => Number(text))
      .filter((day) => Number.isInteger(day) && day >= 1 && day <= 7);
    courses.begin(slotMinutes >= 1 && slotMinutes <= 1440 ? Math.floor(slotMinutes) : 60, slots.slice(0, 200), openWeekdays.slice(0, 7));
  };

  const teacher = (element: Element) => {
    const sourceId = idOf(element);
    const ident = attributeOf(element, 'Ident');
    if (sourceId === undefined || ident === undefined) return reading.report('teacher-without-id', element.line);
    const subject = { kind: 'teacher', id: sourceId } as const;
    if (teachers.has(sourceId)) return reading.report('teacher-twice', element.line, subject);
    teachers.add(sourceId);
    courses.teacherByIdent.set(ident, sourceId);
    const values = reading.valuesOf(element, subject, (field) => element.attributes[field]);
    const familyName = values.text('Nom');
    if (familyName === undefined) values.report('name-missing', 'Nom');
    reading.emit({
      type: 'teacher',
      sourceId,
      familyName: familyName ?? '?',
      givenName: values.text('Prenom') ?? '',
      principalOf: [],
      disciplines: [],
      line: element.line,
      ...defined({
        stsId: values.code('IDSTS'),
        pronoteId: values.code('IDPN'),
        civility: values.text('Civilite', 32),
        birthDate: values.date('DateNaissance'),
      }),
    });
  };

  const guardian = (element: Element, pupilSourceId: string, known: Set<string>) => {
    const sourceId = idOf(element);
    if (sourceId === undefined) return reading.report('guardian-without-id', element.line, { kind: 'pupil', id: pupilSourceId });
    const subject = { kind: 'link', id: `${pupilSourceId} ${sourceId}` } as const;
    if (known.has(sourceId)) return reading.report('link-twice', element.line, subject);
    known.add(sourceId);
    const values = reading.valuesOf(element, { kind: 'guardian', id: sourceId }, (field) => element.attributes[field]);
    const familyName = values.text('Nom') ?? '?';
    const givenName = values.text('Prenom') ?? '';
    const name = `${familyName} ${givenName}`;
    const before = guardians.get(sourceId);
    if (before !== undefined && before !== name) reading.report('guardian-twice', element.line, { kind: 'guardian', id: sourceId });
    if (before === undefined) {
      guardians.set(sourceId, name);
      if (familyName === '?') values.report('name-missing', 'Nom');
      const lines = ['Adresse1', 'Adresse2', 'Adresse3', 'Adresse4']
        .map((field) => values.text(field, 200))
        .filter((line) => line !== undefined);
      const postalCode = values.text('CodePostal', 16);
      const city = values.text('Ville', 200);
      const hasAddress = lines.length > 0 || postalCode !== undefined || city !== undefined;
      // EDT repeats the address at each guardian and has no id for it.
      if (hasAddress) reading.emit({ type: 'address', sourceId, lines, ...defined({ postalCode, city }) });
      reading.emit({
        type: 'guardian',
        sourceId,
        familyName,
        givenName,
        phones: {},
        line: element.line,
        ...defined({ civility: values.text('Civilite', 32), addressId: hasAddress ? sourceId : undefined, pronoteId: values.code('IDPN') }),
      });
    }
    const rank = attributeOf(element, 'RespLegal');
    const link: GuardianLinkRecord = {
      type: 'link',
      pupilSourceId,
      guardianSourceId: sourceId,
      level: rank === '1' || rank === '2' ? 1 : 3,
      line: element.line,
      ...defined({ rank: rank !== undefined && /^\d$/.test(rank) ? Number(rank) : undefined }),
    };
    reading.emit(link);
  };

  const pupil = (element: Element) => {
    const sourceId = attributeOf(element, 'IDSconet')?.slice(0, 64) ?? idOf(element);
    if (sourceId === undefined) return reading.report('pupil-without-id', element.line);
    if (!checks.first(sourceId, element.line)) return;
    const values = reading.valuesOf(element, { kind: 'pupil', id: sourceId }, (field) => element.attributes[field]);
    const familyName = values.text('Nom');
    const givenName = values.text('Prenom');
    if (familyName === undefined || givenName === undefined) values.report('name-missing', familyName === undefined ? 'Nom' : 'Prenom');
    const record: PupilRecord = {
      type: 'pupil',
      sourceId,
      familyName: familyName ?? '?',
      givenName: givenName ?? '?',
      memberships: [],
      line: element.line,
      ...defined({
        ine: values.code('NumeroNational', 32),
        schoolNumber: values.code('IDEtablissement'),
        pronoteId: values.code('IDPN'),
        birthDate: values.date('DateNaissance'),
        sex: sexOf(attributeOf(element, 'Sexe')),
      }),
    };
    checks.record(record);
    const known = new Set<string>();
    for (const each of childrenOf(element, 'Responsable')) guardian(each, sourceId, known);
    if (known.size === 0) values.report('pupil-without-guardian');
    const dated = (name: string) =>
      childrenOf(element, name)
        .slice(0, 100)
        .map((each): Dated => {
          const own = reading.valuesOf(each, { kind: 'pupil', id: sourceId }, (field) => each.attributes[field]);
          return [attributeOf(each, 'Ident') ?? '', own.date('DateEntree'), own.date('DateSortie')];
        });
    waitingPupils.push({ pupil: JSON.stringify(record), classes: dated('Classe'), parts: dated('PartieDeClasse') });
  };

  const release = () => {
    for (const { pupil: waiting, classes, parts } of waitingPupils.splice(0)) {
      const record = JSON.parse(waiting) as PupilRecord;
      const found = new Map<string, Membership>();
      const add = (codes: readonly { code: string; kind: Membership['kind'] }[], from?: string, until?: string) => {
        for (const { code, kind } of codes) found.set(`${kind} ${code} ${from} ${until}`, { code, kind, ...defined({ from, until }) });
      };
      for (const [ident, from, until] of classes) add(groups.ofClass(ident, record), from, until);
      for (const [ident, from, until] of parts) add(groups.ofPart(ident, record), from, until);
      record.memberships = [...found.values()].slice(0, 100);
      if (record.memberships.some(({ from, until }) => from !== undefined && until !== undefined && until < from)) {
        reading.report('dates-reversed', record.line, { kind: 'pupil', id: record.sourceId });
      }
      checks.memberships(record);
      reading.emit(record);
    }
  };

  return {
    format,
    records: {
      AnneeScolaire: year,
      GrilleHoraire: grid,
      'Matieres/Matiere': (element) => {
        const ident = attributeOf(element, 'Ident') ?? '';
        const code = trimmed(element.attributes.Code ?? '').slice(0, 64) || `EDT:${ident}`.slice(0, 64);
        courses.subjectByIdent.set(ident, code);
        const label = reading.valuesOf(element, { kind: 'subject', id: code }, (field) => element.attributes[field]).text('Libelle', 200);
        reading.emit({ type: 'subject', sourceId: code, managementCode: code, label: label ?? code });
      },
      'Professeurs/Professeur': teacher,
      'Classes/Classe': (element) => groups.addClass(element),
      'Groupes/Groupe': (element) => groups.addGroup(element),
      'Salles/Salle': (element) => {
        const name = attributeOf(element, 'Nom');
        if (name !== undefined) courses.roomByIdent.set(attributeOf(element, 'Ident') ?? '', name.slice(0, 64));
      },
      'Eleves/Eleve': pupil,
      'Cours/Cours': (element) => courses.add(element),
    },
    end: release,
  };
}
