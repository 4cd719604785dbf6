import type * as z from 'zod';
import { addDays, type ChildLink, isOpen, type LocalDate } from '../kernel/index.ts';
import type { GuardianLink, Person } from './person.ts';

/** CODE_PARENTE of the pupil, who stands among the guardians from 18 on: nobody's guardian. */
export const SELF = '70';

export interface Tie {
  readonly link: Pick<GuardianLink, 'level' | 'kinship' | 'from' | 'until' | 'restriction' | 'origin'>;
  readonly guardian: Pick<Person, 'departedOn'>;
  readonly pupil: Pick<Person, 'birthDate' | 'departedOn'> & { readonly refusesParents?: boolean | undefined };
}

export interface SchoolRule {
  readonly tellsLevelTwo: boolean;
  /** SIECLE's guardians were imported once: EDT's rank is no right any more. */
  readonly siecleKnown: boolean;
}

/** Whether a pupil is of age on a day; without a birth date, not. Born on 29 February: of age on 1 March. */
export const isAdult = (birthDate: LocalDate | undefined, on: LocalDate): boolean =>
  birthDate !== undefined && `${Number(birthDate.slice(0, 4)) + 18}${birthDate.slice(4)}` <= on;

const isHere = ({ departedOn }: Pick<Person, 'departedOn'>, on: LocalDate): boolean => departedOn === undefined || on < departedOn;

/**
 * Whether a guardian may be told about a pupil on a day. SIECLE level 1 (both parents), level 2 as the school set, level 3 never.
 * A restriction hides while it is open, both days included. A pupil of age may have refused in writing that parents be told.
 * Being told needs no account.
 */
export function entitled({ link, guardian, pupil }: Tie, on: LocalDate, { tellsLevelTwo, siecleKnown }: SchoolRule): boolean {
  if (!isHere(pupil, on) || !isHere(guardian, on)) return false;
  if (link.kinship === SELF || !isOpen(link, on)) return false;
  if (link.restriction && isOpen(link.restriction, on)) return false;
  if (link.origin === 'edt' && siecleKnown) return false;
  if (pupil.refusesParents && isAdult(pupil.birthDate, on)) return false;
  return link.level === 1 || (link.level === 2 && tellsLevelTwo);
}

type Child = z.infer<typeof ChildLink>;

/**
 * What a guardian's access card says of one pupil: the days of the link without those of its restriction, so that a dated restriction
 * begins and ends by itself. Empty once nothing of it lies ahead.
 */
export function childLinksOf(
  link: Pick<GuardianLink, 'pupilId' | 'level' | 'kinship' | 'from' | 'until' | 'restriction'>,
  today: LocalDate,
): Child[] {
  if (link.kinship === SELF) return [];
  const { pupilId, level, restriction } = link;
  const spans = restriction
    ? [
        { from: link.from, until: earlier(link.until, addDays(restriction.from, -1)) },
        ...(restriction.until ? [{ from: later(link.from, addDays(restriction.until, 1)), until: link.until }] : []),
      ]
    : [{ from: link.from, until: link.until }];
  return spans
    .filter(({ from, until }) => until === undefined || (until >= today && (from === undefined || from <= until)))
    .map(({ from, until }) => ({ pupilId, level, ...(from && { from }), ...(until && { until }) }));
}

const earlier = (a: LocalDate | undefined, b: LocalDate): LocalDate => (a !== undefined && a < b ? a : b);
const later = (a: LocalDate | undefined, b: LocalDate): LocalDate => (a !== undefined && a > b ? a : b);
