import type { board } from '#shared/attendance/routes.ts';
import type { Names } from '#shared/directory/person.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';
import type { Instant, LocalDate } from '#shared/kernel/time.ts';
import type { listDeliveries } from '#shared/notifications/routes.ts';

export type Board = AnswerOf<typeof board>;
export type Telling = AnswerOf<typeof listDeliveries>;
export type Absentee = Board['absentees'][number];
export type DeliveryLine = Telling['deliveries'][number];
export type CallLine = Telling['calls'][number];
export type UndecidedLine = Telling['undecided'][number];

/** Where the telling of one absence stands, the word of its row in the list. */
export type Standing =
  | 'did-not-know'
  | 'nobody-reached'
  | 'answered'
  | 'known'
  | 'partly-refused'
  | 'delivered'
  | 'sent'
  | 'sending'
  | 'counting'
  | 'held'
  | 'not-told';

/** An absent pupil, with the messages about it and the calls that are left to make. */
export interface Case {
  readonly absentee: Absentee;
  /** Messages about the absence that is going on. */
  readonly rows: readonly DeliveryLine[];
  readonly calls: readonly CallLine[];
  readonly standing: Standing;
  /** Of the next message to leave, or to be let go. */
  readonly nextAt?: Instant;
}

export const isUnsent = ({ state }: Pick<DeliveryLine, 'state'>): boolean => state === 'pending' || state === 'held';

const isRefused = ({ state }: Pick<DeliveryLine, 'state'>) => state === 'bounced' || state === 'complained' || state === 'unreachable';

/** When a row leaves by itself. */
export const leavesAt = ({ state, dueAt, heldUntil }: Pick<DeliveryLine, 'state' | 'dueAt' | 'heldUntil'>): Instant =>
  state === 'held' ? (heldUntil ?? dueAt) : dueAt;

/** The one fact that says why a row stands where it stands. */
export function standingOf(
  { urgency, answers }: Pick<Absentee, 'urgency' | 'answers'>,
  rows: readonly DeliveryLine[],
  calls: number,
): Standing {
  if (urgency === 'did-not-know') return 'did-not-know';
  if (urgency === 'known') return 'known';
  const has = (...states: DeliveryLine['state'][]) => rows.some(({ state }) => states.includes(state));
  const reached = has('accepted', 'delivered');
  if (answers.length > 0) return 'answered';
  if (!reached && !has('pending', 'held', 'claimed', 'ambiguous') && (calls > 0 || rows.some(isRefused))) return 'nobody-reached';
  if (has('held')) return 'held';
  if (has('pending')) return 'counting';
  if (has('claimed', 'ambiguous')) return 'sending';
  if (rows.some(isRefused)) return 'partly-refused';
  if (has('delivered')) return 'delivered';
  return reached ? 'sent' : 'not-told';
}

/** Gravest first: who did not know, who was seen and is gone, whom nobody could tell, then those being told, then those explained. */
const RANKS: Readonly<Record<Standing, number>> = {
  'did-not-know': 0,
  'nobody-reached': 2,
  'partly-refused': 3,
  delivered: 4,
  sent: 5,
  sending: 6,
  held: 7,
  counting: 8,
  'not-told': 8,
  answered: 9,
  known: 10,
};

const rankOf = ({ standing, absentee }: Case): number =>
  absentee.urgency === 'seen-then-gone' ? Math.min(1, RANKS[standing]) : RANKS[standing];

/** The absent of the board with what their families were told, the most urgent first; the server's order decides between equals. */
export function casesOf(board: Board, telling: Telling | undefined): Case[] {
  const cases = board.absentees.map((absentee): Case => {
    const rows = (telling?.deliveries ?? []).filter(
      ({ pupilId, episodeId, kind }) => pupilId === absentee.pupilId && episodeId === absentee.episode?.episodeId && kind === 'absence',
    );
    const calls = (telling?.calls ?? []).filter(({ pupilId }) => pupilId === absentee.pupilId);
    const next = rows.filter(isUnsent).map(leavesAt).sort()[0];
    return {
      absentee,
      rows,
      calls,
      standing: standingOf(absentee, rows, calls.length),
      ...(next !== undefined && { nextAt: next }),
    };
  });
  return cases.sort((a, b) => rankOf(a) - rankOf(b));
}

/** Explained, or not yet: the two halves of the list. */
export const isExplained = ({ absentee: { urgency } }: Case): boolean => urgency === 'known' || urgency === 'answered';

/** `3 min`, then seconds by ten, then « maintenant ». */
export function countdown(at: Instant, now: Date): { readonly minutes: number } | { readonly seconds: number } | undefined {
  const left = Date.parse(at) - now.getTime();
  if (left <= 0) return undefined;
  return left > 60_000 ? { minutes: Math.ceil(left / 60_000) } : { seconds: Math.ceil(left / 10_000) * 10 };
}

/** Families told later than they should have been: today's first, then those told today about an earlier day. A pupil once a day. */
export function toldLate({ deliveries, late }: Pick<Telling, 'deliveries' | 'late'>): { pupil: Names; of?: LocalDate }[] {
  const told = deliveries.filter((row) => row.late && row.state !== 'cancelled');
  const today = new Map(told.flatMap(({ pupilId, pupil }) => (pupil ? [[pupilId, { pupil }] as const] : [])));
  const before = new Map(late.flatMap(({ of, pupilId, pupil }) => (pupil ? [[`${of} ${pupilId}`, { pupil, of }] as const] : [])));
  return [...today.values(), ...before.values()];
}

/** The selection after a step of J or K, or after the list has changed: the same pupil, else the one who took the place. */
export function stepped(ids: readonly string[], selected: string | undefined, step: number): string | undefined {
  const at = selected === undefined ? -1 : ids.indexOf(selected);
  if (at < 0) return ids[0];
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
}
