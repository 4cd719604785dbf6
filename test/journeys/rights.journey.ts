import { beforeAll, describe, expect, it } from 'vitest';
import type { System } from '../../infra/local/system.ts';
import { type Cast, castOf, Doorkeeper, dayAt, type Part, type SignedInPerson } from './cast.ts';
import { inTurns, nothingOf, type Operation, operations, perform, type Values } from './operations.ts';
import { changedBetween, everythingStored, settledStore } from './stored.ts';
import { readSystem } from './system.ts';
import { forgeriesOf, idTokenOf } from './tokens.ts';

/** Every operation of the OpenAPI document, tried by everybody who may not. */
const behindDoors = operations.filter(({ door }) => door !== 'public');
const open = operations.filter(({ door }) => door === 'public');

const STAFF: readonly Part[] = ['direction', 'office', 'school life', 'staff without duties'];

/**
 * Who in a school holds which relation to it, or to the pupil of the cast: written apart from the product, which is compared with it.
 * `anywhere`: people of other schools hold it too, over what is theirs.
 */
const HOLDERS: Readonly<Record<string, readonly Part[] | 'anywhere'>> = {
  'is the person': 'anywhere',
  'belongs to the school': ['pupil', 'classmate', 'guardian', 'contact', 'teacher', ...STAFF],
  'guards the pupil': ['guardian'],
  'is the pupil': ['pupil'],
  'teaches at the school': ['teacher'],
  'works at the school': STAFF,
  'is school life or direction at the school': ['direction', 'school life'],
  'is office or direction at the school': ['direction', 'office'],
  'is school life, office or direction at the school': ['direction', 'school life', 'office'],
  'directs the school': ['direction'],
  'oversees the school': ['authority'],
};

const holds = ({ id, relation = '' }: Operation, part: Part): boolean =>
  relation.split(', or ').some((name) => {
    const holders = HOLDERS[name];
    if (!holders) throw new Error(`${id}: who "${name}"? Say it in HOLDERS`);
    return holders === 'anywhere' || holders.includes(part);
  });

const isPersonal = ({ relation }: Operation): boolean => relation === 'is the person';
const PARTS: readonly Part[] = ['pupil', 'classmate', 'guardian', 'contact', 'teacher', ...STAFF, 'authority'];
const PLAIN = ['alg none, unsigned', 'HS256 with the public key in PEM', 'an altered signature', 'a later end'];
const REFUSALS = [401, 403, 404];
/** What a path names that no school has alone: itself, and the days that everybody shares. */
const OWN_ANYWHERE = ['uai', 'date', 'month', 'year'];

let system: System;
let ours: Cast;
let theirs: Cast;
/** Of our school: what the others reach for. */
let values: Values;
/** Of the other school, so that its people have rights where they speak of our objects. */
let elsewhere: Values;

beforeAll(async () => {
  system = readSystem();
  const [college, small] = system.schools as readonly { uai: string }[];
  if (!college || !small) throw new Error('The system has no demo');
  // The small one is ours: journeys through the college count every mail there.
  const [here, there] = await Promise.all([castOf(system, small.uai), castOf(system, college.uai)]);
  ours = here.cast;
  theirs = there.cast;
  values = await dayAt(system, here);
  elsewhere = { ...values, uai: college.uai };
  await settledStore();
}, 240_000);

/** Somebody of each door with every right there. */
async function leavers(): Promise<Readonly<Record<string, SignedInPerson>>> {
  const keeper = new Doorkeeper(system);
  const { pupil, guardian, teacher, direction } = ours;
  const [staff, authority] = await Promise.all([
    keeper.hire(direction.uai, 'staff', ['school-life', 'direction', 'office']),
    keeper.hire(direction.uai, 'authority'),
  ]);
  return { pupil, guardian, teacher, staff, authority };
}

/** A token says when it was made in seconds: of one second, nobody knows which came first, the token or the leaving. */
const anotherSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));

