import {
  type Context,
  contextOf,
  DOORS,
  type Door,
  type EventDefinition,
  type Grant,
  indexesOf,
  paramsOf,
  type Question,
  type Route,
} from '../../shared/kernel/index.ts';
import { type Entry, entriesOf } from '../entries.ts';

/** What is wrong, where, and what mends it. */
export interface Problem {
  readonly file: string;
  readonly problem: string;
  readonly remedy: string;
}

/** What `shared/{context}/` exports, whether a manifest binds it or not. */
export interface Declared {
  readonly events: readonly { readonly file: string; readonly event: EventDefinition }[];
  readonly routes: readonly { readonly file: string; readonly route: Route }[];
  readonly questions: readonly { readonly file: string; readonly question: Question }[];
}

/** API Gateway's quotas for one API. */
export const QUOTAS = { routes: 300, authorizers: 10 } as const;

const manifest = (context: string) => `functions/${context}/manifest.ts`;
const routesFile = (context: string) => `shared/${context}/routes.ts`;
const tableFile = (context: string) => `shared/${context}/table.ts`;

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const RESERVED = ['public', ...DOORS];
const emitters = (catalogue: readonly Context[]) => new Set(catalogue.flatMap(({ relay }) => relay?.emits.map(({ name }) => name) ?? []));

function checkRoutes({ name: context, api }: Context): Problem[] {
  const problems: Problem[] = [];
  const file = routesFile(context);
  const taken = new Map<string, string>();
  const names = new Set<string>();
  for (const [binding, route] of Object.entries(api?.routes ?? {})) {
    const say = (problem: string, remedy: string) => problems.push({ file, problem: `${binding} (${route.name}) ${problem}`, remedy });
    if (contextOf(route) !== context) say(`is named for another context than "${context}"`, `name it "${context}.verb-noun"`);
    if (!KEBAB.test(route.name.split('.')[1] ?? ''))
      say('is not named verb-noun in kebab-case', `name it "${context}.save-roll-call", as its file`);
    if (names.has(route.name)) say('has the name of another route', 'give each route its own verb-noun');
    names.add(route.name);
    if (route.rights === undefined || (route.rights !== 'public' && Object.keys(route.rights).length === 0)) {
      say('says nobody may', "state its rights: a relation for each door, or 'public' for the few routes without sign-in");
    } else if (route.rights !== 'public') {
      for (const [door, relation] of Object.entries(route.rights)) {
        if (!DOORS.includes(door as Door)) say(`opens a door "${door}" that does not exist`, `the doors are ${DOORS.join(', ')}`);
        if (relation === undefined)
          say(`opens the door ${door} without a relation`, `say on what relation a ${door} may, or leave the door out`);
        const lacking = relation?.needs.filter((need) => !paramsOf(route.path).includes(need)) ?? [];
        if (lacking.length > 0) {
          say(
            `lets a ${door} in who "${relation?.name}", which reads ${lacking.map((need) => `{${need}}`).join(', ')} from the path`,
            `put it in the path "${route.path}", or choose a relation that the path can answer`,
          );
        }
      }
    }
    const shape = `${route.method} ${route.path.replace(/\{\w+\}/g, '{}')}`;
    const other = taken.get(shape);
    if (other !== undefined) say(`answers the same requests as ${other}: ${shape}`, 'give one of them another path');
    taken.set(shape, binding);
    if (route.method === 'GET' && route.idempotent)
      say('is a GET that asks for an idempotency key', 'leave `idempotent` out: a GET changes nothing');
    if (route.summary.trim() === '') say('has no summary', 'say in a line what it is for: the API document prints it');
  }
  return problems;
}

