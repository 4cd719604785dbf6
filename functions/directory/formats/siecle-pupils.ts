import type { Membership, PupilRecord } from '../../../shared/directory/school-file.ts';
import { readAddress } from './addresses.ts';
import type { Element } from './elements.ts';
import { child, childrenOf, regimeOf, sexOf, textOf, trimmed } from './fields.ts';
import { PupilChecks } from './pupil-checks.ts';
import { defined, type FormatReader, type Reading } from './reading.ts';
import { siecleHeader } from './siecle-header.ts';

const OTHER_NAMES = ['PRENOM2', 'PRENOM3'] as const;

/**
 * ElevesSansAdresses.xml and ElevesAvecAdresses.xml, versions 2.1 to 3.0 (FORMATS: SIECLE). Pupils and their classes stand in two sections in
 * either order: what comes first waits as text (some 350 bytes a pupil), because parsed values would keep the whole file in memory.
 */
export function sieclePupils(reading: Reading, version: string | undefined): FormatReader {
  const format = 'siecle-pupils';
  const checks = new PupilChecks(reading);
  const waitingPupils = new Map<string, string>();
  const waitingMemberships = new Map<string, string>();
  const classesOfGroup = new Map<string, Set<string>>();
  const classes = new Set<string>();
  let structuresRead = false;

  const release = (pupil: PupilRecord) => {
    checks.memberships(pupil);
    const own = pupil.memberships.filter(({ kind }) => kind === 'class').map(({ code }) => code);
    for (const { code, kind } of pupil.memberships) {
      if (kind === 'class') classes.add(code);
      else {
        const spanned = classesOfGroup.get(code) ?? new Set();
        for (const each of own) spanned.add(each);
        classesOfGroup.set(code, spanned);
      }
    }
    reading.emit(pupil);
  };

  const pupil = (element: Element) => {
    const sourceId = element.attributes.ELEVE_ID?.trim().slice(0, 64);
    if (!sourceId) return reading.report('pupil-without-id', element.line);
    const values = reading.valuesOf(element, { kind: 'pupil', id: sourceId }, (field) => child(element, field)?.text);
    if (!checks.first(sourceId, element.line)) return;

    // SIECLE's release notes: NOM before 2016; since then NOM_DE_FAMILLE, and NOM_USAGE only when it differs.
    const familyName = values.text('NOM_DE_FAMILLE') ?? values.text('NOM') ?? values.text('NOM_USAGE');
    const usageName = values.text('NOM_USAGE');
    const givenName = values.text('PRENOM');
    const regimeCode = values.code('CODE_REGIME', 16);
    const otherGivenNames = OTHER_NAMES.map((field) => values.text(field)).filter((name) => name !== undefined);
    const regime = regimeCode === undefined ? undefined : regimeOf(regimeCode);
    if (regimeCode !== undefined && regime === undefined) values.report('regime-unknown', 'CODE_REGIME');
    if (familyName === undefined || givenName === undefined)
      values.report('name-missing', familyName === undefined ? 'NOM_DE_FAMILLE' : 'PRENOM');

    const record: PupilRecord = {
      type: 'pupil',
      sourceId,
      familyName: familyName ?? '?',
      givenName: givenName ?? '?',
      memberships: [],
      line: element.line,
      ...defined({
        // Since autumn 2017 ID_NATIONAL is the RNIE's; new pupils have no BEA.
        ine: values.code('ID_NATIONAL', 32) ?? values.code('INE_RNIE', 32) ?? values.code('INE_BEA', 32),
        localNumber: values.code('ELENOET', 32) ?? element.attributes.ELENOET?.trim().slice(0, 32),
        schoolNumber: values.code('ID_ELEVE_ETAB', 64),
        usageName: usageName === familyName ? undefined : usageName,
        otherGivenNames: otherGivenNames.length === 0 ? undefined : otherGivenNames,
        birthDate: values.date('DATE_NAISS'),
        sex: sexOf(textOf(element, 'CODE_SEXE')),
        regimeCode,
        regime,
        mef: values.code('CODE_MEF', 32),
        status: values.code('CODE_STATUT', 16),
        email: values.email('MEL'),
        phone: values.phone('TEL_PORTABLE') ?? values.phone('TEL_PERSONNEL'),
        entryDate: values.date('DATE_ENTREE'),
        exitDate: values.date('DATE_SORTIE'),
        exitReason: values.code('CODE_MOTIF_SORTIE', 16),
        addressId: values.code('ADRESSE_ID'),
      }),
    };
    checks.record(record);

    const memberships = waitingMemberships.get(sourceId);
    if (memberships === undefined && !structuresRead) {
      waitingPupils.set(sourceId, JSON.stringify(record));
      return;
    }
    waitingMemberships.delete(sourceId);
    release(memberships === undefined ? record : { ...record, memberships: JSON.parse(memberships) as Membership[] });
  };

  // Several STRUCTURE per pupil, in no order: neither the first nor the last is the class, its type says so.
  const structures = (element: Element) => {
    const sourceId = element.attributes.ELEVE_ID?.trim().slice(0, 64) ?? '';
    const found = new Map<string, Membership>();
    for (const structure of childrenOf(element, 'STRUCTURE').slice(0, 100)) {
      const code = trimmed(child(structure, 'CODE_STRUCTURE')?.text ?? '').slice(0, 64);
      const kind = textOf(structure, 'TYPE_STRUCTURE') === 'D' ? 'class' : 'group';
      if (code !== '') found.set(`${kind} ${code}`, { code, kind });
    }
    const memberships = [...found.values()];
    const waiting = waitingPupils.get(sourceId);
    if (waiting === undefined) {
      waitingMemberships.set(sourceId, JSON.stringify(memberships));
      return;
    }
    waitingPupils.delete(sourceId);
    release({ ...(JSON.parse(waiting) as PupilRecord), memberships });
  };

  const options = (element: Element) => {
    const pupilSourceId = element.attributes.ELEVE_ID?.trim().slice(0, 64);
    if (!pupilSourceId) return;
    for (const option of childrenOf(element, 'OPTIONS_ELEVE')) {
      const subjectId = textOf(option, 'CODE_MATIERE')?.slice(0, 64);
      if (subjectId === undefined) continue;
      const rank = Number(textOf(option, 'NUM_OPTION') ?? Number.NaN);
      reading.emit({
        type: 'option',
        pupilSourceId,
        subjectId,
        ...defined({
          rank: Number.isInteger(rank) && rank >= 0 && rank <= 99 ? rank : undefined,
          modality: textOf(option, 'CODE_MODALITE_ELECT')?.slice(0, 8),
        }),
      });
    }
  };

  return {
    format,
    records: {
      PARAMETRES: siecleHeader(reading, format, version),
      'DONNEES/ELEVES/ELEVE': pupil,
      'DONNEES/STRUCTURES/STRUCTURES_ELEVE': structures,
      'DONNEES/OPTIONS/OPTION': options,
      'DONNEES/ADRESSES/ADRESSE': (element) => void readAddress(reading, element),
    },
    sections: {
      'DONNEES/STRUCTURES': () => {
        structuresRead = true;
      },
    },
    end: () => {
      for (const waiting of waitingPupils.values()) release(JSON.parse(waiting) as PupilRecord);
      for (const id of waitingMemberships.keys()) reading.report('structure-of-unknown-pupil', 1, { kind: 'pupil', id });
      for (const code of classes) reading.emit({ type: 'group', code, kind: 'class', mefs: [], classCodes: [] });
      for (const [code, spanned] of classesOfGroup) {
        reading.emit({ type: 'group', code, kind: 'group', mefs: [], classCodes: [...spanned].slice(0, 200) });
      }
    },
  };
}
