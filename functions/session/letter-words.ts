import type { Person } from '../../shared/directory/person.ts';
import { readableCivility } from '../../shared/directory/readable-civility.ts';
import type { School } from '../../shared/directory/school.ts';
import { readablePhone } from '../../shared/kernel/readable-phone.ts';
import type { Letter, LetterHead } from './letter-pdf.ts';
import type { IssuedCode } from './one-time-code.ts';

/** The doors as families read them on the first page. */
export const DOOR_NAMES: Readonly<Record<Person['door'], string>> = {
  pupil: 'Élève',
  guardian: 'Parent ou responsable',
  teacher: 'Enseignant',
  staff: 'Vie scolaire et direction',
  authority: 'Collectivité',
};

const OPENINGS: Readonly<Record<Person['door'], { title: string; opening: string }>> = {
  pupil: {
    title: 'Votre accès à l’espace du collège',
    opening: 'L’établissement vous ouvre un espace en ligne : vous y lisez votre emploi du temps et vos absences.',
  },
  guardian: {
    title: 'Votre accès pour suivre la scolarité de votre enfant',
    opening: 'L’établissement vous ouvre un espace en ligne : vous y êtes prévenu d’une absence et vous y répondez à la vie scolaire.',
  },
  teacher: {
    title: 'Votre accès pour faire l’appel',
    opening: 'L’établissement vous ouvre un espace en ligne : vous y faites l’appel et vous y lisez votre emploi du temps.',
  },
  staff: {
    title: 'Votre accès à l’espace de l’établissement',
    opening: 'L’établissement vous ouvre un espace en ligne, protégé par une double authentification.',
  },
  authority: {
    title: 'Votre accès à l’espace de la collectivité',
    opening: 'Un espace en ligne vous est ouvert, protégé par une double authentification.',
  },
};

const day = (date: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(date).replace(/^1 /, '1er ');

export const headOf = (school: School, site: { url: string }, now: Date): LetterHead => ({
  school: school.name,
  place: school.city ?? '',
  phone: readablePhone(school.schoolLifePhone ?? ''),
  date: `${school.city ? `${school.city}, le` : 'Le'} ${day(now, school.timeZone)}`,
  host: new URL(site.url).host,
});

export const letterTo = (person: Person, issued: IssuedCode, school: School, site: { url: string }): Letter => ({
  recipient: [person.civility && readableCivility(person.civility), person.givenName, person.familyName.toUpperCase()]
    .filter(Boolean)
    .join(' '),
  ...OPENINGS[person.door],
  login: issued.login,
  code: issued.code,
  validUntil: day(new Date(issued.expiresAt), school.timeZone),
  // After the hash: neither server nor proxy logs ever see the code.
  link: `${site.url}/activation#${issued.login}/${issued.code}`,
  doorName: DOOR_NAMES[person.door],
});
