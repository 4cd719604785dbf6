import { beforeAll, describe, expect, it } from 'vitest';
import type { AskContext } from '../../infra/local/ask-context.ts';
import type { System } from '../../infra/local/system.ts';
import { lessonSheet, saveRollCall } from '../../shared/attendance/routes.ts';
import { invite } from '../../shared/directory/questions.ts';
import { type Grant, may } from '../../shared/kernel/index.ts';
import { listDeliveries, pauseSchool, resumeSchool } from '../../shared/notifications/routes.ts';
import { lettersCsv, readLetters, startLetters } from '../../shared/session/routes.ts';
import { inviteStaff, letterFor, operator, PASSWORD } from './accounts.ts';
import { call, Doorkeeper, request, type SignedInPerson } from './cast.ts';
import { eventually } from './inbox.ts';
import { begunLessons, type Called, civilNow, everyone } from './lessons.ts';
import { entries, entryOf, Role, rightsOf } from './roles.ts';
import { readMails, readSystem } from './system.ts';

let system: System;
let ask: AskContext;
let uai: string;
let direction: SignedInPerson;
let keeper: Doorkeeper;
let lessons: readonly Called[];

beforeAll(async () => {
  system = readSystem();
  ask = operator(system);
  // The small school: journeys through the college count every mail there.
  uai = (system.schools as readonly { uai: string }[])[1]?.uai ?? '';
  keeper = new Doorkeeper(system);
  [direction, lessons] = await Promise.all([
    keeper.hire(uai, 'staff', ['school-life', 'direction', 'office']),
    begunLessons(ask, system, uai),
  ]);
});

/** What happens with a function deployed as if its manifest entry lacked a grant, and then with it again. */
async function withAndWithout<T>(
  [context, name]: readonly [string, string],
  less: (grants: readonly Grant[]) => readonly Grant[],
  act: () => Promise<T>,
): Promise<{ without: T; restored: T }> {
  const { grants } = entryOf(context, name);
  const left = less(grants);
  expect(rightsOf(left)).not.toEqual(rightsOf(grants));
  const role = await Role.of(entryOf(context, name));
  try {
    await role.without(grants, left);
    const without = await act();
    await role.restore();
    return { without, restored: await act() };
  } finally {
    await role.restore();
  }
}

const drop = (gone: (grant: Grant) => boolean) => (grants: readonly Grant[]) => grants.filter((grant) => !gone(grant));

