import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { problemsOf, refuse } from '../../../infra/checks/blueprint.ts';
import {
  type Context,
  defineEvent,
  defineQuestion,
  guards,
  isSelf,
  may,
  mayAsk,
  maySend,
  type Route,
  type Table,
  Uai,
} from '../../../shared/kernel/index.ts';
import { lendToy, readCatalogue, shelvesContext, toy, toyCatalogue, toyLent, toys, toysContext } from '../toy-context.ts';

const withRoute = (change: Partial<Route>): Context => ({
  ...toysContext,
  api: { ...toysContext.api, routes: { lendToy: { ...lendToy, ...change } as Route, readCatalogue } },
});
const withTable = (change: Partial<Table>): Context => ({ ...toysContext, table: { ...toys, ...change } as Table });
const withToy = (change: object): Context => withTable({ entities: { toy: { ...toys.entities.toy, ...change } } });
const withConsumer = (change: object): Context => ({
  ...shelvesContext,
  consumers: { 'on-toy-lent': { ...shelvesContext.consumers['on-toy-lent'], ...change } },
});
const withWorker = (change: object): Context => ({
  ...shelvesContext,
  workers: { 'send-toy-mail': { ...shelvesContext.workers['send-toy-mail'], ...change } },
});
const toysAre = (context: Context) => problemsOf([context, shelvesContext]);
const shelvesAre = (context: Context) => problemsOf([toysContext, context]);

/** One problem, that names the file and says what to do. */
const expectOne = (problems: ReturnType<typeof problemsOf>, file: string, problem: RegExp, remedy: RegExp) => {
  expect(problems.map((one) => one.problem)).toEqual([expect.stringMatching(problem)]);
  expect(problems[0]).toMatchObject({ file, remedy: expect.stringMatching(remedy) });
};

const lost = defineEvent({ name: 'toys.toy-lost', payload: z.object({ uai: Uai }), summary: 'A toy was lost.' });
const price = defineQuestion({ name: 'toys.price', input: z.object({ uai: Uai }), answer: z.number(), summary: 'Its price.' });

describe('declarations that hold together', () => {
  it('have no problem', () => {
    expect(problemsOf(toyCatalogue)).toEqual([]);
    expect(() => refuse(toyCatalogue)).not.toThrow();
  });

  it('are refused all at once, each with its file and its remedy', () => {
    const broken = [withRoute({ rights: {} }), withConsumer({ on: [lost] })];
    expect(() => refuse(broken)).toThrow(
      /shared\/toys\/routes\.ts: lendToy .*\n {4}→ .*\n {2}functions\/shelves\/manifest\.ts: .*\n {4}→ /,
    );
  });
});

describe('a route', () => {
  it('without rights is refused', () => {
    expectOne(toysAre(withRoute({ rights: {} })), 'shared/toys/routes.ts', /lendToy .* says nobody may/, /state its rights/);
    expectOne(toysAre(withRoute({ rights: undefined as never })), 'shared/toys/routes.ts', /says nobody may/, /state its rights/);
  });
  it('whose relation needs what its path lacks is refused', () => {
    expectOne(
      toysAre(withRoute({ rights: { guardian: guards } })),
      'shared/toys/routes.ts',
      /reads \{pupilId\} from the path/,
      /put it in the path/,
    );
  });
  it('whose relation needs nothing is taken', () => {
    expect(toysAre(withRoute({ rights: { guardian: isSelf } }))).toEqual([]);
  });
  it('named for another context is refused', () => {
    expectOne(toysAre(withRoute({ name: 'games.lend-toy' })), 'shared/toys/routes.ts', /named for another context/, /toys\.verb-noun/);
  });
  it('that answers the requests of another is refused', () => {
    expectOne(
      toysAre(withRoute({ method: 'GET', path: '/catalogue', rights: { staff: isSelf }, idempotent: false })),
      'shared/toys/routes.ts',
      /same requests/,
      /another path/,
    );
  });
});

describe('a table', () => {
  it('without a retention rule is refused', () => {
    expectOne(toysAre(withToy({ retention: '' })), 'shared/toys/table.ts', /no retention rule/, /how long it is kept/);
  });
  it('with a key of an attribute that its schema lacks is refused', () => {
    expectOne(toysAre(withToy({ sk: 'toy#{shelf}' })), 'shared/toys/table.ts', /"shelf"/, /add the attribute/);
  });
  it('with everybody in one partition is refused', () => {
    expectOne(toysAre(withToy({ pk: 'toys' })), 'shared/toys/table.ts', /everybody in one partition/, /tenant/);
  });
  it('with a pattern over an index that nobody enters is refused', () => {
    expectOne(toysAre(withToy({ indexes: {} })), 'shared/toys/table.ts', /"byColour"/, /add the index/);
  });
  it('that expires by two attributes is refused', () => {
    const second = { ...toys.entities.toy, schema: toys.entities.toy.schema.extend({ goneAt: z.int() }), ttl: 'goneAt' };
    expectOne(
      toysAre(withTable({ entities: { toy: toys.entities.toy, box: second } })),
      'shared/toys/table.ts',
      /different attributes/,
      /one a table/,
    );
  });
});