function checkTable(context: Context): Problem[] {
  const { table } = context;
  if (table === undefined) return [];
  const problems: Problem[] = [];
  const file = tableFile(context.name);
  const say = (problem: string, remedy: string) => problems.push({ file, problem, remedy });
  if (table.name !== context.name) say(`the table is named "${table.name}"`, `name it as its context: "${context.name}"`);
  for (const [name, entity] of Object.entries(table.entities)) {
    if (!entity.retention?.trim())
      say(`entity "${name}" has no retention rule`, 'say how long it is kept and by what rule it goes: retention: "…"');
    const attributes = Object.keys(entity.schema.shape);
    const keys = [entity.pk, entity.sk, ...Object.values(entity.indexes ?? {}).flatMap(({ pk, sk }) => [pk, sk])];
    for (const unknown of new Set(keys.flatMap(paramsOf).filter((param) => !attributes.includes(param)))) {
      say(`a key of entity "${name}" is made of "${unknown}", which its schema lacks`, 'add the attribute, or correct the key');
    }
    if (paramsOf(entity.pk).length === 0)
      say(`entity "${name}" keeps everybody in one partition "${entity.pk}"`, 'begin its key with the tenant or the person');
    if (entity.ttl !== undefined && !attributes.includes(entity.ttl)) {
      say(`entity "${name}" expires by "${entity.ttl}", which its schema lacks`, 'add the attribute (epoch seconds), or correct ttl');
    }
  }
  const expiries = [...new Set(Object.values(table.entities).flatMap(({ ttl }) => (ttl === undefined ? [] : [ttl])))];
  if (expiries.length > 1)
    say(`entities expire by different attributes: ${expiries.join(', ')}`, 'DynamoDB knows one a table: name it the same everywhere');
  const indexes = indexesOf(table);
  for (const [name, pattern] of Object.entries(table.patterns)) {
    const unknown = pattern.entities.filter((entity) => !Object.hasOwn(table.entities, entity));
    if (unknown.length > 0)
      say(`access pattern "${name}" meets "${unknown.join(', ')}", which is no entity of the table`, 'name entities of this table');
    if (pattern.index !== undefined && !indexes.includes(pattern.index)) {
      say(
        `access pattern "${name}" reads the index "${pattern.index}", which no entity enters`,
        'add the index to an entity, or correct its name',
      );
    }
    if (pattern.sk !== undefined && pattern.between !== undefined) say(`access pattern "${name}" has both sk and between`, 'choose one');
  }
  return problems;
}

function checkGrant(grant: Grant, entry: Entry, context: Context, catalogue: readonly Context[]): Problem[] {
  const where = `"${entry.name}"`;
  const problem = (text: string, remedy: string): Problem[] => [{ file: manifest(context.name), problem: `${where} ${text}`, remedy }];
  switch (grant.kind) {
    case 'table': {
      const problems: Problem[] = [];
      if (grant.table.name !== context.name) {
        problems.push(
          ...problem(
            `is granted the table of another context, "${grant.table.name}"`,
            `ask instead: mayAsk(question) with a question of shared/${grant.table.name}/questions.ts`,
          ),
        );
      } else if (context.table === undefined) {
        problems.push(...problem('is granted a table that the context does not have', `add "table: ${grant.table.name}" to the manifest`));
      }
      if (grant.verbs.length === 0)
        problems.push(...problem(`is granted the table "${grant.table.name}" without a verb`, "say which: may(table, 'get')"));
      return problems;
    }
    case 'question': {
      const { name } = grant.question;
      const owner = catalogue.find((one) => one.name === contextOf(grant.question));
      const answered = Object.values(owner?.answers?.questions ?? {}).some((question) => question.name === name);
      if (!answered) {
        return problem(
          `may ask "${name}", which nobody answers`,
          `answer it in functions/${contextOf(grant.question)}/manifest.ts (answers: { questions: … }), or take the grant away`,
        );
      }
      return owner?.name === context.name ? problem(`asks its own context "${name}"`, 'read the table: may(table, …)') : [];
    }
    case 'queue': {
      const worked = catalogue.some(({ workers }) => Object.values(workers ?? {}).some(({ queue }) => queue === grant.queue));
      return worked
        ? []
        : problem(
            `may send to the queue "${grant.queue}", which nobody works`,
            'add a worker for it to a manifest, or take the grant away',
          );
    }
    case 'accounts':
      return grant.doors.length > 0 ? [] : problem('may manage accounts of no door', 'name the doors, or take the grant away');
    case 'files':
    case 'mail':
    case 'push':
    case 'sms':
    case 'secret':
      return [];
  }
}

