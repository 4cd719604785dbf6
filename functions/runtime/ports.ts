import type { BasePorts, Log } from '../../shared/kernel/context.ts';
import type { Ask, Grant, GrantedPorts } from '../../shared/kernel/grant.ts';
import { names } from '../../shared/kernel/names.ts';
import type { Question } from '../../shared/kernel/question.ts';
import { once } from './clients.ts';
import { clockAt } from './clock.ts';
import { environment } from './env.ts';
import { ids } from './ids.ts';
import { dynamoStore } from './store.ts';

/** Replaced by the bundler with what the entry was granted, so that an adapter nobody granted is not even shipped. */
declare const USES: {
  readonly table: boolean;
  readonly question: boolean;
  readonly queue: boolean;
  readonly files: boolean;
  readonly accounts: boolean;
  readonly mail: boolean;
  readonly push: boolean;
  readonly sms: boolean;
  readonly secret: boolean;
};

/**
 * A port whose adapter, with its client, is loaded by the first call: a cold start pays for the table alone, and most requests
 * never call the others. Every method of such a port answers by a promise.
 */
const late = <P extends object>(load: () => Promise<P>): P => {
  const port = once(load) as () => Promise<Readonly<Record<PropertyKey, (...args: unknown[]) => unknown>>>;
  const call =
    (method: PropertyKey) =>
    async (...args: unknown[]) =>
      (await port())[method]?.(...args);
  return new Proxy({} as P, { get: (_, method) => call(method) });
};

const lateAsk = (questions: readonly Question[]): Ask => {
  const ask = once(async () => (await import('./ask.ts')).lambdaAsk(questions));
  return async (question, input) => (await ask())(question, input);
};

/** How each kind of grant becomes ports, by name. */
const portsOfGrant = (grant: Grant): Record<string, () => unknown> => {
  const { PREAU_STAGE, PREAU_ACCOUNT } = environment();
  const own = names(PREAU_STAGE, PREAU_ACCOUNT);
  if (USES.table && grant.kind === 'table') return { [grant.table.name]: () => dynamoStore(grant.table, own.table(grant.table.name)) };
  if (USES.queue && grant.kind === 'queue')
    return { [`${grant.queue}Queue`]: () => late(async () => (await import('./queue.ts')).sqsQueue(grant.queue)) };
  if (USES.files && grant.kind === 'files')
    return { [`${grant.bucket}Files`]: () => late(async () => (await import('./files.ts')).s3Files(grant.bucket)) };
  if (USES.mail && grant.kind === 'mail') return { mail: () => late(async () => (await import('./mail.ts')).sesMail()) };
  if (USES.push && grant.kind === 'push') return { push: () => late(async () => (await import('./push.ts')).webPush()) };
  if (USES.sms && grant.kind === 'sms') return { sms: () => late(async () => (await import('./sms.ts')).snsSms()) };
  if (USES.secret && grant.kind === 'secret')
    return { [`${grant.secret}Secret`]: () => late(async () => (await import('./secret.ts')).parameterSecret(grant.secret)) };
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
    if (questions.length > 0) offer('ask', () => lateAsk(questions));
  }
  if (USES.accounts) {
    const doors = grants.flatMap((grant) => (grant.kind === 'accounts' ? grant.doors : []));
    if (doors.length > 0) offer('accounts', () => late(async () => (await import('./accounts.ts')).cognitoAccounts(doors)));
  }
  return ports as unknown as BasePorts & GrantedPorts<G>;
};
