import { createStore, del, entries, get, set } from 'idb-keyval';
import { type ApiFailure, asApiFailure, call } from '#lib/api/index.ts';
import { personHere } from '#lib/session/here.ts';
import { whoAmI } from '#lib/session/me.ts';
import { type RollCallInput, saveRollCall } from '#shared/attendance/routes.ts';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';
import type { Draft } from './roll-call.ts';

export type RollCallDoor = 'teacher' | 'staff';

export interface LessonKey {
  readonly uai: string;
  readonly date: string;
  readonly lessonId: string;
  /** Its classes and groups, where they are known: they save the server a reading. */
  readonly groupIds?: readonly string[] | undefined;
}

const GROUP = /^g_[0-9a-z-]{8,64}$/;

/** What is asked with a lesson of which the page knows the classes; an address may say anything. */
export const withGroups = ({ groupIds = [] }: Pick<LessonKey, 'groupIds'>) => {
  const groups = groupIds.filter((groupId) => GROUP.test(groupId)).slice(0, 10);
  return groups.length > 0 ? { query: { groups: groups.join(',') } } : {};
};

/** A validated roll call on its way: kept on this device until the server has it. */
export interface Outgoing {
  /** Who took it: on a computer that several share, nobody sends, sees or replaces another's. */
  readonly by: PersonId;
  readonly door: RollCallDoor;
  readonly params: LessonKey;
  readonly body: RollCallInput;
  /** The key of this gesture: however often it is sent, it is one roll call. */
  readonly idempotencyKey: string;
  /** « 5e B, 9 h »: for the strip. */
  readonly label: string;
  /** Why it will not go by itself. */
  readonly stopped?: { readonly code: string; readonly details: Readonly<Record<string, unknown>> };
}

export type Saved = AnswerOf<typeof saveRollCall>;

const store = createStore('preau', 'roll-calls');
const RETRY_MS = 15_000;

/** How long the server may take; what it has not answered by then is sent again, under the same key. */
const ANSWER_MS = 20_000;

const nameOf = ({ uai, date, lessonId }: LessonKey) => `${uai}/${date}/${lessonId}`;
const outName = (by: PersonId, params: LessonKey) => `out/${by}/${nameOf(params)}`;
const draftName = (by: PersonId, params: LessonKey) => `draft/${by}/${nameOf(params)}`;

/** Of whoever is here now. */
let waiting = $state.raw<readonly Outgoing[]>([]);
let timer: ReturnType<typeof setTimeout> | undefined;
let flushing: Promise<void> | undefined;

/** Who came in by a door; without an answer, whom this device knows to be here. */
const personAt = async (door: RollCallDoor): Promise<PersonId | undefined> =>
  whoAmI(door).then(
    ({ personId }) => personId,
    (error) => (asApiFailure(error).passing ? personHere(door) : undefined),
  );

async function reload(): Promise<void> {
  const held = (await entries<string, Outgoing>(store)).filter(([name]) => name.startsWith('out/')).map(([, outgoing]) => outgoing);
  const own = await Promise.all(held.map(async ({ by, door }) => (await personAt(door)) === by));
  waiting = held.filter((_, at) => own[at]);
}

/** Sends one; what will pass stays, what is refused stays and says why. */
async function send(outgoing: Outgoing): Promise<Saved | ApiFailure> {
  const { by, door, params, body, idempotencyKey } = outgoing;
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const saved = await call(saveRollCall, door, { params, ...withGroups(params), body, idempotencyKey, signal });
    await Promise.all([del(outName(by, params), store), del(draftName(by, params), store)]);
    return saved;
  } catch (error) {
    const failure = asApiFailure(error);
    if (!failure.passing && failure.code !== 'session.ended')
      await set(outName(by, params), { ...outgoing, stopped: { code: failure.code, details: failure.details } }, store);
    return failure;
  } finally {
    await reload();
  }
}

async function flush(): Promise<void> {
  clearTimeout(timer);
  await reload();
  for (const outgoing of waiting) if (!outgoing.stopped) await send(outgoing);
  if (waiting.some(({ stopped }) => !stopped)) timer = setTimeout(() => void outbox.flush(), RETRY_MS);
}

/** Roll calls that have left the hand but not the device. One per lesson: a later one replaces the one before. */
export const outbox = {
  get waiting() {
    return waiting;
  },
  of: (params: LessonKey): Outgoing | undefined => waiting.find((one) => nameOf(one.params) === nameOf(params)),

  /** Keeps it, then sends it. A failure that passes is not lost: it leaves by itself. */
  async post(outgoing: Outgoing): Promise<Saved | ApiFailure> {
    await set(outName(outgoing.by, outgoing.params), outgoing, store);
    await reload();
    const outcome = await send(outgoing);
    clearTimeout(timer);
    if (waiting.length > 0) timer = setTimeout(() => void outbox.flush(), RETRY_MS);
    return outcome;
  },

  async drop(by: PersonId, params: LessonKey): Promise<void> {
    await Promise.all([del(outName(by, params), store), del(draftName(by, params), store)]);
    await reload();
  },

  flush(): Promise<void> {
    flushing ??= flush().finally(() => {
      flushing = undefined;
    });
    return flushing;
  },
};

/** The gestures of a roll call not yet validated, so that a reload or a flat battery loses none. */
export const drafts = {
  keep: (by: PersonId, params: LessonKey, revision: number, draft: Draft): Promise<void> =>
    set(draftName(by, params), { revision, draft }, store),
  async find(by: PersonId, params: LessonKey, revision: number): Promise<Draft | undefined> {
    const held = await get<{ revision: number; draft: Draft }>(draftName(by, params), store);
    return held?.revision === revision ? held.draft : undefined;
  },
};

addEventListener('online', () => void outbox.flush());
