import * as z from 'zod';
import { Door, defineQuestion, Instant, PersonId, Uai } from '../kernel/index.ts';

export const issueCode = defineQuestion({
  name: 'session.issue-code',
  input: z.object({ uai: Uai, personIds: z.array(PersonId).min(1).max(50) }),
  answer: z.array(z.object({ personId: PersonId, door: Door, login: z.string(), code: z.string(), expiresAt: Instant })),
  summary: 'The operator makes one-time codes: for the first account of a school, and for the demo.',
});
