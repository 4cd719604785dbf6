import { type Level, MEFS, SUBJECTS } from './curriculum.ts';
import type { Address, Guardian, Pupil } from './people.ts';
import type { School } from './school.ts';
import { XmlWriter } from './xml.ts';

const french = (iso: string) => iso.split('-').reverse().join('/');

/** The day of the exports: the Friday before the pupils come back. */
const exportDay = (year: number) => `28/08/${year}`;

function parameters(xml: XmlWriter, { uai, year }: School): void {
  xml.element('PARAMETRES', {}, () =>
    xml.leaves({ UAJ: uai, ANNEE_SCOLAIRE: year, DATE_EXPORT: exportDay(year), HORODATAGE: `${exportDay(year)} 09:12:05` }),
  );
}

function addresses(xml: XmlWriter, list: Iterable<Address>): void {
  xml.element('ADRESSES', {}, () => {
    for (const { id, line, second, postalCode, city } of list) {
      xml.element('ADRESSE', { ADRESSE_ID: id }, () =>
        xml.leaves({
          LIGNE1_ADRESSE: line,
          LIGNE2_ADRESSE: second ?? '',
          LIGNE3_ADRESSE: '',
          LIGNE4_ADRESSE: '',
          CODE_POSTAL: postalCode,
          LL_PAYS: 'FRANCE',
          LIBELLE_POSTAL: city,
        }),
      );
    }
  });
}

/** ElevesAvecAdresses.xml: pupils, their options, their class and groups. Groups stand before the class now and then, as in real files. */
export function siecleEleves(school: School): Uint8Array {
  const xml = new XmlWriter('ISO-8859-15');
  xml.element('BEE_ELEVES', { VERSION: '3.0' }, () => {
    parameters(xml, school);
    xml.element('DONNEES', {}, () => {
      xml.element('ELEVES', {}, () => {
        for (const pupil of school.pupils) eleve(xml, pupil, school.year);
      });
      xml.element('OPTIONS', {}, () => {
        for (const { id, localNumber, secondLanguage, latin } of school.pupils) {
          const options = [SUBJECTS.english, ...(secondLanguage ? [SUBJECTS[secondLanguage]] : []), ...(latin ? [SUBJECTS.latin] : [])];
          xml.element('OPTION', { ELEVE_ID: id, ELENOET: localNumber }, () => {
            for (const [i, { code }] of options.entries()) {
              const CODE_MODALITE_ELECT = code === SUBJECTS.latin.code ? 'F' : 'O';
              xml.element('OPTIONS_ELEVE', {}, () => xml.leaves({ NUM_OPTION: i + 1, CODE_MODALITE_ELECT, CODE_MATIERE: code }));
            }
          });
        }
      });
      xml.element('STRUCTURES', {}, () => {
        school.pupils.forEach(({ id, className, groups }, i) => {
          const own = [{ code: className, type: 'D' }, ...groups.map((code) => ({ code, type: 'G' }))];
          xml.element('STRUCTURES_ELEVE', { ELEVE_ID: id }, () => {
            for (const { code, type } of i % 3 === 0 ? own.reverse() : own) {
              xml.element('STRUCTURE', {}, () => xml.leaves({ CODE_STRUCTURE: code, TYPE_STRUCTURE: type }));
            }
          });
        });
      });
      addresses(xml, new Map(school.pupils.map(({ address }) => [address.id, address])).values());
    });
  });
  return xml.bytes();
}

function eleve(xml: XmlWriter, pupil: Pupil, year: number): void {
  xml.element('ELEVE', { ELEVE_ID: pupil.id, ELENOET: pupil.localNumber }, () => {
    xml.leaves({
      ID_NATIONAL: pupil.ine ?? '',
      ELENOET: pupil.localNumber,
      NOM_DE_FAMILLE: pupil.familyName,
      PRENOM: pupil.givenName,
      DATE_NAISS: french(pupil.birthDate),
      DOUBLEMENT: 0,
      CODE_PAYS: '100',
      CODE_DEPARTEMENT_NAISS: '035',
      ACCEPTE_SMS: 0,
      DATE_ENTREE: `01/09/${year}`,
      CODE_MOTIF_SORTIE: '',
      CODE_REGIME: pupil.regime,
      CODE_STATUT: 'ST',
      CODE_SEXE: pupil.female ? 2 : 1,
      CODE_MEF: pupil.mef,
      MEL: pupil.email,
      ADRESSE_ID: pupil.address.id,
    });
    const before = pupil.level === 6 ? undefined : MEFS[(pupil.level + 1) as Level];
    xml.element('SCOLARITE_AN_DERNIER', {}, () =>
      xml.leaves({
        CODE_MEF: before?.code,
        CODE_STRUCTURE: before ? `${pupil.level + 1}${pupil.className.slice(1)}` : 'CM2',
        SIGLE: before ? 'CLG' : 'E.E.PU',
      }),
    );
  });
}

/** ResponsablesAvecAdresses.xml: guardians, what each is to each pupil, addresses. */
export function siecleResponsables(school: School): Uint8Array {
  const guardians = new Map<string, Guardian>(
    school.pupils.flatMap(({ links }) => links.map(({ guardian }) => [guardian.id, guardian] as const)),
  );
  const xml = new XmlWriter('ISO-8859-15');
  xml.element('BEE_RESPONSABLES', { VERSION: '2.1' }, () => {
    parameters(xml, school);
    xml.element('DONNEES', {}, () => {
      xml.element('PERSONNES', {}, () => {
        for (const guardian of guardians.values()) {
          xml.element('PERSONNE', { PERSONNE_ID: guardian.id }, () =>
            xml.leaves({
              NOM_DE_FAMILLE: guardian.familyName,
              NOM_USAGE: guardian.usageName,
              PRENOM: guardian.givenName,
              LC_CIVILITE: guardian.female ? 'MME' : 'M.',
              LL_CIVILITE: guardian.female ? 'MADAME' : 'MONSIEUR',
              TEL_PERSONNEL: guardian.home,
              TEL_PORTABLE: guardian.mobile,
              MEL: guardian.email,
              ACCEPTE_SMS: guardian.acceptsSms ? 1 : 0,
              ADRESSE_ID: guardian.address.id,
              COMMUNICATION_ADRESSE: 'false',
            }),
          );
        }
      });
      xml.element('RESPONSABLES', {}, () => {
        for (const { id, links } of school.pupils) {
          for (const { guardian, level, kinship, hosts, pays, contactFirst } of links) {
            // SIECLE itself mixes 0/1 and true/false.
            xml.element('RESPONSABLE_ELEVE', {}, () =>
              xml.leaves({
                ELEVE_ID: id,
                PERSONNE_ID: guardian.id,
                NIVEAU_RESPONSABILITE: level,
                CODE_PARENTE: kinship,
                PAIE_FRAIS_SCOLAIRES: pays ? 1 : 0,
                PERCOIT_LES_AIDES: 0,
                HEBERGE_ELEVE: String(hosts),
                A_CONTACTER_EN_PRIORITE: String(contactFirst),
              }),
            );
          }
        }
      });
      addresses(xml, new Map([...guardians.values()].map(({ address }) => [address.id, address])).values());
    });
  });
  return xml.bytes();
}
