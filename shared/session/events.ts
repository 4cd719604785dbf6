import * as z from 'zod';
import { defineEvent, Uai } from '../kernel/index.ts';
import { Login } from './credential.ts';

export const resetRequested = defineEvent({
  name: 'session.reset-requested',
  payload: z.object({ login: Login, revision: z.int() }),
  summary: 'Someone asked for a code by mail; whether that login exists is found out later, where nobody can time it.',
});

export const lettersDue = defineEvent({
  name: 'session.letters-due',
  payload: z.object({ uai: Uai, jobId: z.string(), revision: z.int() }),
  summary: 'A letters job has more letters to write.',
});