/** Those who signed out everywhere come back. */
async function comeBack(): Promise<void> {
  await anotherSecond();
  const keeper = new Doorkeeper(system);
  const again = (part: Part) => keeper.open(ours[part], ours.direction);
  const [pupil, guardian, teacher] = await Promise.all([again('pupil'), again('guardian'), again('teacher')]);
  ours = { ...ours, pupil, guardian, teacher };
}

interface Trial {
  readonly operation: Operation;
  readonly who: string;
  readonly token?: string | undefined;
  readonly values?: Values;
}

const codeOf = (text: string): string | undefined => {
  try {
    return (JSON.parse(text) as { code?: string }).code;
  } catch {
    return undefined;
  }
};

/** What was not refused, and what a refusal told. */
async function notRefused(trials: readonly Trial[], together?: number): Promise<string[]> {
  const answers = await inTurns(
    trials,
    async ({ operation, who, token, values: named = values }) => {
      const answer = await perform(system.site, operation, { token, values: named });
      const text = await answer.text();
      const told = /stack|Exception|arn:|node_modules/.test(text) || text.length > 400;
      return REFUSALS.includes(answer.status) && !told ? [] : [`${who}: ${operation.id} answers ${answer.status} ${text.slice(0, 120)}`];
    },
    together,
  );
  return answers.flat();
}

/** Nothing may be stored by those who were refused. */
async function refusedAndUnwritten(trials: readonly Trial[]): Promise<void> {
  expect(trials.length).toBeGreaterThan(0);
  const before = await everythingStored();
  expect(before.size).toBeGreaterThan(1000);
  const passed = await notRefused(trials);
  expect(passed).toEqual([]);
  expect(changedBetween(before, await everythingStored())).toEqual([]);
}

const entitledTo = (operation: Operation): Part => {
  const part = PARTS.find((one) => ours[one].door === operation.door && holds(operation, one));
  if (!part) throw new Error(`${operation.id}: nobody may`);
  return part;
};

