import * as z from 'zod';
import {
  belongsTo,
  type Context,
  defineContext,
  defineEvent,
  defineQuestion,
  defineRelay,
  defineRoute,
  defineTable,
  may,
  mayAsk,
  mayFile,
  mayManageAccounts,
  mayPush,
  maySend,
  maySendMail,
  maySendSms,
  mayUseSecret,
  Uai,
  worksAt,
} from '../../shared/kernel/index.ts';

/** Contexts that exist in memory alone: one of every kind of entry and of grant, so that nothing of `infra/` goes untried. */

const Toy = z.object({ uai: Uai, toyId: z.string(), colour: z.string(), revision: z.int(), expiresAt: z.int().optional() });

export const toys = defineTable({
  name: 'toys',
  entities: {
    toy: {
      schema: Toy,
      pk: '{uai}',
      sk: 'toy#{toyId}',
      indexes: { byColour: { pk: '{uai}#{colour}', sk: '{toyId}' } },
      ttl: 'expiresAt',
      retention: 'Until the end of the school year.',
    },
  },
  patterns: {
    toysOfSchool: { entities: ['toy'], pk: '{uai}', sk: 'toy#', summary: 'The toys of a school.' },
    toysOfColour: { entities: ['toy'], pk: '{uai}#{colour}', index: 'byColour', summary: 'Those of one colour.' },
  },
});

export const lendToy = defineRoute({
  name: 'toys.lend-toy',
  method: 'PUT',
  path: '/schools/{uai}/toys/{toyId}',
  rights: { staff: worksAt, pupil: belongsTo },
  params: { uai: Uai, toyId: z.string() },
  body: z.object({ colour: z.string() }),
  answer: z.object({ revision: z.int() }),
  idempotent: true,
  failures: ['toys.already-lent'],
  summary: 'Lend a toy.',
  example: { body: { colour: 'red' }, answer: { revision: 1 } },
});

export const readCatalogue = defineRoute({
  name: 'toys.read-catalogue',
  method: 'GET',
  path: '/catalogue',
  rights: 'public',
  params: {},
  answer: z.array(Toy.pick({ colour: true })),
  summary: 'The colours there are.',
  example: { answer: [{ colour: 'red' }] },
});

export const toyLent = defineEvent({
  name: 'toys.toy-lent',
  payload: Toy.pick({ uai: true, toyId: true, revision: true }),
  summary: 'A toy was lent.',
});

export const toy = defineQuestion({
  name: 'toys.toy',
  input: Toy.pick({ uai: true, toyId: true }),
  answer: Toy.nullable(),
  summary: 'A toy.',
});

export const toysContext = defineContext({
  name: 'toys',
  table: toys,
  api: {
    routes: { lendToy, readCatalogue },
    grants: [may(toys, 'get', 'query', 'put', 'update')],
    loses: 'Nobody can lend a toy.',
  },
  answers: { questions: { toy }, grants: [may(toys, 'get')], loses: 'The shelf does not know what a toy is.' },
  relay: defineRelay(toys, { emits: [toyLent], eventsOf: () => [], loses: 'The shelf is not told that a toy left.' }),
});

export const shelvesContext = defineContext({
  name: 'shelves',
  consumers: {
    'on-toy-lent': {
      on: [toyLent],
      grants: [mayAsk(toy), maySend('urgent')],
      loses: 'The shelf still shows a toy that left.',
    },
  },
  workers: {
    'send-toy-mail': {
      queue: 'urgent',
      batch: 10,
      concurrency: 2,
      grants: [maySendMail(), mayPush(), maySendSms(), mayUseSecret('links'), mayFile('letters', 'read', 'write')],
      loses: 'The owner is not told.',
    },
  },
  schedules: {
    'count-toys': {
      everyMinutes: 15,
      grants: [mayManageAccounts('pupil')],
      figure: { name: 'missing-toys', of: { code: 'toys.counted', fact: 'missing' }, says: 'Toys that a child looked for in vain.' },
      loses: 'A missing toy is not noticed.',
    },
  },
  feedback: {
    'note-mail': { feedback: 'mail', grants: [], loses: 'A mail that came back is not noticed.' },
  },
});

export const toyCatalogue: readonly Context[] = [toysContext, shelvesContext];
