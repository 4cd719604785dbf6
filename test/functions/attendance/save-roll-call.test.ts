import { describe, expect, it } from 'vitest';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import type { Mark } from '../../../shared/attendance/episode.ts';
import { eventsOf } from '../../../shared/attendance/events-of.ts';
import type { RollCallInput } from '../../../shared/attendance/routes.ts';
import type { Caller } from '../../../shared/kernel/index.ts';
import {
  aSchool,
  BRUN,
  brun,
  CANCELLED,
  callerAt,
  FERRAND,
  FRENCH,
  ferrand,
  HISTORY,
  LATIN_TEN,
  LEA,
  MATHS,
  NOA,
  OTHER_UAI,
  request,
  SPORT,
  TODAY,
  TOM,
  UAI,
  vasseur,
  ZOE,
} from './a-school.ts';

type World = ReturnType<typeof aSchool>;

const absent = (pupilId: string): Mark => ({ pupilId, state: 'absent' });
const save = (
  { ports }: World,
  lessonId: string,
  marks: Mark[],
  { caller = ferrand, key, date = TODAY, ...rest }: Partial<RollCallInput> & { caller?: Caller; key?: string; date?: string } = {},
) =>
  saveRollCall(
    {
      params: { uai: UAI, date, lessonId },
      caller,
      ...request({ state: 'done' as const, basedOn: 0, marks, added: [], removed: [], ...rest }, key),
    },
    ports,
  );
const dayOf = ({ store }: World, pupilId: string) => store.items('pupilDay').find((one) => one.pupilId === pupilId);

