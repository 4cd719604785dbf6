import { describe, expect, it } from 'vitest';
import { noteMovement } from '../../../functions/attendance/note-movement.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { undoMovement } from '../../../functions/attendance/undo-movement.ts';
import { aSchool, BRUN, brun, FERRAND, FRENCH, ferrand, LEA, MUM, NOA, request, TODAY, UAI } from './a-school.ts';

type World = ReturnType<typeof aSchool>;
type Body = Parameters<typeof noteMovement>[0]['body'];

const note = ({ ports }: World, body: Body, { pupilId = LEA, date = TODAY, key }: { pupilId?: string; date?: string; key?: string } = {}) =>
  noteMovement({ params: { uai: UAI, date, pupilId }, caller: brun, ...request(body, key) }, ports);
const undo = ({ ports }: World, movementId: string) =>
  undoMovement({ params: { uai: UAI, date: TODAY, pupilId: LEA, movementId }, caller: brun, ...request(undefined) }, ports);
const absentAtEight = (world: World) =>
  saveRollCall(
    {
      params: { uai: UAI, date: TODAY, lessonId: FRENCH },
      caller: ferrand,
      ...request({ state: 'done' as const, basedOn: 0, marks: [{ pupilId: LEA, state: 'absent' as const }], added: [], removed: [] }),
    },
    world.ports,
  );
const dayOf = ({ store }: World) => store.items('pupilDay').find(({ pupilId }) => pupilId === LEA);

describe('the desk of school life', () => {
  it('notes an arrival, which ends the absence', async () => {
    const world = aSchool(`${TODAY}T08:30`);
    await absentAtEight(world);
    expect(await note(world, { kind: 'arrived', minute: 502 })).toMatchObject({ kind: 'arrived', minute: 502, by: BRUN, byDoor: 'staff' });
    expect(dayOf(world)).toMatchObject({
      absences: [{ state: 'closed', untilMinute: 502 }],
      episodes: [{ state: 'arrived', seenMinute: 502 }],
    });
  });

  it('takes an arrival back, once however often it is asked', async () => {
    const world = aSchool(`${TODAY}T08:30`);
    await absentAtEight(world);
    const { movementId } = await note(world, { kind: 'arrived', minute: 502 });
    expect(await undo(world, movementId)).toMatchObject({ movementId, undone: { by: BRUN } });
    const revision = dayOf(world)?.revision;
    await undo(world, movementId);
    expect(dayOf(world)).toMatchObject({ revision, episodes: [{ state: 'arrived' }, { state: 'open' }] });
    await expect(undo(world, 'm_unknown01')).rejects.toMatchObject({ kind: 'missing' });
  });

  it('notes an announced absence and by whom, who is not told again', async () => {
    const world = aSchool(`${TODAY}T07:50`);
    await note(world, { kind: 'announced', minute: 0, announcedBy: MUM });
    world.clock.set(`${TODAY}T08:05`);
    await absentAtEight(world);
    expect(dayOf(world)?.episodes).toMatchObject([{ state: 'open', announcedBy: MUM }]);
  });

  it('refuses an announcer who is not entitled to be told of the pupil', async () => {
    const world = aSchool();
    await expect(note(world, { kind: 'announced', minute: 0, announcedBy: FERRAND })).rejects.toMatchObject({
      code: 'attendance.not-a-guardian',
    });
    world.guardians.delete(MUM);
    await expect(note(world, { kind: 'announced', minute: 0, announcedBy: MUM })).rejects.toMatchObject({
      code: 'attendance.not-a-guardian',
    });
    expect(world.store.items()).toEqual([]);
  });

  it('refuses what has not happened yet, but may note an absence to come', async () => {
    const world = aSchool(`${TODAY}T08:30`);
    await expect(note(world, { kind: 'arrived', minute: 511 })).rejects.toMatchObject({ code: 'attendance.movement-in-future' });
    await expect(note(world, { kind: 'left', minute: 480 }, { date: '2026-09-16' })).rejects.toMatchObject({
      code: 'attendance.movement-in-future',
    });
    await note(world, { kind: 'announced', minute: 0 }, { date: '2026-09-16' });
    await expect(note(world, { kind: 'announced', minute: 0 }, { date: '2028-09-16' })).rejects.toMatchObject({
      code: 'attendance.movement-in-future',
    });
  });

  it('refuses a closed day, and someone who is no pupil of the school', async () => {
    const world = aSchool();
    world.closed.add(TODAY);
    await expect(note(world, { kind: 'arrived', minute: 500 })).rejects.toMatchObject({ code: 'attendance.day-closed' });
    world.closed.clear();
    await expect(note(world, { kind: 'arrived', minute: 500 }, { pupilId: FERRAND })).rejects.toMatchObject({ kind: 'missing' });
    await expect(note(world, { kind: 'arrived', minute: 500 }, { pupilId: 'p_nobody01' })).rejects.toMatchObject({ kind: 'missing' });
    expect(world.store.items()).toEqual([]);
  });

  it('notes it once for each key', async () => {
    const world = aSchool();
    const key = 'key-of-the-desk-01';
    const first = await note(world, { kind: 'arrived', minute: 500 }, { key });
    expect(await note(world, { kind: 'arrived', minute: 500 }, { key })).toEqual(first);
    expect(dayOf(world)?.movements).toHaveLength(1);
    await expect(note(world, { kind: 'arrived', minute: 501 }, { key })).rejects.toMatchObject({ code: 'request.idempotency-key-reused' });
    await expect(note(world, { kind: 'arrived', minute: 500 }, { key, pupilId: NOA })).rejects.toMatchObject({
      code: 'request.idempotency-key-reused',
    });
  });

  it('loses none of two notes made in the same instant', async () => {
    const world = aSchool();
    await Promise.all([note(world, { kind: 'arrived', minute: 500 }), note(world, { kind: 'left', minute: 590 })]);
    expect(
      dayOf(world)
        ?.movements.map(({ kind }) => kind)
        .sort(),
    ).toEqual(['arrived', 'left']);
  });
});
