import * as z from 'zod';
import {
  defineContext,
  defineEvent,
  defineRelay,
  defineRoute,
  defineTable,
  may,
  mayFile,
  maySendMail,
  type PortsOf,
} from '../../../../../shared/kernel/index.ts';

/** A small context of every kind of function: what the bundler's tests bundle. */
const table = defineTable({
  name: 'library',
  entities: { loan: { schema: z.object({ uai: z.string(), book: z.string() }), pk: '{uai}', sk: 'loan#{book}', retention: 'one year' } },
  patterns: { loans: { entities: ['loan'], pk: '{uai}', sk: 'loan#', summary: 'the loans of a school' } },
});

export const bookLent = defineEvent({
  name: 'library.book-lent',
  payload: z.object({ uai: z.string(), book: z.string() }),
  summary: 'Lent',
});

const routes = {
  readHours: defineRoute({
    name: 'library.read-hours',
    method: 'GET',
    path: '/hours',
    rights: 'public',
    params: {},
    answer: z.string(),
    summary: 'Hours',
    example: {},
  }),
};

const library = defineContext({
  name: 'library',
  table,
  api: { routes, grants: [mayFile('proofs', 'read')], loses: 'Nobody knows the hours.' },
  relay: defineRelay(table, { emits: [bookLent], eventsOf: () => [], loses: 'Nobody hears.' }),
  consumers: { 'on-book-lent': { on: [bookLent], grants: [may(table, 'put')], loses: 'No loan is noted.' } },
  workers: { 'lend-later': { queue: 'bulk', batch: 1, concurrency: 2, grants: [maySendMail()], loses: 'No mail.' } },
});

export default library;
export type BookLentPorts = PortsOf<(typeof library.consumers)['on-book-lent']>;
export type LendLaterPorts = PortsOf<(typeof library.workers)['lend-later']>;
