import { describe, expect, it } from 'vitest';
import { announceAbsence } from '../../../functions/attendance/announce-absence.ts';
import { noteMovement } from '../../../functions/attendance/note-movement.ts';
import { readPupilAttendance } from '../../../functions/attendance/read-pupil-attendance.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { undoMovement } from '../../../functions/attendance/undo-movement.ts';
import { withdrawAnnouncement } from '../../../functions/attendance/withdraw-announcement.ts';
import { withdrawAnnouncement as route } from '../../../shared/attendance/routes.ts';
import { addDays, type Caller, guards } from '../../../shared/kernel/index.ts';
import { aSchool, brun, dad, FRENCH, ferrand, LEA, MUM, mum, NOA, request, TODAY, UAI } from './a-school.ts';

type World = ReturnType<typeof aSchool>;
type Body = Parameters<typeof announceAbsence>[0]['body'];
const TOMORROW = addDays(TODAY, 1);
const params = { uai: UAI, pupilId: LEA };

const announce = ({ ports }: World, body: Body, caller = mum) => announceAbsence({ params, caller, ...request(body) }, ports);
const withdraw = ({ ports }: World, announcementId: string, caller: Caller = mum, pupilId = LEA) =>
  withdrawAnnouncement({ params: { uai: UAI, pupilId, announcementId }, caller, ...request(undefined) }, ports);
const announced = async ({ ports }: World, caller: Caller = mum) =>
  (await readPupilAttendance({ params, caller, ...request(undefined) }, ports)).announced;

describe('a guardian who takes back what they announced', () => {
  it('withdraws it from each day, and keeps that it was said', async () => {
    const world = aSchool();
    const { announcementId } = await announce(world, { from: TOMORROW, until: addDays(TODAY, 3), reason: 'illness' });
    expect((await announced(world)).map((one) => one.announcementId)).toEqual([announcementId, announcementId, announcementId]);
    expect(await withdraw(world, announcementId)).toEqual({ announcementId, withdrawn: [1, 2, 3].map((days) => addDays(TODAY, days)) });
    expect(await announced(world)).toEqual([]);
    expect(world.store.items('pupilDay').map(({ movements }) => movements)).toMatchObject(
      [1, 2, 3].map(() => [{ kind: 'announced', reason: 'illness', undone: { by: MUM, at: '2026-09-15T08:05:00.000Z' } }]),
    );
  });

  it('does it once however often it is asked, in one transaction', async () => {
    const world = aSchool();
    const { announcementId } = await announce(world, { from: TOMORROW, until: addDays(TODAY, 30) });
    world.store.forget();
    const first = await withdraw(world, announcementId);
    expect(world.store.consumed().filter(({ kind }) => kind === 'transaction')).toHaveLength(1);
    world.store.forget();
    expect(await withdraw(world, announcementId)).toEqual(first);
    expect(world.store.changes()).toEqual([]);
  });

  it('may until the first lesson it covers, and not from then on', async () => {
    const world = aSchool(`${TODAY}T07:30`);
    const { announcementId } = await announce(world, { from: TODAY, until: TODAY });
    world.clock.set(`${TODAY}T08:00`);
    expect(await announced(world)).toEqual([{ date: TODAY, fromMinute: 0, untilMinute: 1440 }]);
    await expect(withdraw(world, announcementId)).rejects.toMatchObject({ kind: 'refused', code: 'attendance.announcement-begun' });
    world.clock.set(`${TODAY}T07:59`);
    expect(await withdraw(world, announcementId)).toEqual({ announcementId, withdrawn: [TODAY] });
  });

  it('may of a part of the day until that part begins', async () => {
    const world = aSchool(`${TODAY}T09:50`);
    const part = { from: TODAY, until: TODAY, fromMinute: 600, untilMinute: 660 };
    const { announcementId } = await announce(world, part);
    world.clock.set(`${TODAY}T10:00`);
    await expect(withdraw(world, announcementId)).rejects.toMatchObject({ code: 'attendance.announcement-begun' });
    world.clock.set(`${TODAY}T09:59`);
    expect((await withdraw(world, announcementId)).withdrawn).toEqual([TODAY]);
  });

  it('withdraws the days to come of one that has begun: a child who is well again', async () => {
    const world = aSchool();
    const { announcementId } = await announce(world, { from: TODAY, until: addDays(TODAY, 2) });
    expect(await withdraw(world, announcementId)).toEqual({ announcementId, withdrawn: [TOMORROW, addDays(TODAY, 2)] });
    expect(await announced(world)).toEqual([{ date: TODAY, fromMinute: 0, untilMinute: 1440 }]);
  });

  it('is told like the other one when the child is missed after all', async () => {
    const world = aSchool(`${TODAY}T07:30`);
    const { announcementId } = await announce(world, { from: TODAY, until: TODAY });
    await withdraw(world, announcementId);
    world.clock.set(`${TODAY}T08:05`);
    const body = { state: 'done' as const, basedOn: 0, marks: [{ pupilId: LEA, state: 'absent' as const }], added: [], removed: [] };
    await saveRollCall({ params: { uai: UAI, date: TODAY, lessonId: FRENCH }, caller: ferrand, ...request(body) }, world.ports);
    const [episode] = world.store.items('pupilDay')[0]?.episodes ?? [];
    expect(episode).toMatchObject({ state: 'open' });
    expect(episode).not.toHaveProperty('announcedBy');
  });
});

