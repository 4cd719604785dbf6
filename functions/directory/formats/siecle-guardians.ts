import type { GuardianLinkRecord, ResponsibilityLevel } from '../../../shared/directory/school-file.ts';
import { readAddress } from './addresses.ts';
import type { Element } from './elements.ts';
import { booleanOf, child, textOf } from './fields.ts';
import { defined, type FormatReader, type Reading } from './reading.ts';
import { siecleHeader } from './siecle-header.ts';

/**
 * NIVEAU_RESPONSABILITE, or the RESP_LEGAL of before SIECLE 16 (1 and 2 both were legal guardians, 0 was not). What says nothing gives the
 * least right: contact only.
 */
function levelOf(level: string | undefined, formerRank: string | undefined): ResponsibilityLevel | undefined {
  if (level === '1') return 1;
  if (level === '2') return 2;
  if (level === '3') return 3;
  if (level !== undefined) return undefined;
  if (formerRank === '1' || formerRank === '2') return 1;
  return formerRank === '0' ? 3 : undefined;
}

/**
 * ResponsablesSans/AvecAdresses.xml, version 2.1 and older (FORMATS: SIECLE). The file keeps people tied to departed pupils only, in large
 * numbers: they are yielded, and the import takes those with a link to a present pupil.
 */
export function siecleGuardians(reading: Reading, version: string | undefined): FormatReader {
  const format = 'siecle-guardians';
  const guardians = new Set<string>();
  const links = new Set<string>();
  const waitingLinks: string[] = [];
  const addresses = new Set<string>();
  const addressUsers = new Map<string, string>();
  let peopleRead = false;

  const guardian = (element: Element) => {
    const sourceId = element.attributes.PERSONNE_ID?.trim().slice(0, 64);
    if (!sourceId) return reading.report('guardian-without-id', element.line);
    const subject = { kind: 'guardian', id: sourceId } as const;
    if (guardians.has(sourceId)) return reading.report('guardian-twice', element.line, subject);
    guardians.add(sourceId);
    const values = reading.valuesOf(element, subject, (field) => child(element, field)?.text);
    const familyName = values.text('NOM_DE_FAMILLE') ?? values.text('NOM') ?? values.text('NOM_USAGE');
    const usageName = values.text('NOM_USAGE');
    const addressId = values.code('ADRESSE_ID');
    if (familyName === undefined) values.report('name-missing', 'NOM_DE_FAMILLE');
    if (addressId !== undefined && !addressUsers.has(addressId)) addressUsers.set(addressId, sourceId);
    reading.emit({
      type: 'guardian',
      sourceId,
      familyName: familyName ?? '?',
      givenName: values.text('PRENOM') ?? '',
      phones: defined({
        home: values.phone('TEL_PERSONNEL'),
        mobile: values.phone('TEL_PORTABLE'),
        work: values.phone('TEL_PROFESSIONNEL'),
      }),
      line: element.line,
      ...defined({
        civility: values.text('LC_CIVILITE', 32) ?? values.text('LL_CIVILITE', 32),
        usageName: usageName === familyName ? undefined : usageName,
        email: values.email('MEL'),
        acceptsSms: booleanOf(textOf(element, 'ACCEPTE_SMS')),
        sharesAddress: booleanOf(textOf(element, 'COMMUNICATION_ADRESSE')),
        addressId,
        occupation: values.code('CODE_PROFESSION', 16),
      }),
    });
  };

  const settle = (link: GuardianLinkRecord) => {
    if (guardians.has(link.guardianSourceId)) reading.emit(link);
    else {
      const { pupilSourceId, guardianSourceId } = link;
      reading.report('link-without-guardian', link.line, { kind: 'link', id: `${pupilSourceId} ${guardianSourceId}` });
    }
  };

  const link = (element: Element) => {
    const pupilSourceId = textOf(element, 'ELEVE_ID')?.slice(0, 64);
    const guardianSourceId = textOf(element, 'PERSONNE_ID')?.slice(0, 64);
    const id = `${pupilSourceId ?? '?'} ${guardianSourceId ?? '?'}`;
    const subject = { kind: 'link', id } as const;
    if (pupilSourceId === undefined) return reading.report('link-without-pupil', element.line, subject);
    if (guardianSourceId === undefined) return reading.report('link-without-guardian', element.line, subject);
    if (links.has(id)) return reading.report('link-twice', element.line, subject);
    links.add(id);
    const formerRank = textOf(element, 'RESP_LEGAL');
    const level = levelOf(textOf(element, 'NIVEAU_RESPONSABILITE'), formerRank);
    if (level === undefined) reading.report('link-level-unknown', element.line, subject, { field: 'NIVEAU_RESPONSABILITE' });
    const record: GuardianLinkRecord = {
      type: 'link',
      pupilSourceId,
      guardianSourceId,
      level: level ?? 3,
      line: element.line,
      ...defined({
        rank: formerRank !== undefined && /^\d$/.test(formerRank) ? Number(formerRank) : undefined,
        kinship: textOf(element, 'CODE_PARENTE')?.slice(0, 8),
        contactFirst: booleanOf(textOf(element, 'A_CONTACTER_EN_PRIORITE') ?? textOf(element, 'PERS_CONTACT')),
        hosts: booleanOf(textOf(element, 'HEBERGE_ELEVE')),
        pays: booleanOf(textOf(element, 'PAIE_FRAIS_SCOLAIRES') ?? textOf(element, 'PERS_PAIMENT')),
        receivesAid: booleanOf(textOf(element, 'PERCOIT_LES_AIDES')),
      }),
    };
    if (peopleRead || guardians.has(guardianSourceId)) settle(record);
    else waitingLinks.push(JSON.stringify(record));
  };

  const settleAll = () => {
    peopleRead = true;
    for (const waiting of waitingLinks.splice(0)) settle(JSON.parse(waiting) as GuardianLinkRecord);
  };

  return {
    format,
    records: {
      PARAMETRES: siecleHeader(reading, format, version),
      'DONNEES/PERSONNES/PERSONNE': guardian,
      'DONNEES/RESPONSABLES/RESPONSABLE_ELEVE': link,
      // Only reconstructed files name it so; they are read alike.
      'DONNEES/RESPONSABLES/RESPONSABLE': link,
      'DONNEES/ADRESSES/ADRESSE': (element) => {
        const id = readAddress(reading, element);
        if (id !== undefined) addresses.add(id);
      },
    },
    sections: { 'DONNEES/PERSONNES': settleAll },
    end: () => {
      settleAll();
      // The export without addresses still names them.
      if (addresses.size === 0) return;
      for (const [address, user] of addressUsers) {
        if (!addresses.has(address)) reading.report('address-unknown', 1, { kind: 'guardian', id: user }, { related: [address] });
      }
    },
  };
}
