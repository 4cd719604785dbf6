import { describe, expect, it } from 'vitest';
import { endStay } from '../../../functions/attendance/end-stay.ts';
import { enterArrangement } from '../../../functions/attendance/enter-arrangement.ts';
import { handleAlert } from '../../../functions/attendance/handle-alert.ts';
import { justifyAbsence } from '../../../functions/attendance/justify-absence.ts';
import { logAction } from '../../../functions/attendance/log-action.ts';
import { makeRemark } from '../../../functions/attendance/make-remark.ts';
import manifest from '../../../functions/attendance/manifest.ts';
import { noteMovement } from '../../../functions/attendance/note-movement.ts';
import { noteStay } from '../../../functions/attendance/note-stay.ts';
import { readRegister } from '../../../functions/attendance/read-register.ts';
import { relaunchRollCall } from '../../../functions/attendance/relaunch-roll-call.ts';
import { reopenStay } from '../../../functions/attendance/reopen-stay.ts';
import { sendAnswer } from '../../../functions/attendance/send-answer.ts';
import { stopArrangement } from '../../../functions/attendance/stop-arrangement.ts';
import { treatAbsences } from '../../../functions/attendance/treat-absences.ts';
import { undoAction } from '../../../functions/attendance/undo-action.ts';
import { undoMovement } from '../../../functions/attendance/undo-movement.ts';
import { undoRemark } from '../../../functions/attendance/undo-remark.ts';
import { undoStay } from '../../../functions/attendance/undo-stay.ts';
import { undoTreatments } from '../../../functions/attendance/undo-treatments.ts';
import { aLink, textOf } from './a-link.ts';
import { aSchool, brun, ferrand, LEA, MATHS, mum, NOA, request, SPORT, TODAY, UAI, ZOE } from './a-school.ts';
import { dayOf, itemOf, missed } from './an-absence.ts';

const OVER = { code: 'attendance.year-over' };
const day = { uai: UAI, date: TODAY };
const of = (pupilId: string) => ({ ...day, pupilId });
const desk = { caller: brun };

/** A morning of everything: Léa and Zoé were absent, one was treated, called about, seen at the infirmary, noted of. */
const aMorning = async () => {
  const world = aSchool();
  const { ports } = world;
  await missed(world, [LEA, ZOE]);
  const treated = await treatAbsences(
    {
      params: { uai: UAI },
      ...desk,
      ...request({ items: [itemOf(world, LEA)], reasonId: 'r_illness', justified: true, settled: true, untilSeen: false }),
    } as never,
    ports,
  );
  const action = await logAction({ params: of(LEA), ...desk, ...request({ kind: 'called' as const }) } as never, ports);
  const movement = await noteMovement({ params: of(NOA), ...desk, ...request({ kind: 'arrived' as const, minute: 500 }) }, ports);
  const stay = await noteStay({ params: of(NOA), ...desk, ...request({ place: 'infirmary' as const, fromMinute: 545 }) } as never, ports);
  const ended = await noteStay({ params: of(LEA), ...desk, ...request({ place: 'infirmary' as const, fromMinute: 545 }) } as never, ports);
  await endStay(
    { params: { ...of(LEA), stayId: ended.stayId }, ...desk, ...request({ minute: 560, to: 'class' as const }) } as never,
    ports,
  );
  const remark = await makeRemark(
    { params: { ...day, lessonId: MATHS }, caller: ferrand, ...request({ pupilId: NOA, kindId: 'k_equipment' }) },
    ports,
  );
  const arrangement = await enterArrangement(
    { params: { uai: UAI }, ...desk, ...request({ kind: 'outing', target: NOA, from: TODAY, until: TODAY, without: [] }) } as never,
    ports,
  );
  return { world, treated, action, movement, stay, ended, remark, arrangement };
};
type Morning = Awaited<ReturnType<typeof aMorning>>;