function checkEntries(context: Context, catalogue: readonly Context[]): Problem[] {
  const problems: Problem[] = [];
  const file = manifest(context.name);
  const say = (problem: string, remedy: string) => problems.push({ file, problem, remedy });
  const emitted = emitters(catalogue);
  const seen = new Set<string>();
  for (const entry of entriesOf(context)) {
    if (seen.has(entry.name)) say(`two entries are named "${entry.name}"`, 'an entry has the name of its file: give one another');
    seen.add(entry.name);
    if (!KEBAB.test(entry.name)) say(`entry "${entry.name}" is not in kebab-case`, 'name it as its file');
    if (`preau-${'x'.repeat(16)}-${context.name}-${entry.name}`.length > 64)
      say(`entry "${entry.name}" makes a function name longer than 64 characters`, 'shorten it');
    if (!entry.loses?.trim())
      say(`entry "${entry.name}" does not say what a human loses when it fails`, 'loses: "…" in the words of who waits for it');
    if (entry.timeout > 30 || entry.timeout < 1)
      say(`entry "${entry.name}" may run ${entry.timeout} s`, 'at most 30 s: make longer work a resumable job');
    for (const grant of entry.grants) problems.push(...checkGrant(grant, entry, context, catalogue));
    // Two grants of one table or queue would each look whole to whoever reads one of them.
    const granted = entry.grants.map((grant) =>
      'question' in grant
        ? grant.question.name
        : `${grant.kind} ${'table' in grant ? grant.table.name : 'queue' in grant ? grant.queue : 'bucket' in grant ? grant.bucket : 'secret' in grant ? grant.secret : ''}`,
    );
    for (const twice of new Set(granted.filter((one, at) => granted.indexOf(one) !== at)))
      say(`entry "${entry.name}" is granted ${twice.trim()} twice`, 'one grant with all its verbs');
  }
  for (const [name, { on }] of Object.entries(context.consumers ?? {})) {
    if (!name.startsWith('on-')) say(`consumer "${name}" is not named for its event`, `name it and its file "on-${name}"`);
    if (on.length === 0) say(`consumer "${name}" waits for nothing`, 'name the events it consumes: on: [event]');
    for (const event of on.filter((one) => !emitted.has(one.name))) {
      say(
        `consumer "${name}" waits for "${event.name}", which nobody may emit`,
        `name it in the relay of functions/${contextOf(event)}/manifest.ts (emits: […]), or stop consuming it`,
      );
    }
  }
  for (const event of context.relay?.emits ?? []) {
    if (contextOf(event) !== context.name)
      say(`the relay emits "${event.name}", an event of another context`, `emit events named "${context.name}.…" only`);
  }
  if (context.relay !== undefined && context.table === undefined)
    say('there is a relay but no table whose changes it could relay', 'add the table, or remove the relay');
  for (const [name, { queue, batch, concurrency }] of Object.entries(context.workers ?? {})) {
    if (concurrency < 2) say(`worker "${name}" has a concurrency of ${concurrency}`, 'Lambda knows no less than 2 for a queue');
    if (batch < 1 || batch > 10)
      say(`worker "${name}" takes batches of ${batch}`, 'from 1 to 10: more would need a batching window, which delays a mail');
    const rivals = catalogue.flatMap((one) =>
      Object.entries(one.workers ?? {})
        .filter(([, worker]) => worker.queue === queue)
        .map(([rival]) => `${one.name}/${rival}`),
    );
    if (rivals.length > 1 && rivals[0] === `${context.name}/${name}`)
      say(`the queue "${queue}" has several workers: ${rivals.join(', ')}`, 'each would take the other’s messages: keep one');
  }
  for (const [name, { everyMinutes }] of Object.entries(context.schedules ?? {})) {
    if (!Number.isInteger(everyMinutes) || everyMinutes < 1)
      say(`schedule "${name}" runs every ${everyMinutes} minutes`, 'a whole number of minutes, from 1');
  }
  for (const question of Object.values(context.answers?.questions ?? {})) {
    if (contextOf(question) !== context.name)
      say(`it answers "${question.name}", a question to another context`, `answer questions named "${context.name}.…" only`);
  }
  return problems;
}