describe('a right that a manifest entry no longer grants', () => {
  it('is missed by a roll call: to put into its table', async () => {
    const { date, lessonId } = await untouched();
    const params = { uai, date, lessonId };
    const save = async () => {
      const body = { state: 'done', basedOn: 0, marks: [], added: [], removed: [] };
      const { status } = await request(system, direction, saveRollCall, params, { body });
      return { status, revision: (await call(system, direction, lessonSheet, params)).revision };
    };
    const { without, restored } = await withAndWithout(
      ['attendance', 'api'],
      (grants) =>
        grants.map((grant) => (grant.kind === 'table' ? may(grant.table, ...grant.verbs.filter((verb) => verb !== 'put')) : grant)),
      save,
    );
    expect(without).toEqual({ status: 500, revision: 0 });
    expect(restored).toEqual({ status: 200, revision: 1 });
  });

  it('is missed by whoever writes letters: to ask who people are', async () => {
    const [, someone] = (await everyone(ask, uai, 'guardian')).filter(({ activatedAt }) => activatedAt === undefined);
    const { without, restored } = await withAndWithout(
      ['session', 'answers'],
      drop(({ kind }) => kind === 'question'),
      () =>
        letterFor(ask, uai, someone?.personId ?? '').then(
          () => 'a letter',
          () => 'none',
        ),
    );
    expect([without, restored]).toEqual(['none', 'a letter']);
  });

  it('is missed by messages that waited: to send to their queue', async () => {
    const { date } = civilNow(system);
    await call(system, direction, pauseSchool, { uai });
    const deliveryId = await waitingMessage(date);
    await past(date, deliveryId);
    const resume = async () => {
      const { status } = await request(system, direction, resumeSchool, { uai });
      return { status, sent: await sent(date, deliveryId) };
    };
    const { without, restored } = await withAndWithout(
      ['notifications', 'api'],
      drop(({ kind }) => kind === 'queue'),
      resume,
    );
    expect(without).toEqual({ status: 500, sent: false });
    expect(restored).toEqual({ status: 200, sent: true });
  });

  it('is missed by who forgot a password: to send a mail', async () => {
    // Two people: a login may ask once a minute.
    const forgetful = [await someoneWithMail(), await someoneWithMail()];
    const forget = async () => {
      const { login, email } = forgetful.shift() ?? { login: '', email: '' };
      const answer = await fetch(`${system.site}/api/public/session/staff/password-reset`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login }),
      });
      expect(answer.status).toBe(200);
      return eventually('a mail', async () => ((await readMails(system, email)).length > 0 ? 'a mail' : undefined), 4).catch(() => 'none');
    };
    const { without, restored } = await withAndWithout(
      ['session', 'on-reset-requested'],
      drop(({ kind }) => kind === 'mail'),
      forget,
    );
    expect([without, restored]).toEqual(['none', 'a mail']);
  });

  it('is missed by the list of codes: to read its file', async () => {
    const [pupil] = (await everyone(ask, uai, 'pupil')).filter(({ activatedAt }) => activatedAt === undefined).slice(-1);
    const { jobId } = await call(system, direction, startLetters, { uai }, { body: { door: 'pupil', personIds: [pupil?.personId] } });
    await eventually('a letter', async () =>
      (await call(system, direction, readLetters, { uai, jobId })).state === 'done' ? true : undefined,
    );
    const { without, restored } = await withAndWithout(
      ['session', 'api'],
      drop((grant) => grant.kind === 'files' && grant.bucket === 'letters'),
      async () => (await request(system, direction, lettersCsv, { uai, jobId })).status,
    );
    expect([without, restored]).toEqual([500, 200]);
  });

  it('is missed by a sign-in: to speak to the pools', async () => {
    const { login, code, personId } = await inviteStaff(ask, uai, ['office']);
    await keeper.openWith({ uai, personId, door: 'staff' }, { login, code });
    const { without, restored } = await withAndWithout(
      ['session', 'api'],
      drop(({ kind }) => kind === 'accounts'),
      async () => {
        const answer = await fetch(`${system.site}/api/public/session/staff/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ login, password: PASSWORD }),
        });
        return answer.status;
      },
    );
    expect([without, restored]).toEqual([500, 200]);
  });
});

const letters = () =>
  Date.now()
    .toString(36)
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] as string);

/** A member of staff with an account and an address. */
async function someoneWithMail(): Promise<{ login: string; email: string }> {
  const familyName = `Oubli ${letters()}`;
  const email = `${familyName.toLowerCase().replace(' ', '.')}@preau.example`;
  const { personId } = await ask(invite, { uai, door: 'staff', familyName, givenName: 'Alex', duties: ['office'], email });
  const { login, code } = await letterFor(ask, uai, personId);
  await keeper.openWith({ uai, personId, door: 'staff' }, { login, code });
  return { login, email };
}

/** A lesson that has begun and that nobody called yet. */
async function untouched(): Promise<Called> {
  for (const lesson of [...lessons].reverse()) {
    const { date, lessonId } = lesson;
    if ((await call(system, direction, lessonSheet, { uai, date, lessonId })).revision === 0) return lesson;
  }
  throw new Error('No lesson is left that nobody called: start the system afresh');
}

/** A message about an absence of now. */
async function waitingMessage(date: string): Promise<string> {
  const { lessonId, pupilIds } = await untouched();
  const pending = async () =>
    (await call(system, direction, listDeliveries, { uai, date })).deliveries
      .filter(({ state }) => state === 'pending')
      .map((one) => one.deliveryId);
  const before = await pending();
  const marks = pupilIds.slice(0, 3).map((pupilId) => ({ pupilId, state: 'absent' }));
  const body = { state: 'done', basedOn: 0, marks, added: [], removed: [] };
  await call(system, direction, saveRollCall, { uai, date, lessonId }, { body });
  return eventually('a message', async () => (await pending()).find((deliveryId) => !before.includes(deliveryId)));
}

/** Waits, with room, until the message that a delivery was given at first has come, and was let go because of the pause: resuming sends another. */
const past = (date: string, deliveryId: string): Promise<true> =>
  eventually(
    'the hour of a message',
    async () => {
      const { now, deliveries } = await call(system, direction, listDeliveries, { uai, date });
      const due = deliveries.find((one) => one.deliveryId === deliveryId)?.dueAt;
      return due !== undefined && Date.parse(now) > Date.parse(due) + 6000 ? true : undefined;
    },
    60,
  );

const sent = (date: string, deliveryId: string): Promise<boolean> =>
  eventually(
    'a sent message',
    async () => {
      const { deliveries } = await call(system, direction, listDeliveries, { uai, date });
      const state = deliveries.find((one) => one.deliveryId === deliveryId)?.state;
      return state === 'accepted' || state === 'delivered' ? true : undefined;
    },
    4,
  ).catch(() => false);

describe('the rights that infra computes', () => {
  it('are those deployed, for every function', async () => {
    const sorted = (rights: ReadonlyMap<string, readonly string[]>, of: ReadonlyMap<string, unknown>) =>
      Object.fromEntries([...of.keys()].map((sid) => [sid, [...(rights.get(sid) ?? [])].sort()]));
    for (const entry of entries) {
      const computed = rightsOf(entry.grants);
      const { rights } = await Role.of(entry);
      expect({ [`${entry.context}.${entry.name}`]: sorted(rights, computed) }).toEqual({
        [`${entry.context}.${entry.name}`]: sorted(computed, computed),
      });
    }
  });

  it('are fewer by something without any one grant, but for a second question to the same context', () => {
    const idle = entries.flatMap(({ context, name, grants }) =>
      grants
        .filter((grant) => {
          const others = grants.filter((one) => one !== grant);
          const sibling =
            grant.kind === 'question' &&
            others.some((one) => one.kind === 'question' && one.question.name.split('.')[0] === grant.question.name.split('.')[0]);
          return !sibling && JSON.stringify([...rightsOf(others)]) === JSON.stringify([...rightsOf(grants)]);
        })
        .map(({ kind }) => `${context}.${name}: ${kind}`),
    );
    expect(idle).toEqual([]);
  });
});
