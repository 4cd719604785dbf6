import type { AccessCard, Door, Duty, SchoolLink } from './access-card.ts';
import type { LocalDate } from './time.ts';

export type RelationParams = Readonly<Partial<Record<'uai' | 'pupilId' | 'personId' | 'groupId', string>>>;

/** A named pure function over the card: deny by default, and the name is what RIGHTS.md prints. */
export interface Relation {
  readonly name: string;
  /** Path parameters the relation reads; a route that lacks one fails at synth. */
  readonly needs: readonly (keyof RelationParams)[];
  holds(card: AccessCard, params: RelationParams, today: LocalDate): boolean;
}

export const isOpen = (link: { from?: LocalDate | undefined; until?: LocalDate | undefined }, today: LocalDate): boolean =>
  (link.from === undefined || link.from <= today) && (link.until === undefined || today <= link.until);

const linkTo = (card: AccessCard, uai: string | undefined, today: LocalDate): SchoolLink | undefined => {
  const link = uai === undefined || !Object.hasOwn(card.schools, uai) ? undefined : card.schools[uai];
  return link && isOpen(link, today) ? link : undefined;
};

const relation = (name: string, needs: Relation['needs'], holds: Relation['holds']): Relation => ({ name, needs, holds });

/** Anyone who passed the door: the route shows the caller's own things only. */
export const isSelf = relation('is the person', [], () => true);

export const belongsTo = relation('belongs to the school', ['uai'], (card, { uai }, today) => linkTo(card, uai, today) !== undefined);

export const teachesAt = relation(
  'teaches at the school',
  ['uai'],
  (card, { uai }, today) => card.door === 'teacher' && linkTo(card, uai, today) !== undefined,
);

export const worksAt = relation(
  'works at the school',
  ['uai'],
  (card, { uai }, today) => card.door === 'staff' && linkTo(card, uai, today) !== undefined,
);

const onDuty = (name: string, ...duties: Duty[]) =>
  relation(
    name,
    ['uai'],
    (card, { uai }, today) => card.door === 'staff' && (linkTo(card, uai, today)?.duties.some((duty) => duties.includes(duty)) ?? false),
  );

export const runsSchoolLife = onDuty('is school life or direction at the school', 'school-life', 'direction');
export const runsOffice = onDuty('is office or direction at the school', 'office', 'direction');
/** Whoever of the staff speaks with families about absences. */
export const reachesFamilies = onDuty('is school life, office or direction at the school', 'school-life', 'office', 'direction');
export const directs = onDuty('directs the school', 'direction');

/** Level 3 is a contact: never told, never shown. */
export const guards = relation(
  'guards the pupil',
  ['uai', 'pupilId'],
  (card, { uai, pupilId }, today) =>
    card.door === 'guardian' &&
    (linkTo(card, uai, today)?.children.some((child) => child.pupilId === pupilId && child.level < 3 && isOpen(child, today)) ?? false),
);

export const isPupil = relation(
  'is the pupil',
  ['uai', 'pupilId'],
  (card, { uai, pupilId }, today) => card.door === 'pupil' && linkTo(card, uai, today)?.personId === pupilId,
);

/** Either right is enough. */
export const either = (...relations: Relation[]): Relation =>
  relation(relations.map(({ name }) => name).join(', or '), [...new Set(relations.flatMap(({ needs }) => needs))], (card, params, today) =>
    relations.some((one) => one.holds(card, params, today)),
  );

/** Who may: a relation for each door that may come in, or `public` for the few routes without sign-in. */
export type Rights = Partial<Record<Door, Relation>> | 'public';

/** Where somebody may ask: behind a door without rights there is nothing. */
export const doorsOf = (rights: Rights): readonly string[] => (rights === 'public' ? ['public'] : Object.keys(rights));