/** What would change the day, each by its route; a year later it is only refused. */
const WRITES: Readonly<Record<string, (morning: Morning) => Promise<unknown>>> = {
  saveRollCall: ({ world }) => missed(world, [LEA], MATHS, 1),
  relaunchRollCall: ({ world }) => relaunchRollCall({ params: { ...day, lessonId: SPORT }, query: {}, ...desk } as never, world.ports),
  noteMovement: ({ world }) =>
    noteMovement({ params: of(LEA), ...desk, ...request({ kind: 'arrived' as const, minute: 560 }) }, world.ports),
  undoMovement: ({ world, movement }) =>
    undoMovement({ params: { ...of(NOA), movementId: movement.movementId }, ...desk, ...request(undefined) }, world.ports),
  justify: ({ world }) =>
    justifyAbsence(
      {
        params: of(LEA),
        caller: mum,
        ...request({ episodeId: dayOf(world, LEA).episodes[0]?.episodeId as string, reason: 'illness' as const, withProof: false }),
      },
      world.ports,
    ),
  treatAbsences: ({ world }) =>
    treatAbsences(
      {
        params: { uai: UAI },
        ...desk,
        ...request({ items: [itemOf(world, ZOE)], reasonId: 'r_illness', justified: true, settled: true, untilSeen: false }),
      } as never,
      world.ports,
    ),
  undoTreatments: ({ world, treated }) =>
    undoTreatments(
      {
        params: { uai: UAI },
        ...desk,
        ...request({ items: [{ date: TODAY, pupilId: LEA, treatmentId: treated.results[0]?.treatment?.treatmentId as string }] }),
      },
      world.ports,
    ),
  logAction: ({ world }) => logAction({ params: of(ZOE), ...desk, ...request({ kind: 'called' as const }) } as never, world.ports),
  undoAction: ({ world, action }) =>
    undoAction({ params: { ...of(LEA), actionId: action.actionId }, ...desk, ...request(undefined) } as never, world.ports),
  handleAlert: ({ world }) =>
    handleAlert(
      { params: { uai: UAI, month: TODAY.slice(0, 7), pupilId: LEA, kind: 'commission' }, ...desk, ...request(undefined) } as never,
      world.ports,
    ),
  makeRemark: ({ world }) =>
    makeRemark({ params: { ...day, lessonId: MATHS }, caller: ferrand, ...request({ pupilId: LEA, kindId: 'k_equipment' }) }, world.ports),
  undoRemark: ({ world, remark }) =>
    undoRemark({ params: { ...day, lessonId: MATHS, remarkId: remark.remarkId }, caller: ferrand }, world.ports),
  noteStay: ({ world }) =>
    noteStay({ params: of(ZOE), ...desk, ...request({ place: 'infirmary' as const, fromMinute: 545 }) } as never, world.ports),
  endStay: ({ world, stay }) =>
    endStay(
      { params: { ...of(NOA), stayId: stay.stayId }, ...desk, ...request({ minute: 560, to: 'class' as const }) } as never,
      world.ports,
    ),
  reopenStay: ({ world, ended }) =>
    reopenStay({ params: { ...of(LEA), stayId: ended.stayId }, ...desk, ...request(undefined) } as never, world.ports),
  undoStay: ({ world, stay }) => undoStay({ params: { ...of(NOA), stayId: stay.stayId }, ...desk }, world.ports),
  enterArrangement: ({ world }) =>
    enterArrangement(
      { params: { uai: UAI }, ...desk, ...request({ kind: 'outing', target: LEA, from: TODAY, until: TODAY, without: [] }) } as never,
      world.ports,
    ),
  stopArrangement: ({ world, arrangement }) =>
    stopArrangement({ params: { ...day, arrangementId: arrangement.arrangementId }, query: {}, ...desk } as never, world.ports),
};
const NEXT_YEAR = '2027-09-01T10:00';

/** They have a code of their own for a day that is gone: from today on alone, or a page with the same words as a link that expired. */
const ELSEWHERE = [
  'announceAbsence',
  'withdrawAnnouncement',
  'sendAnswer',
  'setReasons',
  'setExitRight',
  'setExitRules',
  'setRemarkKinds',
  'startRegister',
];

describe('a school year that is over', () => {
  it('is known to every route that enters, corrects or takes back', () => {
    const writes = Object.entries(manifest.api.routes).filter(([, { method }]) => method !== 'GET');
    const refusing = writes.filter(([, { failures = [] }]) => (failures as readonly string[]).includes(OVER.code)).map(([name]) => name);
    expect(refusing.sort()).toEqual(Object.keys(WRITES).sort());
    expect(
      writes
        .map(([name]) => name)
        .filter((name) => !refusing.includes(name))
        .sort(),
    ).toEqual([...ELSEWHERE].sort());
  });

  it.each(Object.entries(WRITES))('takes no %s any more', async (_, write) => {
    const morning = await aMorning();
    const { store, clock } = morning.world;
    clock.set(NEXT_YEAR);
    const rest = () => store.items().filter(({ entity }) => entity !== 'attempt');
    const before = rest();
    await expect(write(morning)).rejects.toMatchObject(OVER);
    expect(rest()).toEqual(before);
  });

  it.each(Object.entries(WRITES).filter(([name]) => name !== 'handleAlert'))('takes %s until then', async (_, write) => {
    const morning = await aMorning();
    await expect(write(morning)).resolves.toBeDefined();
  });

  it('is over once the people of the next one were imported', async () => {
    const world = aSchool('2027-07-12T10:00');
    const note = () =>
      noteMovement(
        { params: { ...of(LEA), date: '2027-07-02' }, ...desk, ...request({ kind: 'arrived' as const, minute: 560 }) },
        world.ports,
      );
    world.settings.year = 2027;
    await expect(note()).rejects.toMatchObject(OVER);
    world.settings.year = 2026;
    expect(await note()).toMatchObject({ kind: 'arrived' });
  });

  it('is still read', async () => {
    const morning = await aMorning();
    morning.world.clock.set(NEXT_YEAR);
    const { lessons } = await readRegister({ params: { ...day, groupId: 'g_class5eb' } }, morning.world.ports);
    expect(lessons.some(({ lessonId }) => lessonId === MATHS)).toBe(true);
  });

  it('answers a family’s link as one that expired', async () => {
    const link = await aLink({ hours: 24 * 400 });
    link.clock.set(NEXT_YEAR);
    const page = await sendAnswer({ params: { token: link.token }, ...request({ reason: 'illness' as const }) } as never, link.ports);
    expect(textOf(page.body)).toContain('expiré');
    expect(link.day()?.answers).toEqual([]);
  });
});