describe('whoever may not', () => {
  it('has no token', async () => {
    await refusedAndUnwritten(behindDoors.map((operation) => ({ operation, who: 'nobody' })));
  });

  it('has a forged one', async () => {
    const forgeries = new Map(await Promise.all(PARTS.map(async (part) => [part, await forgeriesOf(system, ours[part])] as const)));
    await refusedAndUnwritten(
      behindDoors.flatMap((operation, at) =>
        // The three everybody tries, everywhere; of the others each its turn, several times at each door.
        Object.entries(forgeries.get(entitledTo(operation)) ?? {})
          .filter(([who], kind) => PLAIN.includes(who) || (kind + at) % 3 === 0)
          .map(([who, token]) => ({ operation, who, token })),
      ),
    );
  });

  it('has one of another door', async () => {
    const one: readonly Part[] = ['pupil', 'guardian', 'teacher', 'direction', 'authority'];
    await refusedAndUnwritten(
      behindDoors.flatMap((operation) =>
        one
          .filter((part) => ours[part].door !== operation.door)
          .map((part) => ({ operation, who: `${part} at the ${operation.door} door`, token: ours[part].token })),
      ),
    );
  });

  it('has the ID token of somebody entitled', async () => {
    const parts = [...new Set(behindDoors.map(entitledTo))];
    const ids = new Map(await Promise.all(parts.map(async (part) => [part, await idTokenOf(system, ours[part])] as const)));
    await refusedAndUnwritten(behindDoors.map((operation) => ({ operation, who: 'an ID token', token: ids.get(entitledTo(operation)) })));
  });

  it('is of the school, without the relation', async () => {
    await refusedAndUnwritten(
      behindDoors.flatMap((operation) =>
        PARTS.filter((part) => ours[part].door === operation.door && !holds(operation, part)).map((part) => ({
          operation,
          who: part,
          token: ours[part].token,
        })),
      ),
    );
  });

  it('is of another school', async () => {
    await refusedAndUnwritten(
      behindDoors
        .filter((operation) => !isPersonal(operation))
        .flatMap((operation) =>
          PARTS.filter((part) => theirs[part].door === operation.door).map((part) => ({
            operation,
            who: `${part} of another school`,
            token: theirs[part].token,
          })),
        ),
    );
  });

  it('has the right in another school, and names an object of this one there', async () => {
    const trials = behindDoors
      .filter(({ params }) => params.some(({ name }) => !OWN_ANYWHERE.includes(name)))
      .flatMap((operation) =>
        PARTS.filter((part) => theirs[part].door === operation.door).map((part) => ({
          operation,
          who: `${part} of another school, there`,
          token: theirs[part].token,
          values: elsewhere,
        })),
      );
    await refusedAndUnwritten(trials.filter(({ operation }) => !isPersonal(operation)));
    // What is one's own is looked for among one's own things: somebody else's object is no part of them, whatever the answer says.
    const before = await everythingStored();
    await notRefused(trials.filter(({ operation }) => isPersonal(operation)));
    expect(changedBetween(before, await everythingStored())).toEqual([]);
  });

  it('signed out everywhere', async () => {
    const left = await leavers();
    const everywhere = behindDoors.filter(({ name }) => name === 'session.sign-out-everywhere');
    await anotherSecond();
    // Their tokens were good: this is what ends them.
    const ended = await inTurns(
      everywhere,
      async (operation) => (await perform(system.site, operation, { token: left[operation.door]?.token, values })).status,
    );
    expect(ended).toEqual(everywhere.map(() => 200));
    await comeBack();
    await settledStore();
    await refusedAndUnwritten(behindDoors.map((operation) => ({ operation, who: 'someone gone', token: left[operation.door]?.token })));
    await comeBack();
  });

  it('hears the same of an object that there is and of one that there is not', async () => {
    const missing = { uai: values.uai as string, date: values.date as string };
    const named = behindDoors.filter(({ params }) => params.some(({ name }) => name !== 'date'));
    const told = await inTurns(
      named.flatMap((operation) => PARTS.filter((part) => theirs[part].door === operation.door).map((part) => ({ operation, part }))),
      async ({ operation, part }) => {
        const hear = async (of: Values) => {
          const answer = await perform(system.site, operation, { token: theirs[part].token, values: of });
          return `${answer.status} ${await answer.text()}`;
        };
        const [there, gone, never] = [await hear(values), await hear(missing), await hear({ ...values, uai: '0000000A' })];
        return there === gone && there === never ? [] : [`${part}: ${operation.id}: ${there} / ${gone} / ${never}`];
      },
    );
    expect(told.flat()).toEqual([]);
  });
});

/** Bodies of which the document's own example says nothing true of the demo. */
const bodies = (): Readonly<Record<string, unknown>> => ({
  'directory.begin-engagement': { door: 'staff', familyName: 'RENFORT', givenName: 'Nora', duties: ['office'], until: '2100-01-01' },
  'directory.change-engagement': { until: '2100-01-01' },
  'attendance.justify-absence': { episodeId: values.episodeId, reason: 'transport' },
  'attendance.announce-absence': { from: values.date, until: values.date, reason: 'illness' },
  'attendance.enter-arrangement': { kind: 'exemption', target: values.pupilId, from: values.date, until: values.date, inRoom: true },
  'attendance.make-remark': { pupilId: values.pupilId, kindId: values.kindId },
  // Not yet: whoever is kept somewhere is absent no more for those who come after.
  'attendance.note-stay': { place: 'infirmary', fromMinute: 1439, lessonId: values.lessonId },
  'attendance.end-stay': { minute: Number(values.stayMinute), to: 'class', lessonId: values.lessonId },
  'session.begin-totp': { accessToken: ours.teacher.token },
  // Leaves the line open.
  'notifications.close-call': { outcome: 'no-answer' },
  'session.start-letters': { door: 'pupil', personIds: [values.pupilId] },
  'timetable.open-lesson': { startMinute: 1000, endMinute: 1030, groupIds: [values.groupId], label: 'Permanence' },
});