describe('an event', () => {
  it('that is consumed and nobody may emit is refused', () => {
    expectOne(
      shelvesAre(withConsumer({ on: [lost] })),
      'functions/shelves/manifest.ts',
      /"toys\.toy-lost", which nobody may emit/,
      /relay of functions\/toys\/manifest\.ts/,
    );
  });
  it('that is declared and nobody may emit is refused', () => {
    const declared = { events: [{ file: 'shared/toys/events.ts', event: lost }], routes: [], questions: [] };
    expectOne(problemsOf(toyCatalogue, declared), 'shared/toys/events.ts', /nobody may emit/, /or delete it/);
  });
  it('that its own relay emits is taken', () => {
    const declared = {
      events: [{ file: 'shared/toys/events.ts', event: toyLent }],
      routes: [{ file: 'shared/toys/routes.ts', route: lendToy }],
      questions: [{ file: 'shared/toys/questions.ts', question: toy }],
    };
    expect(problemsOf(toyCatalogue, declared)).toEqual([]);
  });
  it('of another context in a relay is refused', () => {
    const foreign = defineEvent({ name: 'games.game-lost', payload: z.object({ uai: Uai }), summary: 'Lost.' });
    const context = { ...toysContext, relay: { ...toysContext.relay, emits: [toyLent, foreign] } };
    expectOne(toysAre(context), 'functions/toys/manifest.ts', /an event of another context/, /toys\./);
  });
});

describe('what is declared and bound nowhere', () => {
  it('is refused, route and question alike', () => {
    const route = { ...lendToy, name: 'toys.break-toy' as const };
    const declared = {
      events: [],
      routes: [{ file: 'shared/toys/routes.ts', route }],
      questions: [{ file: 'shared/toys/questions.ts', question: price }],
    };
    expect(problemsOf(toyCatalogue, declared).map(({ problem }) => problem)).toEqual([
      'the route "toys.break-toy" is declared, and no manifest serves it',
      'the question "toys.price" is declared, and nobody answers it',
    ]);
  });
});

describe('a grant', () => {
  it('on another context’s table is refused, and the remedy is to ask', () => {
    expectOne(
      shelvesAre(withConsumer({ grants: [may(toys, 'get')] })),
      'functions/shelves/manifest.ts',
      /table of another context, "toys"/,
      /mayAsk/,
    );
  });
  it('to ask what nobody answers is refused', () => {
    expectOne(
      shelvesAre(withConsumer({ grants: [mayAsk(price)] })),
      'functions/shelves/manifest.ts',
      /"toys\.price", which nobody answers/,
      /answer it in/,
    );
  });
  it('to send to a queue that nobody works is refused', () => {
    expectOne(
      shelvesAre(withConsumer({ grants: [maySend('bulk')] })),
      'functions/shelves/manifest.ts',
      /"bulk", which nobody works/,
      /add a worker/,
    );
  });
  it('given twice is refused', () => {
    const context = { ...toysContext, api: { ...toysContext.api, grants: [may(toys, 'get'), may(toys, 'put')] } };
    expectOne(toysAre(context), 'functions/toys/manifest.ts', /table toys twice/, /one grant/);
  });
});

describe('an entry', () => {
  it('that does not say what a human loses is refused', () => {
    expectOne(shelvesAre(withConsumer({ loses: ' ' })), 'functions/shelves/manifest.ts', /what a human loses/, /loses:/);
  });
  it('that may run longer than 30 s is refused', () => {
    expectOne(shelvesAre(withWorker({ timeout: 31 })), 'functions/shelves/manifest.ts', /31 s/, /resumable job/);
  });
  it('that works a queue alone is refused: Lambda knows no less than two', () => {
    expectOne(shelvesAre(withWorker({ concurrency: 1 })), 'functions/shelves/manifest.ts', /concurrency of 1/, /no less than 2/);
  });
});

describe('a context', () => {
  it('named as a door is refused', () => {
    expect(problemsOf([{ name: 'staff' }]).map(({ problem }) => problem)).toEqual(['"staff" is no name for a context']);
  });
  it('named as another is refused', () => {
    expect(problemsOf([{ name: 'games' }, { name: 'games' }]).map(({ problem }) => problem)).toEqual(['two contexts are named "games"']);
  });
});
