/**
 * The whole system in one process: every context's own use cases over its own table in memory, questions answered and events carried from one
 * to the other as the declarations say, a school imported from its files. What a request costs the database can be read off its tables.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { toCard } from '../../functions/runtime/card.ts';
import type { HttpAnswer, HttpEvent } from '../../functions/runtime/http.ts';
import { ids } from '../../functions/runtime/ids.ts';
import type { Handler } from '../../functions/runtime/invocation.ts';
import type { UseCases } from '../../functions/runtime/serve.ts';
import { catalogue } from '../../infra/catalogue.ts';
import { writeDemo } from '../../infra/local/demo/index.ts';
import { confirmFiles, importFiles, importState, inspectFiles, openSchool } from '../../shared/directory/questions.ts';
import type { directory } from '../../shared/directory/table.ts';
import {
  type ApiEntry,
  type Ask,
  type Context,
  contextOf,
  type Door,
  type Occurrence,
  type Question,
  type Table,
} from '../../shared/kernel/index.ts';
import {
  basePorts,
  type Consumed,
  type MemoryStore,
  memoryFiles,
  memoryMail,
  memoryPush,
  memoryQueue,
  memorySecret,
  memorySms,
  memoryStore,
} from '../doubles/index.ts';

const ENVIRONMENT = {
  PREAU_STAGE: 'load',
  PREAU_ACCOUNT: '000000000000',
  PREAU_CONTEXT: 'load',
  PREAU_ENTRY: 'load',
  PREAU_SITE_URL: 'https://preau.example',
  AWS_REGION: 'eu-west-3',
};

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

type Act = (input: unknown, ports: unknown) => unknown;

/** A use case by its name in a declaration: `directory.read-school` is `functions/directory/read-school.ts`, a question's may begin with `answer-`. */
const actOf = async (context: string, ...names: readonly string[]): Promise<Act> => {
  for (const name of names) {
    const url = new URL(`../../functions/${context}/${name}.ts`, import.meta.url);
    const module = (await import(url.href).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_MODULE_NOT_FOUND' && String(error.message).includes(`/${name}.ts`)) return undefined;
      throw error;
    })) as Readonly<Record<string, Act>> | undefined;
    const act = module?.[camel(name)];
    if (act) return act;
  }
  throw new RangeError(`functions/${context} has none of ${names.join(', ')}`);
};

export interface MemorySystem {
  readonly stores: Readonly<Record<string, MemoryStore<Table>>>;
  readonly directory: MemoryStore<typeof directory>;
  readonly ask: Ask;
  readonly urgent: ReturnType<typeof memoryQueue>;
  readonly mail: ReturnType<typeof memoryMail>;
  readonly clock: ReturnType<typeof basePorts>['clock'];
  /** Carries what was written to whoever listens, until nothing more is said. */
  settle(): Promise<void>;
  /** Puts files where their forms would have. */
  upload(files: readonly { readonly key: string; readonly body: Uint8Array }[]): Promise<void>;
  /** One message of the urgent queue, as its worker takes it. */
  sendMail(message: unknown): Promise<void>;
  /** A schedule, as if its hour had come. */
  run(context: string, schedule: string): Promise<void>;
  /** Works off the queue of urgent mail. */
  sendMails(): Promise<void>;
  /** What every table was asked so far, in no context's order but each one's own. */
  cost(): Consumed[];
  /** The same, and forgets it with every change not yet carried on. */
  spent(): Consumed[];
  /** A request as API Gateway passes it on. */
  request(
    who: { door: Door; personId: string },
    method: string,
    path: string,
    options?: { query?: string; body?: unknown },
  ): Promise<HttpAnswer>;
}

