import { toCard } from '../../../functions/runtime/card.ts';
import type { AccessCard, Caller, Door, SchoolLink } from '../../../shared/kernel/index.ts';
import { directoryDouble, UAI } from './imports/job-double.ts';

export interface PupilLine {
  readonly id: string;
  readonly name: string;
  readonly birth?: string;
  readonly ine?: string;
  readonly class?: string;
  readonly email?: string;
  /** CODE_REGIME. */
  readonly regime?: string;
}
export interface GuardianLine {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly of: readonly (readonly [pupil: string, level: 1 | 2 | 3, kinship?: string])[];
}

const head = (year: number) =>
  `<PARAMETRES><UAJ>${UAI}</UAJ><ANNEE_SCOLAIRE>${year}</ANNEE_SCOLAIRE><DATE_EXPORT>01/09/${year}</DATE_EXPORT></PARAMETRES>`;
const [given, family] = [(name: string) => name.split(' ')[0], (name: string) => name.split(' ').slice(1).join(' ')];
const tag = (name: string, value: string | undefined) => (value === undefined ? '' : `<${name}>${value}</${name}>`);

export const eleves = (pupils: readonly PupilLine[], year = 2026): string =>
  `<?xml version="1.0" encoding="UTF-8"?><BEE_ELEVES VERSION="2.1">${head(year)}<DONNEES><ELEVES>${pupils
    .map(
      ({ id, name, birth = '02/04/2014', ine = `INE${id}`, email, regime }) =>
        `<ELEVE ELEVE_ID="${id}">${tag('ID_NATIONAL', ine)}${tag('NOM_DE_FAMILLE', family(name))}${tag('PRENOM', given(name))}${tag('DATE_NAISS', birth)}<CODE_SEXE>2</CODE_SEXE>${tag('CODE_REGIME', regime)}${tag('MEL', email)}</ELEVE>`,
    )
    .join('')}</ELEVES><STRUCTURES>${pupils
    .map(
      ({ id, class: code = '5 B' }) =>
        `<STRUCTURES_ELEVE ELEVE_ID="${id}"><STRUCTURE><CODE_STRUCTURE>${code}</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE></STRUCTURES_ELEVE>`,
    )
    .join('')}</STRUCTURES></DONNEES></BEE_ELEVES>`;

export const responsables = (guardians: readonly GuardianLine[], year = 2026): string =>
  `<?xml version="1.0" encoding="UTF-8"?><BEE_RESPONSABLES VERSION="2.1">${head(year)}<DONNEES><PERSONNES>${guardians
    .map(
      ({ id, name, email, phone, address }) =>
        `<PERSONNE PERSONNE_ID="${id}"><LC_CIVILITE>MME</LC_CIVILITE>${tag('NOM_DE_FAMILLE', family(name))}${tag('PRENOM', given(name))}${tag('TEL_PORTABLE', phone)}${tag('MEL', email)}${tag('ADRESSE_ID', address)}</PERSONNE>`,
    )
    .join('')}</PERSONNES><RESPONSABLES>${guardians
    .flatMap(({ id, of }) =>
      of.map(
        ([pupil, level, kinship = '10']) =>
          `<RESPONSABLE_ELEVE><ELEVE_ID>${pupil}</ELEVE_ID><PERSONNE_ID>${id}</PERSONNE_ID><NIVEAU_RESPONSABILITE>${level}</NIVEAU_RESPONSABILITE><CODE_PARENTE>${kinship}</CODE_PARENTE></RESPONSABLE_ELEVE>`,
      ),
    )
    .join('')}</RESPONSABLES></DONNEES></BEE_RESPONSABLES>`;

/** Léa and her brother Tom with both parents; Ana with her mother and a contact of level 3. */
export const PUPILS: readonly PupilLine[] = [
  { id: '101', name: 'Léa MARTIN', birth: '02/04/2014' },
  { id: '102', name: 'Tom MARTIN', birth: '05/06/2012', class: '4 A' },
  { id: '103', name: 'Ana SILVA', birth: '09/09/2013' },
];
export const GUARDIANS: readonly GuardianLine[] = [
  {
    id: '501',
    name: 'Claire MARTIN',
    email: 'claire@example.org',
    address: '1',
    of: [
      ['101', 1],
      ['102', 1],
    ],
  },
  {
    id: '502',
    name: 'Paul MARTIN',
    email: 'paul@example.org',
    address: '2',
    of: [
      ['101', 1, '20'],
      ['102', 1, '20'],
    ],
  },
  { id: '503', name: 'Rosa SILVA', phone: '0600000001', address: '3', of: [['103', 1]] },
  { id: '504', name: 'Jo SILVA', email: 'jo@example.org', of: [['103', 3, '39']] },
];

type Double = ReturnType<typeof directoryDouble>;

/** A school with these people, imported as any school is. */
export const scene = async (pupils = PUPILS, guardians = GUARDIANS) => {
  const school = directoryDouble();
  await school.open();
  await again(school, pupils, guardians);
  const person = (name: string) => {
    const found = school.directory.items('person').find(({ givenName, familyName }) => `${givenName} ${familyName}` === name);
    if (!found) throw new RangeError(`nobody is called ${name}`);
    return found;
  };
  const link = (guardian: string, pupil: string) => {
    const [guardianId, pupilId] = [person(guardian).personId, person(pupil).personId];
    return school.directory.items('link').find((one) => one.guardianId === guardianId && one.pupilId === pupilId);
  };
  const children = (guardian: string) => {
    const card = school.directory.items('card').find(({ personId }) => personId === person(guardian).personId);
    return ((card?.[`school:${UAI}`] as SchoolLink | undefined)?.children ?? []).map(({ pupilId }) => pupilId);
  };
  return { ...school, person, link, children };
};

export const inspectAgain = (
  school: Pick<Double, 'inspect'>,
  pupils: readonly PupilLine[],
  guardians: readonly GuardianLine[],
  year = 2026,
) => school.inspect({ 'eleves.xml': eleves(pupils, year), 'responsables.xml': responsables(guardians, year) });

export const again = async (
  school: Pick<Double, 'inspect' | 'confirm'>,
  pupils: readonly PupilLine[],
  guardians: readonly GuardianLine[],
) => {
  const job = await inspectAgain(school, pupils, guardians);
  return job.state === 'inspected' ? school.confirm(job, ['many-departures']) : job;
};

/** A caller with the card that stands in the table, as `serve` reads it. */
export const callerOf = async (school: Pick<Double, 'directory'>, personId: string): Promise<Caller> => {
  const card = await school.directory.get('card', { personId });
  if (!card) throw new RangeError('no card');
  return callerWith(toCard(personId, card));
};
export const callerWith = (card: AccessCard): Caller => ({
  personId: card.personId,
  door: card.door,
  card,
  issuedAt: '2026-09-15T08:00:00.000Z',
});

export const staff = (duty: 'direction' | 'school-life' | 'office' = 'direction', door: Door = 'staff'): Caller =>
  callerWith({
    personId: 'p_direction00',
    door,
    language: 'fr',
    schools: { [UAI]: { personId: 'p_direction00', groups: [], duties: [duty], children: [] } },
    oversees: [UAI],
    frozen: false,
  });

/** What a route's use case receives beside its own parts. */
export const input = <P, B = undefined, Q = {}>(caller: Caller, params: P, { body, query }: { body?: B; query?: Q } = {}) => ({
  params,
  query: (query ?? {}) as Q,
  body: body as B,
  caller,
  idempotencyKey: '',
  address: '',
  cookies: {},
});