/** Whom no request of a test can show to be let in, and why. */
const UNSHOWN: Readonly<Record<string, string>> = {
  'attendance.handle-alert': 'an alert is raised by days of absence: the test of the use case makes them',
  'notifications.decide-telling': 'it is asked two hours after a lesson: the test of the use case lets them pass',
  'notifications.read-notice': 'a message is read by the person it is for, whom belonging to the school does not name',
  'attendance.read-register-pdf': 'the register of a year is written step by step: the test of the use case waits for it',
  'attendance.read-register-sheet': 'the same',
  'attendance.read-proof': 'a proof is posted to a bucket first: the journey of the roll call does it',
};

/** Reading first, then writing, and taking back last; families before staff, who may suspend them. */
const ORDER = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'];
const turn = ({ door, method }: Operation) => (door === 'staff' ? ORDER.length : 0) + ORDER.indexOf(method);

describe('whoever may', () => {
  it('is let in by every operation', async () => {
    const before = await everythingStored();
    const shut: string[] = [];
    const tried = behindDoors
      .filter(({ name }) => !(name in UNSHOWN) && name !== 'session.sign-out-everywhere')
      .sort((a, b) => turn(a) - turn(b));
    for (const operation of tried)
      for (const part of PARTS.filter((one) => ours[one].door === operation.door && holds(operation, one))) {
        const body = bodies()[operation.name];
        const answer = await perform(system.site, operation, { token: ours[part].token, values, ...(body !== undefined && { body }) });
        const text = await answer.text();
        const refused = REFUSALS.includes(answer.status) && !operation.failures.includes(codeOf(text) ?? '');
        if (refused || answer.status >= 500) shut.push(`${part}: ${operation.id} answers ${answer.status} ${text.slice(0, 200)}`);
      }
    expect(shut).toEqual([]);
    // What the refused are watched with sees what the entitled write.
    expect(changedBetween(before, await everythingStored()).length).toBeGreaterThan(10);
    expect(tried.length).toBeGreaterThan(0.9 * behindDoors.length);
  });

  it('is somebody, for every operation', () => {
    expect(behindDoors.map(entitledTo)).not.toContain(undefined);
    for (const name of Object.keys(UNSHOWN)) expect(operations.map((operation) => operation.name)).toContain(name);
  });
});

/** Public operations that answer everybody alike, known or not, so that nobody learns who is. */
const SAY_YES = ['session.request-reset', 'session.sign-out'];

describe('without sign-in', () => {
  it('opens nothing to who has no link, code, cookie or password', async () => {
    const before = await everythingStored();
    const answers = await inTurns(open, async (operation) => {
      const answer = await perform(system.site, operation, { values: { door: 'teacher', token: nothingOf({}) } });
      return { operation, status: answer.status, text: await answer.text() };
    });
    const opened = answers.filter(({ operation, status }) =>
      SAY_YES.includes(operation.name) ? status !== 200 : status < 400 || status >= 500,
    );
    expect(opened.map(({ operation, status, text }) => `${operation.id} answers ${status} ${text}`)).toEqual([]);
    // Failures are counted, by login and address, and a wish for a new password is noted for known and unknown logins alike.
    const counted = /^preau-local-session /;
    expect(changedBetween(before, await everythingStored()).filter((key) => !counted.test(key))).toEqual([]);
  });

  it('does not find at one door what is behind another', async () => {
    const stray = operations.flatMap((operation) =>
      operation.door === 'public'
        ? []
        : [{ operation: { ...operation, path: operation.path.replace(`/${operation.door}/`, '/public/') }, who: 'public' }],
    );
    const answers = await notRefused(stray);
    expect(answers).toEqual([]);
  });
});
