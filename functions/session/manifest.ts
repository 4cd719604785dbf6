import { people, peopleAt, recordActivation, revokeTokens, school } from '../../shared/directory/questions.ts';
import {
  DOORS,
  defineContext,
  defineRelay,
  may,
  mayAsk,
  mayFile,
  mayManageAccounts,
  maySendMail,
  mayUseSecret,
  type PortsOf,
} from '../../shared/kernel/index.ts';
import { lettersDue, resetRequested } from '../../shared/session/events.ts';
import { eventsOf } from '../../shared/session/events-of.ts';
import * as questions from '../../shared/session/questions.ts';
import * as routes from '../../shared/session/routes.ts';
import { session } from '../../shared/session/table.ts';

const manifest = defineContext({
  name: 'session',
  table: session,
  api: {
    routes,
    grants: [
      may(session, 'get', 'query', 'put', 'update', 'delete'),
      mayManageAccounts(...DOORS),
      mayUseSecret('codes'),
      mayUseSecret('devices'),
      mayAsk(people),
      mayAsk(peopleAt),
      mayAsk(school),
      mayAsk(recordActivation),
      mayAsk(revokeTokens),
      mayFile('letters', 'read'),
    ],
    loses: 'Nobody can sign in, activate an account or sign out.',
    memory: 1024,
  },
  answers: {
    questions,
    grants: [may(session, 'get', 'put', 'update'), mayAsk(people), mayUseSecret('codes')],
    loses: 'The operator cannot invite the first person of a school.',
  },
  relay: defineRelay(session, {
    emits: [resetRequested, lettersDue],
    eventsOf,
    loses: 'Codes for forgotten passwords are not mailed; activation letters stop being written.',
  }),
  consumers: {
    'on-reset-requested': {
      on: [resetRequested],
      grants: [may(session, 'get', 'put', 'update'), mayAsk(people), mayAsk(school), maySendMail(), mayUseSecret('codes')],
      loses: 'People who forgot their password get no mail.',
    },
    'on-letters-due': {
      on: [lettersDue],
      grants: [
        may(session, 'get', 'query', 'put', 'update'),
        mayAsk(people),
        mayAsk(peopleAt),
        mayAsk(school),
        mayUseSecret('codes'),
        mayFile('letters', 'write'),
      ],
      loses: 'Activation letters stay unfinished: families cannot open their accounts.',
      memory: 1024,
      timeout: 30,
    },
  },
});

export default manifest;
export type ApiPorts = PortsOf<typeof manifest.api>;
export type AnswersPorts = PortsOf<typeof manifest.answers>;
export type ResetRequestedPorts = PortsOf<(typeof manifest.consumers)['on-reset-requested']>;
export type LettersDuePorts = PortsOf<(typeof manifest.consumers)['on-letters-due']>;