export const memorySystem = async (now: string): Promise<MemorySystem> => {
  // Where tests run, both are there already, for others as well.
  Object.assign(process.env, { ...ENVIRONMENT, ...process.env });
  // Modules that frame a function make its real ports, which nobody calls here.
  if (!('USES' in globalThis)) Object.assign(globalThis, { USES: {} });
  const { serve } = await import('../../functions/runtime/serve.ts');
  const base = { ...basePorts(), ids };
  base.clock.set(now);
  const stores = Object.fromEntries(
    catalogue.flatMap(({ name, table }) => (table ? [[name, memoryStore(table) as unknown as MemoryStore<Table>]] : [])),
  );
  const people = stores.directory as unknown as MemoryStore<typeof directory>;
  const urgent = memoryQueue();
  const mail = memoryMail({ rate: 1_000_000 });
  const shared = {
    urgentQueue: urgent,
    bulkQueue: memoryQueue(),
    mail,
    importsFiles: memoryFiles(),
    proofsFiles: memoryFiles(),
    lettersFiles: memoryFiles(),
    linksSecret: memorySecret(),
    codesSecret: memorySecret(),
    devicesSecret: memorySecret(),
    push: memoryPush(),
    sms: memorySms(),
  };

  const ask = (async (question: Question, input: unknown) => {
    const context = contextOf(question);
    const noun = question.name.slice(context.length + 1);
    const act = await actOf(context, `answer-${noun}`, noun);
    return question.answer.parse(await act(question.input.parse(input), portsOf(context)));
  }) as Ask;
  const portsOf = (context: string) => ({ ...base, ...shared, ask, [context]: stores[context] });

  const consumersOf = (event: Occurrence) =>
    catalogue.flatMap(({ name, consumers = {} }) =>
      Object.entries(consumers).flatMap(([file, { on }]) => (on.some((one) => one.name === event.name) ? [{ context: name, file }] : [])),
    );
  const spendings: Consumed[] = [];
  const gather = (store: MemoryStore<Table>) => {
    spendings.push(...store.consumed());
    const changes = store.changes();
    store.forget();
    return changes;
  };
  const settle = async () => {
    for (let quiet = false; !quiet; ) {
      quiet = true;
      for (const { name, relay } of catalogue) {
        const store = stores[name];
        const events = store ? gather(store).flatMap((change) => [...(relay?.eventsOf(change) ?? [])]) : [];
        for (const event of events) {
          for (const { context, file } of consumersOf(event)) {
            quiet = false;
            await (await actOf(context, file))(event, portsOf(context));
          }
        }
      }
    }
  };

  const sendMail = async (message: unknown) => {
    await (await actOf('notifications', 'send-mail'))(message, portsOf('notifications'));
  };

  const apis = new Map<string, Handler<HttpEvent, HttpAnswer>>();
  const apiOf = async ({ name, api }: Context & { readonly api: ApiEntry }) => {
    const known = apis.get(name);
    if (known) return known;
    const acts: Record<string, Act> = {};
    for (const [route, { name: full }] of Object.entries(api.routes)) {
      const verb = full.slice(name.length + 1);
      acts[route] = (input, ports) => actOf(name, verb).then((act) => act(input, ports));
    }
    const handler = serve<ApiEntry>(api, acts as unknown as UseCases<ApiEntry>, {
      ports: portsOf(name),
      card: async (personId) => {
        const card = await people.get('card', { personId });
        return card && toCard(personId, card);
      },
      line: { ...base.log, begin: () => undefined, end: () => undefined },
    });
    apis.set(name, handler);
    return handler;
  };

  return {
    stores,
    directory: people,
    ask,
    urgent,
    mail,
    clock: base.clock,
    settle,
    async upload(files) {
      for (const { key, body } of files) await shared.importsFiles.write(key, body, 'application/octet-stream');
    },
    sendMail,
    async run(context, schedule) {
      await (await actOf(context, schedule))(portsOf(context), undefined);
    },
    async sendMails() {
      for (let left = urgent.take(); left.length > 0; left = urgent.take()) for (const message of left) await sendMail(message);
    },
    cost: () => [...spendings, ...Object.values(stores).flatMap((store) => store.consumed())],
    spent() {
      for (const store of Object.values(stores)) spendings.push(...store.consumed());
      for (const store of Object.values(stores)) store.forget();
      return spendings.splice(0);
    },
    async request({ door, personId }, method, path, { query, body } = {}) {
      const name = path.split('/')[1] as string;
      const context = catalogue.find((one): one is Context & { readonly api: ApiEntry } => one.name === name && one.api !== undefined);
      if (!context) throw new RangeError(`no API of ${name}`);
      const handler = await apiOf(context);
      const event: HttpEvent = {
        rawPath: `/api/${door}${path}`,
        ...(query !== undefined && { rawQueryString: query }),
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json', 'idempotency-key': ids.next('k').slice(2) },
        requestContext: {
          http: { method, sourceIp: '192.0.2.1' },
          authorizer: { jwt: { claims: { username: personId, iat: base.clock.system().getTime() / 1000, token_use: 'access' } } },
        },
      };
      return handler(event, { awsRequestId: 'load', getRemainingTimeInMillis: () => 1_000_000 });
    },
  };
};

/** Imports the demo's collège, of so many pupils, from its files and tells its UAI; another `college` is a school of its own. */
export const importSchool = async (
  system: MemorySystem,
  pupils: number,
  { seed = 1, college, schoolYear = 2026 }: { readonly seed?: number; readonly college?: number; readonly schoolYear?: number } = {},
): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'school-'));
  try {
    const [demo] = await writeDemo({ out: folder, seed, pupils, schoolYear, ...(college !== undefined && { college }) });
    if (!demo) throw new Error('the demo has no school');
    const { uai, name, city } = demo;
    await system.ask(openSchool, {
      uai,
      name,
      city,
      academy: '14',
      timeZone: 'Europe/Paris',
      schoolLifeEmail: 'vie-scolaire@preau.example',
      schoolLifePhone: '+33299000000',
    });
    const bodies = await Promise.all(
      demo.files.map(async (path) => ({ name: basename(path), body: new Uint8Array(await readFile(path)) })),
    );
    const opened = await system.ask(importFiles, { uai, files: bodies.map(({ name, body }) => ({ name, size: body.length })) });
    await system.upload(
      opened.uploads.map(({ fields }, at) => ({ key: fields.key as string, body: (bodies[at] as { body: Uint8Array }).body })),
    );
    const { importId } = opened;
    await system.ask(inspectFiles, { uai, importId });
    await system.settle();
    await system.ask(confirmFiles, { uai, importId, accepts: ['other-year', 'many-departures'] });
    await system.settle();
    const { state } = await system.ask(importState, { uai, importId });
    if (state !== 'done') throw new Error(`the import ended ${state}`);
    return uai;
  } finally {
    await rm(folder, { recursive: true });
  }
};
