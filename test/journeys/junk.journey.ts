import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { System } from '../../infra/local/system.ts';
import type { Door } from '../../shared/kernel/index.ts';
import { castOf, dayAt, type SignedInPerson } from './cast.ts';
import { MARK, type Nonsense, nonsenseFor } from './nonsense.ts';
import { inTurns, nothingOf, type Operation, operations, perform, searchOf, type Values } from './operations.ts';
import { readSystem } from './system.ts';

/** Cases for each operation; `PREAU_JUNK=1000` for a long campaign, `PREAU_SEED` for another one. */
const CASES = Number(process.env.PREAU_JUNK ?? 8);
const SEED = Number(process.env.PREAU_SEED ?? 20260915);

/** Would end the sessions of those who try the rest. */
const ENDS_SESSIONS = 'session.sign-out-everywhere';

let system: System;
let values: Values;
/** Of each door somebody with every right. */
let entitled: Readonly<Record<Door, SignedInPerson>>;

beforeAll(async () => {
  system = readSystem();
  const [, small] = system.schools as readonly { uai: string }[];
  if (!small) throw new Error('The system has no demo');
  const company = await castOf(system, small.uai);
  const { pupil, guardian, teacher, direction: staff, authority } = company.cast;
  entitled = { pupil, guardian, teacher, staff, authority };
  values = { ...(await dayAt(system, company)), door: 'teacher', token: nothingOf({}) };
}, 240_000);

/** Some nonsense is harmless, and was done: the school is as it was for whoever comes after. */
afterAll(async () => {
  const undoing = operations.filter(
    ({ door, method, name }) => door === 'staff' && (method === 'DELETE' || name === 'notifications.resume-school'),
  );
  for (const operation of undoing) await perform(system.site, operation, { token: entitled.staff.token, values });
});

/** Everything in place but for the nonsense. */
async function send(operation: Operation, { segments = {}, search, body, type, headers }: Nonsense): Promise<Response> {
  const path = operation.params.reduce(
    (filled, { name, schema }) => filled.replace(`{${name}}`, segments[name] ?? encodeURIComponent(values[name] ?? nothingOf(schema))),
    operation.path,
  );
  const honest = new URLSearchParams(searchOf(operation, values)).toString();
  const query = [honest, search].filter(Boolean).join('&');
  const payload = body ?? (operation.body && JSON.stringify(operation.body.example));
  return fetch(`${system.site}${path}${query && `?${query}`}`, {
    method: operation.method,
    redirect: 'manual',
    headers: {
      ...(operation.door !== 'public' && { authorization: `Bearer ${entitled[operation.door].token}` }),
      ...(payload !== undefined && { 'content-type': type ?? 'application/json' }),
      ...(operation.idempotent && { 'idempotency-key': crypto.randomUUID() }),
      ...headers,
    },
    ...(payload !== undefined && operation.method !== 'GET' && { body: payload }),
  });
}

const TRACE = /\bat \S+ \(|\.ts:\d+|\.mjs:\d+|node_modules|ZodError|TypeError|RangeError|SyntaxError|ValidationException|arn:aws/;

it(
  'answers nonsense with a stable refusal: no fault, no trace, no echo',
  async () => {
    const tried = operations.filter(({ name }) => name !== ENDS_SESSIONS);
    const trials = tried.flatMap((operation, at) =>
      fc.sample(nonsenseFor(operation), { numRuns: CASES, seed: SEED + at }).map((nonsense) => ({ operation, nonsense })),
    );
    const found = await inTurns(trials, async ({ operation, nonsense }) => {
      const answer = await send(operation, nonsense);
      const text = await answer.text();
      const wrong = [
        answer.status >= 500 && `answers ${answer.status}`,
        TRACE.test(text) && 'shows its insides',
        // What was accepted may well be said: a label that school life chose.
        answer.status >= 400 && text.includes(MARK) && 'repeats what it was sent',
        answer.status >= 400 && answer.status !== 404 && !/"(code|message)"|<code>/.test(text) && 'gives no code',
      ].filter(Boolean);
      return wrong.length > 0
        ? [`${operation.id}: ${nonsense.what} ${wrong.join(', ')}: ${JSON.stringify(nonsense).slice(0, 300)} → ${text.slice(0, 200)}`]
        : [];
    });
    expect(found.flat()).toEqual([]);
    expect(trials.length).toBe(tried.length * CASES);
  },
  CASES * 60_000,
);
