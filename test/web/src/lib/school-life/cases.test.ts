import { describe, expect, it } from 'vitest';
import {
  type Absentee,
  type Board,
  type CallLine,
  casesOf,
  countdown,
  type DeliveryLine,
  isExplained,
  stepped,
  type Telling,
  toldLate,
} from '#lib/school-life/cases.ts';

const absentee = (n: number, rest: Partial<Absentee> = {}): Absentee => ({
  pupilId: `p_00000000000${n}`,
  familyName: `PUPIL ${n}`,
  givenName: 'A',
  absenceId: `a_${n}`,
  episode: {
    episodeId: `e_${n}`,
    state: 'open',
    startMinute: 540,
    savedAt: '2026-11-23T08:00:00.000Z',
    dueAt: '2026-11-23T08:15:00.000Z',
    seenBefore: false,
  },
  fromMinute: 540,
  lessons: [],
  answers: [],
  urgency: 'without-reason',
  ...rest,
});

const row = (n: number, state: DeliveryLine['state'], rest: Partial<DeliveryLine> = {}): DeliveryLine => ({
  deliveryId: `d_${n}-${state}`,
  pupilId: `p_00000000000${n}`,
  episodeId: `e_${n}`,
  guardianId: 'p_g',
  kind: 'absence',
  channel: 'email',
  state,
  dueAt: '2026-11-23T08:15:00.000Z',
  resent: false,
  late: false,
  held: state === 'held',
  ...rest,
});

const call = (n: number): CallLine => ({
  callId: `call_${n}`,
  pupilId: `p_00000000000${n}`,
  episodeId: `e_${n}`,
  householdId: `h${n}`,
  date: '2026-11-23',
  openedAt: '2026-11-23T08:15:00.000Z',
  tries: 0,
  people: [],
});

const board = (absentees: Absentee[], counters: Partial<Board['counters']> = {}): Board => ({
  date: '2026-11-23',
  now: '2026-11-23T08:10:00.000Z',
  timeZone: 'Europe/Paris',
  schoolDay: true,
  counters: { expected: 0, present: 0, absentWithoutReason: 0, absentKnown: 0, late: 0, rollCallsDue: 0, rollCallsDone: 0, ...counters },
  absentees,
  returned: [],
  latecomers: [],
  rollCalls: [],
  toCheck: [],
  movements: [],
});

const telling = (deliveries: DeliveryLine[], calls: CallLine[] = []): Telling => ({
  now: '2026-11-23T08:10:00.000Z',
  paused: false,
  deliveries,
  late: [],
  undecided: [],
  calls,
});

const standings = (absentees: Absentee[], said: Telling | undefined) =>
  casesOf(board(absentees), said).map(({ absentee: { absenceId }, standing }) => `${absenceId} ${standing}`);

describe('families told late', () => {
  it('are named once a pupil, with the day when it was another one', () => {
    const late = { ...row(1, 'delivered'), late: true, pupil: { familyName: 'ROUX', givenName: 'Éloïse' } };
    const earlier = { of: '2026-11-20', pupilId: 'p_2', episodeId: 'e_2', pupil: { familyName: 'PETIT', givenName: 'Tom' } };
    const said = { ...telling([late, { ...late, guardianId: 'p_other' }, row(3, 'delivered')]), late: [earlier] };
    expect(toldLate(said)).toEqual([{ pupil: late.pupil }, { pupil: earlier.pupil, of: '2026-11-20' }]);
  });

  it('are none of those whose message was put right before it left', () => {
    const late = { ...row(1, 'cancelled'), late: true, pupil: { familyName: 'ROUX', givenName: 'Éloïse' } };
    expect(toldLate(telling([late]))).toEqual([]);
  });
});

describe('the list of the absent', () => {
  it('goes from who did not know, by nobody reached, delivered and about to leave, to the explained', () => {
    expect(
      standings(
        [absentee(1, { urgency: 'known' }), absentee(2), absentee(3), absentee(4), absentee(5, { urgency: 'did-not-know' })],
        telling([row(2, 'pending'), row(3, 'delivered'), row(4, 'bounced'), row(5, 'delivered')], [call(4)]),
      ),
    ).toEqual(['a_5 did-not-know', 'a_4 nobody-reached', 'a_3 delivered', 'a_2 counting', 'a_1 known']);
  });

  it('puts who was seen and is gone before those whom nobody could be told of', () => {
    expect(
      standings([absentee(1), absentee(2, { urgency: 'seen-then-gone' })], telling([row(1, 'bounced'), row(2, 'pending')], [call(1)])),
    ).toEqual(['a_2 counting', 'a_1 nobody-reached']);
  });

  it('does not call a family unreached while one of its messages may still arrive', () => {
    expect(standings([absentee(1)], telling([row(1, 'bounced'), row(1, 'pending')], [call(1)]))).toEqual(['a_1 counting']);
    expect(standings([absentee(1)], telling([row(1, 'bounced'), row(1, 'delivered')], [call(1)]))).toEqual(['a_1 partly-refused']);
  });

  it('shows a message that is held, and when it would leave', () => {
    const [one] = casesOf(board([absentee(1)]), telling([row(1, 'pending'), row(1, 'held', { heldUntil: '2026-11-23T08:45:00.000Z' })]));
    expect(one).toMatchObject({ standing: 'held', nextAt: '2026-11-23T08:15:00.000Z' });
  });

  it('counts only messages about the absence that is going on', () => {
    expect(
      standings([absentee(1)], telling([row(1, 'delivered', { episodeId: 'e_0' }), row(1, 'delivered', { kind: 'arrived' })])),
    ).toEqual(['a_1 not-told']);
  });

  it('is shown without the messages when they could not be read', () => {
    expect(standings([absentee(1)], undefined)).toEqual(['a_1 not-told']);
  });

  it('keeps the answered and the announced apart from those without a reason', () => {
    const [open, known] = casesOf(board([absentee(1), absentee(2, { urgency: 'answered' })]), undefined);
    expect(open && isExplained(open)).toBe(false);
    expect(known && isExplained(known)).toBe(true);
  });
});

describe('a countdown', () => {
  const at = '2026-11-23T08:15:00.000Z';
  it('is in minutes, then in tens of seconds, then over', () => {
    expect(countdown(at, new Date('2026-11-23T08:12:30.000Z'))).toEqual({ minutes: 3 });
    expect(countdown(at, new Date('2026-11-23T08:14:00.000Z'))).toEqual({ seconds: 60 });
    expect(countdown(at, new Date('2026-11-23T08:14:53.000Z'))).toEqual({ seconds: 10 });
    expect(countdown(at, new Date(at))).toBeUndefined();
  });
});

describe('J and K', () => {
  it('go to the neighbours and stop at the ends', () => {
    expect(stepped(['a', 'b', 'c'], 'b', 1)).toBe('c');
    expect(stepped(['a', 'b', 'c'], 'c', 1)).toBe('c');
    expect(stepped(['a', 'b', 'c'], 'a', -1)).toBe('a');
  });
  it('begin at the top, and find the top again when the pupil has left the list', () => {
    expect(stepped(['a', 'b'], undefined, 1)).toBe('a');
    expect(stepped(['a', 'b'], 'gone', 1)).toBe('a');
    expect(stepped([], undefined, 1)).toBeUndefined();
  });
});
