import * as z from 'zod';
import { Duty, defineRoute, directs, LocalDate, PersonId, Uai } from '../kernel/index.ts';
import { Person } from './person.ts';

const rights = { staff: directs } as const;
const STAFF = 'p_2a3b4c5d6e7f80910a1b2c3d4f';

/** Someone who is at the school until a day: a replacement teacher, a school life assistant for a term. */
const Engagement = Person.pick({ personId: true, familyName: true, givenName: true, civility: true, duties: true }).extend({
  door: z.enum(['teacher', 'staff']),
  /** Last day at the school. */
  until: LocalDate,
  /** It has passed: their requests are refused. */
  ended: z.boolean(),
  activated: z.boolean(),
});
const duties = z.array(Duty).max(3);
const shown = {
  personId: STAFF,
  door: 'staff' as const,
  familyName: 'PETIT',
  givenName: 'Nora',
  duties: ['school-life' as const],
  until: '2026-12-18',
};

export const listEngagements = defineRoute({
  name: 'directory.list-engagements',
  method: 'GET',
  path: '/schools/{uai}/engagements',
  rights,
  params: { uai: Uai },
  answer: z.object({ today: LocalDate, engagements: z.array(Engagement) }),
  summary:
    'The temporary staff and teachers of the school, those first whose engagement ends soonest; then those whose engagement has ended.',
  example: { answer: { today: '2026-09-15', engagements: [{ ...shown, ended: false, activated: false }] } },
});

export const beginEngagement = defineRoute({
  name: 'directory.begin-engagement',
  method: 'POST',
  path: '/schools/{uai}/engagements',
  rights,
  params: { uai: Uai },
  body: z.strictObject({
    door: z.enum(['teacher', 'staff']),
    familyName: z.string().trim().min(1).max(100),
    givenName: z.string().trim().min(1).max(100),
    email: z.email().max(254).optional(),
    /** What a member of staff is there for; a teacher has lessons. */
    duties,
    until: LocalDate,
  }),
  answer: Engagement,
  failures: ['directory.engagement-over', 'directory.duty-missing', 'directory.already-at-school'],
  summary: 'Welcomes a person no file holds until a day; who was here before comes back to the same record and account.',
  example: {
    body: { door: 'staff', familyName: 'PETIT', givenName: 'Nora', duties: ['school-life'], until: '2026-12-18' },
    answer: { ...shown, ended: false, activated: false },
  },
});

export const changeEngagement = defineRoute({
  name: 'directory.change-engagement',
  method: 'PUT',
  path: '/schools/{uai}/engagements/{personId}',
  rights,
  params: { uai: Uai, personId: PersonId },
  body: z.strictObject({
    /** null: they stay for good. */
    until: LocalDate.nullable(),
    duties: duties.optional(),
  }),
  answer: z.object({ done: z.literal(true) }),
  failures: ['directory.engagement-over', 'directory.duty-missing', 'directory.not-yourself'],
  summary: 'Lengthens or shortens somebody’s engagement, opens it again, or gives them other duties: at their next request.',
  example: { body: { until: '2026-11-27' }, answer: { done: true } },
});

export const endEngagement = defineRoute({
  name: 'directory.end-engagement',
  method: 'DELETE',
  path: '/schools/{uai}/engagements/{personId}',
  rights,
  params: { uai: Uai, personId: PersonId },
  answer: z.object({ done: z.literal(true) }),
  failures: ['directory.not-yourself'],
  summary: 'Ends somebody’s engagement at once: their next request is refused. Record and account stay, so that it can be opened again.',
  example: { answer: { done: true } },
});
