import * as z from 'zod';
import { DOORS } from './doors.ts';
import { GroupId, PersonId, Uai } from './ids.ts';
import { Instant, LocalDate } from './time.ts';

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