function checkDeclared({ events, routes, questions }: Declared, catalogue: readonly Context[]): Problem[] {
  const emitted = emitters(catalogue);
  const bound = new Set(catalogue.flatMap(({ api }) => Object.values(api?.routes ?? {}).map(({ name }) => name)));
  const answered = new Set(catalogue.flatMap(({ answers }) => Object.values(answers?.questions ?? {}).map(({ name }) => name)));
  return [
    ...events
      .filter(({ event }) => !emitted.has(event.name))
      .map(({ file, event }) => ({
        file,
        problem: `the event "${event.name}" is declared, and nobody may emit it`,
        remedy: `name it in the relay of functions/${contextOf(event)}/manifest.ts (emits: […]), or delete it`,
      })),
    ...routes
      .filter(({ route }) => !bound.has(route.name))
      .map(({ file, route }) => ({
        file,
        problem: `the route "${route.name}" is declared, and no manifest serves it`,
        remedy: `name it in functions/${contextOf(route)}/manifest.ts (api: { routes }), or delete it`,
      })),
    ...questions
      .filter(({ question }) => !answered.has(question.name))
      .map(({ file, question }) => ({
        file,
        problem: `the question "${question.name}" is declared, and nobody answers it`,
        remedy: `name it in functions/${contextOf(question)}/manifest.ts (answers: { questions }), or delete it`,
      })),
  ];
}

/** All that is wrong with a catalogue; an empty list is a system that can be deployed. */
export function problemsOf(catalogue: readonly Context[], declared?: Declared): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  let routes = 0;
  for (const context of catalogue) {
    const file = manifest(context.name);
    if (!KEBAB.test(context.name) || RESERVED.includes(context.name))
      problems.push({ file, problem: `"${context.name}" is no name for a context`, remedy: 'one lower-case word that is no door' });
    if (seen.has(context.name))
      problems.push({ file, problem: `two contexts are named "${context.name}"`, remedy: 'one name, one context' });
    seen.add(context.name);
    problems.push(...checkRoutes(context), ...checkTable(context), ...checkEntries(context, catalogue));
    const rights = Object.values(context.api?.routes ?? {}).map((route) => route.rights);
    routes +=
      DOORS.filter((door) => rights.some((right) => typeof right === 'object' && right !== null && door in right)).length +
      (rights.includes('public') ? 1 : 0);
  }
  if (routes > QUOTAS.routes) {
    problems.push({
      file: 'infra/catalogue.ts',
      problem: `${routes} greedy routes on one API, which holds ${QUOTAS.routes}`,
      remedy: 'merge contexts, or split the API',
    });
  }
  return [...problems, ...(declared ? checkDeclared(declared, catalogue) : [])];
}

/** Throws every problem at once, each with its file and its remedy. */
export function refuse(catalogue: readonly Context[], declared?: Declared): void {
  const problems = problemsOf(catalogue, declared);
  if (problems.length > 0) {
    throw new Error(
      [
        'The declarations do not hold together:',
        ...problems.map(({ file, problem, remedy }) => `  ${file}: ${problem}.\n    → ${remedy}.`),
      ].join('\n'),
    );
  }
}
