import { createStore, del, entries, get, set } from 'idb-keyval';
import { type ApiFailure, asApiFailure, call } from '#lib/api/index.ts';
import { type RollCallInput, saveRollCall } from '#shared/attendance/routes.ts';
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

const nameOf = ({ uai, date, lessonId }: LessonKey) => `${uai}/${date}/${lessonId}`;
const outName = (params: LessonKey) => `out/${nameOf(params)}`;
const draftName = (params: LessonKey) => `draft/${nameOf(params)}`;

let waiting = $state.raw<readonly Outgoing[]>([]);
let timer: ReturnType<typeof setTimeout> | undefined;
let flushing: Promise<void> | undefined;

async function reload(): Promise<void> {
  const held = await entries<string, Outgoing>(store);
  waiting = held.filter(([name]) => name.startsWith('out/')).map(([, outgoing]) => outgoing);
}

/** Sends one; what will pass stays, what is refused stays and says why. */
async function send(outgoing: Outgoing): Promise<Saved | ApiFailure> {
  const { door, params, body, idempotencyKey } = outgoing;
  try {
    const saved = await call(saveRollCall, door, { params, ...withGroups(params), body, idempotencyKey });
    await Promise.all([del(outName(params), store), del(draftName(params), store)]);
    return saved;
  } catch (error) {
    const failure = asApiFailure(error);
    if (!failure.passing && failure.code !== 'session.ended')
      await set(outName(params), { ...outgoing, stopped: { code: failure.code, details: failure.details } }, store);
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
    await set(outName(outgoing.params), outgoing, store);
    await reload();
    const outcome = await send(outgoing);
    if (waiting.length > 0) timer = setTimeout(() => void outbox.flush(), RETRY_MS);
    return outcome;
  },

  async drop(params: LessonKey): Promise<void> {
    await Promise.all([del(outName(params), store), del(draftName(params), store)]);
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
  keep: (params: LessonKey, revision: number, draft: Draft): Promise<void> => set(draftName(params), { revision, draft }, store),
  async find(params: LessonKey, revision: number): Promise<Draft | undefined> {
    const held = await get<{ revision: number; draft: Draft }>(draftName(params), store);
    return held?.revision === revision ? held.draft : undefined;
  },
};

addEventListener('online', () => void outbox.flush());
