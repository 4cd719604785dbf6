import { addDays, weekday } from '../../../shared/kernel/index.ts';
import { SLOTS, SUBJECTS, type SubjectName } from './curriculum.ts';
import type { School } from './school.ts';
import { XmlWriter } from './xml.ts';

/** Weeks of school, counted from the week of 1 September: those of zone B's holidays are left out, the last is the one before July's. */
const LAST_WEEK = 44;
const HOLIDAY_WEEKS: ReadonlySet<number> = new Set([8, 9, 17, 18, 26, 27, 34, 35]);

/** EDT's week mask: bit i is week i. Weeks A are the odd ones. */
function maskOf(weeks: 'all' | 'A' | 'B'): string {
  let mask = 0n;
  for (let week = 1; week <= LAST_WEEK; week += 1) {
    const taken = weeks === 'all' || (weeks === 'A') === (week % 2 === 1);
    if (taken && !HOLIDAY_WEEKS.has(week)) mask |= 1n << BigInt(week);
  }
  return String(mask);
}

/** ExportEmploiDuTemps.xml of EDT, version 1.1: the same people by the ids of SIECLE and STS, and the timetable. */
export function edtExport(school: School): Uint8Array {
  const { year, uai } = school;
  const yearFrom = `${year}-09-01`;
  const yearUntil = `${year + 1}-08-31`;
  const firstMonday = addDays(yearFrom, 1 - weekday(yearFrom));
  const idents = new Map<string, number>();
  const ident = (kind: string, key: string) => {
    const known = idents.get(`${kind} ${key}`);
    if (known !== undefined) return known;
    const next = idents.size + 1;
    idents.set(`${kind} ${key}`, next);
    return next;
  };
  const part = (group: string, className: string) => ident('part', `${group} ${className}`);

  const xml = new XmlWriter('UTF-8');
  const root = { xmlns: 'http://www.index-education.com/exportemploidutemps', Version: '1.1', UAI: uai };
  xml.element('ExportEmploiDuTemps', root, () => {
    xml.empty('AnneeScolaire', { DateDebut: yearFrom, DateFin: yearUntil, DatePremierJourSemaine1: firstMonday });
    xml.element('GrilleHoraire', { NombrePlacesParJour: SLOTS.length, DureePlace: 60 }, () => {
      xml.element('JoursOuvres', {}, () => {
        for (let day = 1; day <= 5; day += 1) xml.leaf('Jour', day);
      });
      xml.element('PlacesParJour', {}, () => {
        for (const { number, from, until } of SLOTS) {
          xml.empty('Place', { Numero: number, LibelleHeureDebut: `${from}:00`, LibelleHeureFin: `${until}:00` });
        }
      });
    });
    xml.element('Matieres', {}, () => {
      for (const { code, short, label } of Object.values(SUBJECTS))
        xml.empty('Matiere', { Ident: ident('subject', code), Code: short, Libelle: label });
    });
    xml.element('Professeurs', {}, () => {
      for (const member of school.staff.filter(({ duty }) => duty === 'ENS')) {
        xml.empty('Professeur', {
          Ident: ident('teacher', member.id),
          Nom: member.usageName ?? member.familyName,
          Prenom: member.givenName,
          DateNaissance: member.birthDate,
          IDSTS: member.id,
          IDPN: member.pronoteId,
        });
      }
    });
    xml.element('Classes', {}, () => {
      for (const { code } of school.classes) {
        xml.element('Classe', { Ident: ident('class', code), Nom: code }, () => {
          for (const group of school.groups)
            if (group.classes.includes(code)) xml.empty('PartieDeClasse', { Ident: part(group.code, code) });
        });
      }
    });
    xml.element('Groupes', {}, () => {
      for (const group of school.groups) {
        xml.element('Groupe', { Ident: ident('group', group.code), Nom: group.code }, () => {
          for (const code of group.classes) xml.empty('PartieDeClasse', { Ident: part(group.code, code) });
        });
      }
    });
    xml.element('Salles', {}, () => {
      for (const { room, duty } of school.staff) if (duty === 'ENS') xml.empty('Salle', { Ident: ident('room', room), Nom: room });
    });
    xml.element('Eleves', {}, () => {
      for (const pupil of school.pupils) {
        const identity = {
          Ident: ident('pupil', pupil.id),
          Nom: pupil.familyName,
          Prenom: pupil.givenName,
          DateNaissance: pupil.birthDate,
          Sexe: pupil.female ? 'Feminin' : 'Masculin',
          CodePostal: pupil.address.postalCode,
          NumeroNational: pupil.ine,
          IDSconet: pupil.id,
          IDPN: pupil.pronoteId,
        };
        const days = { DateEntree: yearFrom, DateSortie: yearUntil };
        xml.element('Eleve', identity, () => {
          const legal = pupil.links.filter(({ level }) => level === 1).slice(0, 2);
          for (const [i, { guardian }] of legal.entries()) {
            xml.empty('Responsable', {
              Ident: ident('guardian', guardian.id),
              RespLegal: i + 1,
              Nom: guardian.familyName,
              Prenom: guardian.givenName,
              Civilite: guardian.female ? 'Mme' : 'M.',
              Adresse1: guardian.address.line,
              Adresse2: guardian.address.second,
              CodePostal: guardian.address.postalCode,
              Ville: guardian.address.city,
              IDPN: guardian.pronoteId,
            });
          }
          xml.empty('Classe', { Ident: ident('class', pupil.className), ...days });
          for (const group of pupil.groups) xml.empty('PartieDeClasse', { Ident: part(group, pupil.className), ...days });
        });
      }
    });
    xml.element('Cours', {}, () => {
      const room = new Map(school.staff.map((member) => [member.id, member.room]));
      for (const { block, day, slot } of school.timetable) {
        for (const { subject, teachers, classes, groups, weeks } of block.lessons) {
          const Semaines = maskOf(weeks);
          const [first = ''] = teachers;
          xml.element('Cours', { Jour: day, NumeroPlaceDebut: slot, NombrePlaces: block.length }, () => {
            xml.empty('Matiere', { Ident: ident('subject', SUBJECTS[subject as SubjectName].code) });
            for (const teacher of teachers) xml.empty('Professeur', { Ident: ident('teacher', teacher), Semaines });
            for (const code of classes) xml.empty('Classe', { Ident: ident('class', code), Semaines });
            for (const code of groups) xml.empty('Groupe', { Ident: ident('group', code), Semaines });
            xml.empty('Salle', { Ident: ident('room', room.get(first) ?? ''), Semaines });
          });
        }
      }
    });
  });
  return xml.bytes();
}
