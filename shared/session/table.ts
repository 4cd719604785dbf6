import * as z from 'zod';
import { Door, defineTable, GroupId, Instant, PersonId, Uai } from '../kernel/index.ts';
import { Login } from './credential.ts';

/** A school's record of a person and the code that opens it. */
export const Credential = z.object({
  uai: Uai,
  personId: PersonId,
  door: Door,
  login: Login,
  /** HMAC of the one-time code; gone once used. */
  codeHash: z.string().optional(),
  codeExpiresAt: Instant.optional(),
  accountId: PersonId.optional(),
  activatedAt: Instant.optional(),
});

/** A login is one in the whole deployment; it leads to a record, and to the account that opened it. */
export const LoginName = z.object({ login: Login, uai: Uai, personId: PersonId, door: Door, accountId: PersonId.optional() });

export const Attempts = z.object({
  /** What is counted: a login or an address, hashed. */
  subject: z.string(),
  /** Start of the window, epoch seconds. */
  window: z.int(),
  count: z.int(),
  expires: z.int(),
});

export const PasswordReset = z.object({
  login: Login,
  door: Door,
  requestedAt: Instant,
  codeHash: z.string().optional(),
  codeExpiresAt: Instant.optional(),
  /** SES took the mail with that code; until then another may be made. */
  mailed: z.boolean().optional(),
  revision: z.int(),
  expires: z.int(),
});

export const Device = z.object({ personId: PersonId, deviceId: z.string(), expires: z.int() });

/** The authenticator's secret, sealed, so that a trusted device or a printed code can stand for the phone. */
export const Authenticator = z.object({
  personId: PersonId,
  sealed: z.string(),
  recoveryHashes: z.array(z.string()),
  recoveryLeft: z.int(),
});

export const LettersJob = z.object({
  uai: Uai,
  jobId: z.string(),
  door: Door,
  groupId: GroupId.optional(),
  personIds: z.array(PersonId).optional(),
  state: z.enum(['running', 'done', 'failed']),
  cursor: z.string().optional(),
  done: z.int(),
  total: z.int(),
  /** Files written so far, each of up to 100 letters. */
  parts: z.int(),
  startedBy: PersonId,
  startedAt: Instant,
  revision: z.int(),
  expires: z.int(),
});

const YEAR_OF_USE = 'erased with the person’s record';

export const session = defineTable({
  name: 'session',
  entities: {
    credential: { schema: Credential, pk: '{uai}', sk: 'credential#{personId}', retention: YEAR_OF_USE },
    login: { schema: LoginName, pk: 'login={login}', sk: 'login', retention: YEAR_OF_USE },
    attempts: { schema: Attempts, pk: 'attempts={subject}', sk: '{window}', ttl: 'expires', retention: '20 minutes' },
    reset: { schema: PasswordReset, pk: 'login={login}', sk: 'reset', ttl: 'expires', retention: '1 hour' },
    device: {
      schema: Device,
      pk: '{personId}',
      sk: 'device#{deviceId}',
      ttl: 'expires',
      retention: '30 days, or until the person signs out everywhere',
    },
    authenticator: { schema: Authenticator, pk: '{personId}', sk: 'authenticator', retention: 'as long as the account' },
    letters: { schema: LettersJob, pk: '{uai}', sk: 'letters#{jobId}', ttl: 'expires', retention: '7 days, with its files' },
  },
  patterns: {
    credentials: { entities: ['credential'], pk: '{uai}', sk: 'credential#', summary: 'the activations of a school' },
    devices: { entities: ['device'], pk: '{personId}', sk: 'device#', summary: 'the trusted devices of a person' },
  },
});
