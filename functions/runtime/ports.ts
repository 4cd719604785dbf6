import type { BasePorts, Log } from '../../shared/kernel/context.ts';
import type { Ask, Grant, GrantedPorts } from '../../shared/kernel/grant.ts';
import { names } from '../../shared/kernel/names.ts';
import type { Question } from '../../shared/kernel/question.ts';
import { cognitoAccounts } from './accounts.ts';
import { lambdaAsk } from './ask.ts';
import { once } from './clients.ts';
import { clockAt } from './clock.ts';
import { environment } from './env.ts';
import { s3Files } from './files.ts';
import { ids } from './ids.ts';
import { sesMail } from './mail.ts';
import { sqsQueue } from './queue.ts';
import { parameterSecret } from './secret.ts';
import { dynamoStore } from './store.ts';

/** Replaced by the bundler with what the entry was granted, so that an adapter nobody granted is not even shipped. */
declare const USES: {
  readonly table: boolean;
  readonly question: boolean;
  readonly queue: boolean;
  readonly files: boolean;
  readonly accounts: boolean;
  readonly mail: boolean;
  readonly secret: boolean;
};

/** How each kind of grant becomes ports, by name. */
const portsOfGrant = (grant: Grant): Record<string, () => unknown> => {
  const { PREAU_STAGE, PREAU_ACCOUNT } = environment();
  const own = names(PREAU_STAGE, PREAU_ACCOUNT);
  if (USES.table && grant.kind === 'table') return { [grant.table.name]: () => dynamoStore(grant.table, own.table(grant.table.name)) };
  if (USES.queue && grant.kind === 'queue') return { [`${grant.queue}Queue`]: () => sqsQueue(grant.queue) };
  if (USES.files && grant.kind === 'files') return { [`${grant.bucket}Files`]: () => s3Files(grant.bucket) };
  if (USES.mail && grant.kind === 'mail') return { mail: sesMail };
  if (USES.secret && grant.kind === 'secret') return { [`${grant.secret}Secret`]: () => parameterSecret(grant.secret) };
  return {};
};

/** The ports an entry was granted, each made when a use case first takes it. */
export const portsFor = <G extends readonly Grant[]>({ grants }: { readonly grants: G }, log: Log): BasePorts & GrantedPorts<G> => {
  const { PREAU_SITE_URL, PREAU_STAGE, PREAU_CIVIL_OFFSET_MS, PREAU_GRACE_SECONDS } = environment();
  const ports: Record<string, unknown> = {
    clock: clockAt(PREAU_CIVIL_OFFSET_MS, PREAU_GRACE_SECONDS),
    ids,
    log,
    site: { url: PREAU_SITE_URL, stage: PREAU_STAGE },
  };
  const offer = (name: string, make: () => unknown) =>
    Object.defineProperty(ports, name, { enumerable: true, configurable: true, get: once(make) });
  for (const grant of grants) for (const [name, make] of Object.entries(portsOfGrant(grant))) offer(name, make);
  if (USES.question) {
    const questions: Question[] = grants.flatMap((grant) => (grant.kind === 'question' ? grant.question : []));
    if (questions.length > 0) offer('ask', () => lambdaAsk(questions));
  }
  if (USES.accounts) {
    const doors = grants.flatMap((grant) => (grant.kind === 'accounts' ? grant.doors : []));
    if (doors.length > 0) offer('accounts', () => cognitoAccounts(doors));
  }
  return ports as unknown as BasePorts & GrantedPorts<G>;
};