describe('saving a roll call', () => {
  it('waits the seconds that the local stage was told, in place of the school’s minutes', async () => {
    const world = aSchool();
    const clock = { ...world.ports.clock, graceSeconds: 2 };
    const answer = await save({ ...world, ports: { ...world.ports, clock } }, SPORT, [absent(LEA)]);
    expect(Date.parse(answer.tellAt ?? '') - Date.parse(answer.savedAt)).toBe(2000);
  });

  it('records an empty one, and writes nothing about anybody', async () => {
    const world = aSchool();
    expect(await save(world, SPORT, [])).toEqual({ state: 'done', revision: 1, savedAt: '2026-09-15T08:05:00.000Z', toCheck: [] });
    expect(world.store.items('rollCall')).toMatchObject([{ lessonId: SPORT, pupilIds: [NOA, LEA, ZOE], marks: [], revision: 1 }]);
    expect(world.store.items('pupilDay')).toEqual([]);
  });

  it('opens an absence for each absent pupil, none for a late one, and says when the first family is told', async () => {
    const world = aSchool();
    const answer = await save(world, SPORT, [absent(LEA), absent(NOA), { pupilId: ZOE, state: 'late', minutes: 4 }]);
    expect(answer.tellAt).toBe('2026-09-15T08:15:00.000Z');
    expect(dayOf(world, LEA)).toMatchObject({ classLabel: '5e B', absences: [{ state: 'open' }], episodes: [{ state: 'open' }] });
    expect(dayOf(world, ZOE)).toMatchObject({ absences: [], episodes: [], observations: [{ state: 'late', minutes: 4 }] });
    expect(
      world.store
        .changes()
        .flatMap(eventsOf)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'attendance.absence-opened',
      'attendance.absence-opened',
      'attendance.episode-changed',
      'attendance.episode-changed',
      'attendance.pupil-day-changed',
      'attendance.pupil-day-changed',
      'attendance.pupil-day-changed',
      'attendance.roll-call-saved',
    ]);
  });

  it('is one transaction after one reading, a class of 35 all absent included', async () => {
    const world = aSchool();
    const many = Array.from({ length: 35 }, (_, n) => `p_many${String(n).padStart(4, '0')}`);
    const [group] = world.lessons.find(({ lessonId }) => lessonId === SPORT)?.groupIds ?? [];
    const before = world.lists[group as string];
    world.lists[group as string] = many.map((pupilId) => ({ pupilId, familyName: pupilId, givenName: '' }));
    try {
      await save(world, SPORT, many.map(absent));
    } finally {
      world.lists[group as string] = before ?? [];
    }
    expect(world.store.consumed().map(({ kind, requests }) => [kind, requests])).toEqual([
      ['batch', 1],
      ['transaction', 1],
    ]);
    expect(world.store.items('pupilDay')).toHaveLength(35);
  });

  it('begins without saying anything of anybody, and is begun no more once it is done', async () => {
    const world = aSchool();
    await save(world, SPORT, [absent(LEA)], { state: 'begun' });
    expect(world.store.items('pupilDay')).toEqual([]);
    expect(await save(world, SPORT, [absent(LEA)], { basedOn: 1 })).toMatchObject({ state: 'done', revision: 2 });
    await expect(save(world, SPORT, [], { basedOn: 2, state: 'begun' })).rejects.toMatchObject({
      code: 'attendance.roll-call-already-done',
    });
  });

  it('says nothing to anybody of an absence put right before it was due, and corrects it after', async () => {
    const world = aSchool();
    await save(world, SPORT, [absent(LEA)]);
    world.clock.move(5 * 60_000);
    expect(await save(world, SPORT, [], { basedOn: 1 })).not.toHaveProperty('tellAt');
    expect(dayOf(world, LEA)?.episodes).toMatchObject([{ state: 'cancelled' }]);
    world.clock.move(60 * 60_000);
    await save(world, HISTORY, [absent(NOA)]);
    world.clock.move(30 * 60_000);
    await save(world, HISTORY, [{ pupilId: NOA, state: 'late', minutes: 12 }], { basedOn: 1 });
    expect(dayOf(world, NOA)?.episodes).toMatchObject([{ state: 'arrived', seenMinute: 672 }]);
    expect(dayOf(world, NOA)?.observations.map(({ state }) => state)).toEqual(['present', 'absent', 'late']);
  });

  it('knows that someone missing at eleven was seen at nine, though presence is kept nowhere but in roll calls', async () => {
    const world = aSchool(`${TODAY}T11:05`);
    await save(world, MATHS, []);
    await save(world, HISTORY, [absent(LEA)]);
    expect(dayOf(world, LEA)?.episodes).toMatchObject([{ state: 'open', seenBefore: true, startMinute: 660 }]);
  });

  it('learns from a late roll call that someone missing was seen before', async () => {
    const world = aSchool(`${TODAY}T11:05`);
    await save(world, HISTORY, [absent(LEA)]);
    await save(world, MATHS, []);
    expect(dayOf(world, LEA)?.episodes).toMatchObject([{ state: 'open', seenBefore: true }]);
  });

  it('loses nobody’s presence when two roll calls are saved in the same instant', async () => {
    const world = aSchool(`${TODAY}T11:05`);
    await Promise.all([save(world, HISTORY, [absent(LEA)]), save(world, MATHS, [])]);
    expect(dayOf(world, LEA)?.episodes).toMatchObject([{ state: 'open', seenBefore: true }]);
    const other = aSchool(`${TODAY}T11:05`);
    await Promise.all([save(other, MATHS, []), save(other, HISTORY, [absent(LEA)])]);
    expect(dayOf(other, LEA)?.episodes).toMatchObject([{ state: 'open', seenBefore: true }]);
  });

  it('leaves to school life who is absent here and seen in a group of the same slot', async () => {
    const first = aSchool();
    await save(first, LATIN_TEN, [], { caller: vasseur });
    expect((await save(first, SPORT, [absent(LEA)])).toCheck).toEqual([LEA]);
    expect(dayOf(first, LEA)?.episodes).toEqual([]);
    const second = aSchool();
    await save(second, SPORT, [absent(LEA)]);
    await save(second, LATIN_TEN, [], { caller: vasseur });
    expect(dayOf(second, LEA)).toMatchObject({ toCheck: [SPORT], episodes: [{ state: 'silent' }] });
  });

  it('adds a pupil of another class, and takes out who is not in the group', async () => {
    const world = aSchool();
    await save(world, SPORT, [absent(NOA)], { added: [TOM], removed: [LEA] });
    expect(world.store.items('rollCall')).toMatchObject([{ pupilIds: [NOA, ZOE, TOM], added: [TOM], removed: [LEA] }]);
    await save(world, SPORT, [], { basedOn: 1, removed: [NOA] });
    expect(dayOf(world, NOA)).toMatchObject({
      observations: [{ state: 'absent' }, { state: 'withdrawn' }],
      episodes: [{ state: 'cancelled' }],
    });
    expect(dayOf(world, TOM)?.observations.at(-1)).toMatchObject({ state: 'withdrawn' });
  });

  it('refuses a pupil outside the lesson, and writes nothing', async () => {
    const world = aSchool();
    await expect(save(world, SPORT, [absent(TOM)])).rejects.toMatchObject({ kind: 'refused', code: 'attendance.pupil-outside-lesson' });
    await expect(save(world, SPORT, [absent(LEA)], { removed: [LEA] })).rejects.toMatchObject({ code: 'attendance.pupil-outside-lesson' });
    await expect(save(world, SPORT, [], { added: ['p_stranger'] })).rejects.toMatchObject({ code: 'attendance.pupil-outside-lesson' });
    await expect(save(world, SPORT, [], { added: [FERRAND] })).rejects.toMatchObject({ code: 'attendance.pupil-outside-lesson' });
    expect(world.store.items()).toEqual([]);
    expect((await save(world, SPORT, [absent(TOM)], { added: [TOM] })).revision).toBe(1);
  });

  it('refuses a lesson to come, and takes one that is about to begin', async () => {
    const world = aSchool(`${TODAY}T09:54`);
    await expect(save(world, SPORT, [])).rejects.toMatchObject({ kind: 'refused', code: 'attendance.lesson-in-future' });
    await expect(save(world, FRENCH, [], { date: '2026-09-16' })).rejects.toMatchObject({ code: 'attendance.lesson-in-future' });
    expect((await save(aSchool(`${TODAY}T09:55`), SPORT, [])).revision).toBe(1);
  });

  it('refuses a lesson that was not held, and a day the school is closed', async () => {
    const world = aSchool();
    await expect(save(world, CANCELLED, [])).rejects.toMatchObject({ kind: 'refused', code: 'attendance.lesson-not-held' });
    world.closed.add('2026-09-14');
    await expect(save(world, FRENCH, [], { date: '2026-09-14' })).rejects.toMatchObject({ kind: 'refused', code: 'attendance.day-closed' });
    expect(world.store.items()).toEqual([]);
  });

  it('refuses lateness longer than the lesson, and counts it from the clock when nobody did', async () => {
    const world = aSchool();
    await expect(save(world, SPORT, [{ pupilId: LEA, state: 'late', minutes: 55 }])).rejects.toMatchObject({
      code: 'attendance.mark-impossible',
    });
    await save(world, SPORT, [{ pupilId: LEA, state: 'late' }]);
    expect(world.store.items('rollCall')[0]?.marks).toEqual([{ pupilId: LEA, state: 'late', minutes: 5 }]);
  });

  it('is shared by co-teachers, and open to school life', async () => {
    const world = aSchool();
    await save(world, MATHS, [absent(LEA)]);
    expect(await save(world, MATHS, [absent(NOA)], { caller: vasseur, basedOn: 1 })).toMatchObject({ revision: 2 });
    expect(await save(world, MATHS, [absent(LEA)], { caller: brun, basedOn: 2 })).toMatchObject({ revision: 3 });
    expect(world.store.items('rollCall')[0]?.saves.map(({ by }) => by)).toEqual([FERRAND, vasseur.personId, BRUN]);
  });

  it('is missing for a teacher who does not give the lesson, as a lesson that is not there', async () => {
    const world = aSchool();
    for (const lessonId of [SPORT, 'l_nowhere0'])
      await expect(save(world, lessonId, [], { caller: vasseur })).rejects.toMatchObject({ kind: 'missing', code: 'request.not-found' });
    await expect(save(world, SPORT, [], { caller: callerAt('teacher', FERRAND, { uai: OTHER_UAI }) })).rejects.toMatchObject({
      kind: 'missing',
    });
    expect(world.store.items()).toEqual([]);
  });

  it('shows both versions of a roll call that somebody changed, and takes the very same one without a word', async () => {
    const world = aSchool();
    await save(world, MATHS, [absent(LEA)]);
    await expect(save(world, MATHS, [absent(NOA)], { caller: vasseur })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'attendance.roll-call-changed',
      details: {
        current: { revision: 1, state: 'done', savedBy: FERRAND, marks: [absent(LEA)] },
        yours: { state: 'done', marks: [absent(NOA)] },
      },
    });
    expect(await save(world, MATHS, [absent(LEA)], { caller: vasseur })).toMatchObject({
      revision: 1,
      savedAt: '2026-09-15T08:05:00.000Z',
    });
  });

  it('lets one of two co-teachers win who save different things in the same instant', async () => {
    const world = aSchool();
    const results = await Promise.allSettled([save(world, MATHS, [absent(LEA)]), save(world, MATHS, [absent(NOA)], { caller: vasseur })]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'attendance.roll-call-changed' } });
    expect(world.store.items('pupilDay')).toHaveLength(1);
  });

  it('is saved once however often a telephone sends it, even after others corrected it', async () => {
    const world = aSchool();
    const key = 'key-of-one-attempt';
    const first = await save(world, MATHS, [absent(LEA)], { key });
    world.clock.move(60_000);
    expect(JSON.stringify(await save(world, MATHS, [absent(LEA)], { key }))).toBe(JSON.stringify(first));
    await save(world, MATHS, [], { caller: vasseur, basedOn: 1 });
    world.store.forget();
    expect(JSON.stringify(await save(world, MATHS, [absent(LEA)], { key }))).toBe(JSON.stringify(first));
    expect(world.store.changes()).toEqual([]);
    expect(world.store.items('rollCall')[0]?.revision).toBe(2);
  });

  it('is saved once when both copies arrive in the same instant', async () => {
    const world = aSchool();
    const key = 'key-of-one-attempt';
    const [one, other] = await Promise.all([save(world, MATHS, [absent(LEA)], { key }), save(world, MATHS, [absent(LEA)], { key })]);
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(world.store.items('rollCall')[0]?.revision).toBe(1);
  });

  it('refuses another body under the same key, and lets another person use it', async () => {
    const world = aSchool();
    const key = 'key-of-one-attempt';
    await save(world, MATHS, [absent(LEA)], { key });
    for (const change of [{ basedOn: 1 }, { basedOn: 1, state: 'begun' as const }])
      await expect(save(world, MATHS, [absent(NOA)], { key, ...change })).rejects.toMatchObject({
        kind: 'conflict',
        code: 'request.idempotency-key-reused',
      });
    await expect(save(world, FRENCH, [absent(LEA)], { key })).rejects.toMatchObject({ code: 'request.idempotency-key-reused' });
    expect(await save(world, MATHS, [absent(NOA)], { caller: vasseur, key, basedOn: 1 })).toMatchObject({ revision: 2 });
  });

  it('works in the night of a DST change', async () => {
    const world = aSchool();
    world.clock.set('2026-10-26T09:01');
    const answer = await save(world, MATHS, [absent(LEA)], { date: '2026-10-26' });
    expect(answer.tellAt).toBe('2026-10-26T08:15:00.000Z');
  });
});