describe('somebody else’s announcement', () => {
  it('is missing for the other guardian, who sees no way to withdraw it', async () => {
    const world = aSchool();
    const { announcementId } = await announce(world, { from: TOMORROW, until: TOMORROW });
    world.store.forget();
    await expect(withdraw(world, announcementId, dad)).rejects.toMatchObject({ kind: 'missing' });
    expect(await announced(world, dad)).toEqual([{ date: TOMORROW, fromMinute: 0, untilMinute: 1440 }]);
    expect(world.store.changes()).toEqual([]);
    expect((await withdraw(world, announcementId)).withdrawn).toEqual([TOMORROW]);
  });

  it('is missing when it is school life’s own note of a call, or another pupil’s', async () => {
    const world = aSchool();
    const body = { kind: 'announced' as const, minute: 0, announcedBy: MUM };
    const noted = await noteMovement({ params: { ...params, date: TOMORROW }, caller: brun, ...request(body) }, world.ports);
    await expect(withdraw(world, noted.movementId)).rejects.toMatchObject({ kind: 'missing' });
    const { announcementId } = await announce(world, { from: TOMORROW, until: TOMORROW });
    await expect(withdraw(world, announcementId, mum, NOA)).rejects.toMatchObject({ kind: 'missing' });
    await expect(withdraw(world, 'm_unknown01')).rejects.toMatchObject({ kind: 'missing' });
  });

  it('is nobody’s to withdraw but at the guardians’ door, for a child they guard', () => {
    expect(route.rights).toEqual({ guardian: guards });
    expect(guards.holds(mum.card, { uai: UAI, pupilId: LEA }, TODAY)).toBe(true);
    expect(guards.holds(mum.card, { uai: UAI, pupilId: NOA }, TODAY)).toBe(false);
  });

  it('stays as school life left it, who had taken it back before', async () => {
    const world = aSchool();
    const { announcementId } = await announce(world, { from: TOMORROW, until: TOMORROW });
    await undoMovement(
      { params: { ...params, date: TOMORROW, movementId: announcementId }, caller: brun, ...request(undefined) },
      world.ports,
    );
    expect((await withdraw(world, announcementId)).withdrawn).toEqual([TOMORROW]);
    expect(world.store.items('pupilDay')[0]?.movements).toMatchObject([{ undone: { by: brun.personId } }]);
  });
});
