import type * as z from 'zod';
import type { System } from '../../infra/local/system.ts';
import { lessonSheet, saveRollCall } from '../../shared/attendance/routes.ts';
import { guardiansToTell } from '../../shared/directory/questions.ts';
import type { AnswerOf } from '../../shared/kernel/index.ts';
import { Account, inviteStaff, operator } from '../journeys/accounts.ts';
import { begunLessons, civilNow } from '../journeys/lessons.ts';
import { readMails, readSystem } from '../journeys/system.ts';

const ATTEMPTS = 6;

/** A roll call ready to be saved: what its lesson already says, and one pupil more who is absent. */
interface Next {
  /** Saves it, and tells the instant at which the answer came. */
  save(): Promise<number>;
  /** Addresses that must have one mail each. */
  readonly addresses: readonly string[];
}

/** The running system, whose mails leave at once. */
export const runningSystem = (): System => {
  const system = readSystem();
  const grace = system.arguments.indexOf('--grace');
  if (grace < 0 || system.arguments[grace + 1] !== '0') throw new Error('this figure is of a system started with: npm start -- --grace 0');
  return system;
};

let again = 0;

/** Saves a roll call, sent again under the same key while it is not answered, as the page does; tells what it made of it. */
export const saved = async (
  staff: Account,
  params: Readonly<Record<string, string>>,
  body: z.input<(typeof saveRollCall)['body']>,
): Promise<AnswerOf<typeof saveRollCall>> => {
  const key = crypto.randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    const answer = await staff.request(saveRollCall, { params, body, key });
    if (answer.ok) return (await answer.json()) as AnswerOf<typeof saveRollCall>;
    const { code }: { code?: string } = await answer.json().catch(() => ({}));
    if (answer.status < 500 || attempt >= ATTEMPTS) throw new Error(`a roll call was refused: ${answer.status} ${code ?? ''}`);
    again += 1;
  }
};

/** Requests that had to be sent again. */
export const retried = (): number => again;

/** Mails that were not there before, with the instant at which they were accepted. */
export const mailsFrom = async (system: System): Promise<() => Promise<Accepted[]>> => {
  const before = new Set((await readMails(system)).map(({ id }) => id));
  return async () =>
    (await readMails(system))
      .filter(({ id }) => !before.has(id))
      .map(({ to, at }) => ({ to: (to[0] ?? '').toLowerCase(), at: Date.parse(at) }));
};

/**
 * Lessons of the running system's collège that have begun, each with pupils nobody has marked yet. Roll calls of one lesson are saved one after the
 * other, each with one more absent, so that each tells exactly one more family.
 */
export const openLessons = async () => {
  const system = runningSystem();
  const { uai } = (system.schools as readonly { readonly uai: string }[])[0] ?? {};
  if (uai === undefined) throw new Error('the running system has no school');
  const ask = operator(system);
  const staff = await Account.open(system, await inviteStaff(ask, uai, ['school-life']));
  const { date } = civilNow(system);
  const begun = await begunLessons(ask, system, uai);
  const first = Math.min(...begun.map(({ startMinute }) => startMinute));
  const used = new Set<string>();
  const lessons: Next[][] = [];
  for (const { lessonId, startMinute, pupilIds } of begun) {
    // One hour of the day: a pupil absent in one lesson and present in the next would be a third kind of mail.
    if (startMinute !== first || pupilIds.length === 0 || pupilIds.length > 60 || pupilIds.some((id) => used.has(id))) continue;
    for (const id of pupilIds) used.add(id);
    const params = { uai, date, lessonId };
    const sheet = await staff.call(lessonSheet, { params });
    let { revision } = sheet;
    const marks = sheet.roster.flatMap(({ pupilId, mark }) => (mark ? [{ pupilId, ...mark }] : []));
    const marked = new Set(marks.map(({ pupilId }) => pupilId));
    const families = await ask(guardiansToTell, { uai, pupilIds: [...pupilIds], on: date });
    const nexts = families.flatMap(({ pupil, guardians }): Next[] => {
      const addresses = [...new Set(guardians.flatMap(({ email }) => email?.toLowerCase() ?? []))];
      if (addresses.length === 0 || marked.has(pupil.pupilId)) return [];
      const save = async () => {
        marks.push({ pupilId: pupil.pupilId, state: 'absent' });
        ({ revision } = await saved(staff, params, { state: 'done', basedOn: revision, marks, added: [], removed: [] }));
        return Date.now();
      };
      return [{ save, addresses }];
    });
    if (nexts.length > 0) lessons.push(nexts);
  }
  return { system, lessons };
};

/** What one list has more of than the other. */
export const beyond = (these: readonly string[], those: readonly string[]): string[] => {
  const left = [...those];
  return these.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

type Accepted = { readonly to: string; readonly at: number };

/** Mails once so many have come and nothing more comes for a while; fewer when they don't come in time. */
export const settled = async (mails: () => Promise<Accepted[]>, expected: number, seconds: number): Promise<Accepted[]> => {
  const until = Date.now() + seconds * 1000;
  while ((await mails()).length < expected && Date.now() < until) await pause(250);
  // Whoever is written to twice would be by then.
  await pause(3_000);
  return mails();
};
