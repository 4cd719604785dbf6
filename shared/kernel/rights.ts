import * as z from 'zod';
import { GroupId, PersonId, Uai } from './ids.ts';
import { Instant, LocalDate } from './time.ts';

/** One Cognito user pool per role; the door decides the path. */
export const DOORS = ['pupil', 'guardian', 'teacher', 'staff', 'authority'] as const;
export const Door = z.enum(DOORS);
export type Door = z.infer<typeof Door>;

/** What a member of staff is there for. */
export const Duty = z.enum(['school-life', 'direction', 'office']);
export type Duty = z.infer<typeof Duty>;

const dated = { from: LocalDate.optional(), until: LocalDate.optional() };

/** A guardian's link to one child; SIECLE level 1 (legal), 2 (in charge) or 3 (contact). It is absent while suspended. */
export const ChildLink = z.object({ pupilId: PersonId, level: z.union([z.literal(1), z.literal(2), z.literal(3)]), ...dated });

/** What a person is in one school. `personId` is the school's record, which an account attached later differs from. */
export const SchoolLink = z.object({
  personId: PersonId,
  groups: z.array(GroupId).default([]),
  duties: z.array(Duty).default([]),
  children: z.array(ChildLink).default([]),
  ...dated,
});
export type SchoolLink = z.infer<typeof SchoolLink>;

/** All that a caller may touch. Owned by `directory`, written in the transaction that changes a link, read by `serve` alone. */
export const AccessCard = z.object({
  personId: PersonId,
  door: Door,
  language: z.enum(['fr', 'en']).default('fr'),
  schools: z.record(Uai, SchoolLink).default({}),
  /** Schools an authority oversees. */
  oversees: z.array(Uai).default([]),
  /** Tokens issued before this instant are refused. */
  tokensNotBefore: Instant.optional(),
  frozen: z.boolean().default(false),
});
export type AccessCard = z.infer<typeof AccessCard>;

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
