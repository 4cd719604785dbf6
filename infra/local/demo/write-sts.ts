import { LEVELS, MEFS, SUBJECTS } from './curriculum.ts';
import type { School } from './school.ts';
import { XmlWriter } from './xml.ts';

/** `sts_emp_<UAI>_<year>.xml`: staff, classes, groups, services. */
export function stsEmp(school: School): Uint8Array {
  const { uai, year, name, city, postalCode } = school;
  const xml = new XmlWriter('ISO-8859-15');
  const services = (structure: string) =>
    xml.element('SERVICES', {}, () => {
      for (const { subject, teachers } of school.services.filter((service) => service.structure === structure)) {
        xml.element('SERVICE', { CODE_MATIERE: SUBJECTS[subject].code, CODE_MOD_COURS: 'CG' }, () =>
          xml.element('ENSEIGNANTS', {}, () => {
            for (const id of teachers) xml.empty('ENSEIGNANT', { ID: id, TYPE: 'epp' });
          }),
        );
      }
    });

  xml.element('STS_EDT', {}, () => {
    xml.element('PARAMETRES', {}, () => {
      xml.element('UAJ', { CODE: uai }, () => {
        xml.element('ACADEMIE', {}, () => xml.leaves({ CODE: '14', LIBELLE: 'RENNES' }));
        xml.leaves({
          SIGLE: 'CLG',
          DENOM_PRINC: 'COLLÈGE',
          DENOM_COMPL: name.toUpperCase(),
          COMMUNE: city,
          CODE_POSTAL: postalCode,
          TELEPHONE: '0199000000',
        });
      });
      xml.element('ANNEE_SCOLAIRE', { ANNEE: year }, () => xml.leaves({ DATE_DEBUT: `${year}-09-01`, DATE_FIN: `${year + 1}-07-03` }));
    });
    xml.element('NOMENCLATURES', {}, () => {
      xml.element('MATIERES', {}, () => {
        for (const { code, short, label } of Object.values(SUBJECTS)) {
          xml.element('MATIERE', { CODE: code }, () =>
            xml.leaves({
              CODE_GESTION: short,
              LIBELLE_COURT: short,
              LIBELLE_LONG: label,
              LIBELLE_EDITION: label.charAt(0) + label.slice(1).toLowerCase(),
            }),
          );
        }
      });
      xml.element('MEFS', {}, () => {
        for (const level of LEVELS) {
          const { code, label, short } = MEFS[level];
          xml.element('MEF', { CODE: code }, () => xml.leaves({ LIBELLE_COURT: short, LIBELLE_LONG: label, LIBELLE_EDITION: label }));
        }
      });
    });
    xml.element('DONNEES', {}, () => {
      xml.element('INDIVIDUS', {}, () => {
        for (const member of school.staff) {
          xml.element('INDIVIDU', { ID: member.id, TYPE: 'epp' }, () => {
            xml.leaves({
              SEXE: member.female ? 2 : 1,
              CIVILITE: member.female ? 2 : 1,
              NOM_USAGE: member.usageName ?? member.familyName,
              NOM_PATRONYMIQUE: member.familyName,
              PRENOM: member.givenName,
              DATE_NAISSANCE: member.birthDate,
              GRADE: member.duty === 'ENS' ? 'CERT. CN' : member.duty === 'DIR' ? 'PERS. DIR.' : 'CPE',
              FONCTION: member.duty,
            });
            const { principalOf, subject } = member;
            if (principalOf !== undefined) {
              xml.element('PROFS_PRINC', {}, () => xml.element('PROF_PRINC', {}, () => xml.leaf('CODE_STRUCTURE', principalOf)));
            }
            if (subject !== undefined) {
              const { code, short, label } = SUBJECTS[subject];
              xml.element('DISCIPLINES', {}, () =>
                xml.element('DISCIPLINE', { CODE: code }, () => xml.leaves({ LIBELLE_COURT: short, LIBELLE_LONG: label })),
              );
            }
          });
        }
      });
      xml.element('STRUCTURE', {}, () => {
        xml.element('DIVISIONS', {}, () => {
          for (const { code, level } of school.classes) {
            xml.element('DIVISION', { CODE: code }, () => {
              xml.leaf('EFFECTIF_PREVU', school.pupils.filter(({ className }) => className === code).length);
              xml.element('MEFS_APPARTENANCE', {}, () => xml.empty('MEF_APPARTENANCE', { CODE: MEFS[level].code }));
              services(code);
            });
          }
        });
        xml.element('GROUPES', {}, () => {
          for (const { code, label, classes, level } of school.groups) {
            xml.element('GROUPE', { CODE: code }, () => {
              xml.leaves({ LIBELLE_LONG: label, EFFECTIF_PREVU: school.pupils.filter(({ groups }) => groups.includes(code)).length });
              xml.element('MEFS_APPARTENANCE', {}, () => xml.empty('MEF_APPARTENANCE', { CODE: MEFS[level].code }));
              xml.element('DIVISIONS_APPARTENANCE', {}, () => {
                for (const each of classes) xml.empty('DIVISION_APPARTENANCE', { CODE: each });
              });
              services(code);
            });
          }
        });
      });
    });
  });
  return xml.bytes();
}
