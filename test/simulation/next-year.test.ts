import { beforeAll, describe, expect, it } from 'vitest';
import type { attendance as attendanceTable } from '../../shared/attendance/table.ts';
import { rosters } from '../../shared/directory/questions.ts';
import type { timetable as timetableTable } from '../../shared/timetable/table.ts';
import type { MemoryStore } from '../doubles/index.ts';
import { importSchool, type MemorySystem, memorySystem } from '../load/memory-system.ts';
import { openSchoolDay } from '../load/school-day.ts';

/**
 * A school goes into its next year, over the real use cases of every context and the files of two years: who stays keeps account and family,
 * who is named no more has left, and nothing of last year is shown as this year’s.
 */
const PUPILS = 60;
const STAYING = 44;
const LAST_LESSONS = '2027-07-01';
const NEW_DAY = '2027-09-06';

describe('the next school year', () => {
  let system: MemorySystem;
  let attendance: MemoryStore<typeof attendanceTable>;
  let timetable: MemoryStore<typeof timetableTable>;
  let day: Awaited<ReturnType<typeof openSchoolDay>>;
  let staff: { door: 'staff'; personId: string };
  /** What there was when the new files came: nothing of it may move. */
  let then: { days: unknown; accounts: number; links: unknown; mails: number; figures: unknown };

  const get = async (path: string, query?: string, who: { door: 'staff' | 'guardian'; personId: string } = staff) => {
    const { statusCode, body } = await system.request(who, 'GET', path, query === undefined ? {} : { query });
    expect(statusCode, path).toBe(200);
    return JSON.parse(String(body));
  };
  const post = (method: 'POST' | 'PUT', path: string, body: unknown) => system.request(staff, method, path, { body });
  const counted = async () => {
    for (let run = 0; run < 20; run += 1) await system.run('attendance', 'count-days');
    await system.settle();
  };
  const people = () => system.directory.items('person');
  const school = () => `/attendance/schools/${day.uai}`;

  beforeAll(async () => {
    system = await memorySystem('2026-09-15T09:05');
    attendance = system.stores.attendance as unknown as typeof attendance;
    timetable = system.stores.timetable as unknown as typeof timetable;
    await importSchool(system, PUPILS);
    // The last Thursday of the year: two absences that nobody settled, and what was signed, arranged and said for the year.
    system.clock.set(`${LAST_LESSONS}T09:05`);
    await system.run('attendance', 'chase-roll-calls');
    const uai = system.directory.items('school')[0]?.uai as string;
    day = await openSchoolDay(system, uai);
    staff = { door: 'staff', personId: day.schoolLife };
    await day.rollCall();
    const { pupil, lesson } = day;
    expect((await post('PUT', `${school()}/pupils/${pupil}/exit-right`, { right: 'never' })).statusCode).toBe(200);
    const outing = { kind: 'exemption', target: pupil, from: '2027-07-02', until: '2027-07-02', title: 'Plâtre' };
    expect((await post('POST', `${school()}/arrangements`, outing)).statusCode).toBe(200);
    const notHeld = `/timetable/schools/${uai}/days/${LAST_LESSONS}/not-held/${lesson.groupIds[0]}`;
    expect((await post('PUT', notHeld.replace(LAST_LESSONS, '2027-06-17'), { reason: 'outing' })).statusCode).toBe(200);
    await system.directory.write({ update: 'person', key: { uai, personId: pupil }, set: { accountId: 'p_account01' } as never });
    await system.settle();
    await system.sendMails();
    system.clock.set('2027-07-05T09:00');
    await counted();
    then = {
      days: attendance.items('pupilDay'),
      accounts: people().length,
      links: system.directory.items('link').map(({ rev: _, ...link }) => link),
      mails: system.mail.count(),
      figures: (await get(`${school()}/months/2027-07/figures`)).total,
    };
    // Monday: the files of the next year, four days after the last lessons.
    await importSchool(system, STAYING, { schoolYear: 2027 });
    for (let run = 0; run < 2; run += 1) {
      await system.run('notifications', 'reconcile');
      await system.settle();
      await system.sendMails();
    }
    await counted();
  });

  it('keeps every account and every family, hides who left, and refills the classes', async () => {
    expect(people()).toHaveLength(then.accounts);
    expect(people().find(({ personId }) => personId === day.pupil)).toMatchObject({ accountId: 'p_account01' });
    const staying = new Set(people().flatMap(({ door, personId, departedOn }) => (door === 'pupil' && !departedOn ? [personId] : [])));
    expect(staying.size).toBe(STAYING);
    const links = system.directory.items('link').map(({ rev: _, ...link }) => link);
    const ofStaying = <L extends { pupilId: string }>(some: readonly L[]) => some.filter(({ pupilId }) => staying.has(pupilId));
    expect(ofStaying(links)).toEqual(ofStaying(then.links as typeof links));
    const groups = system.directory.items('group').filter(({ kind }) => kind === 'class');
    const lists = await system.ask(rosters, { uai: day.uai, groupIds: groups.map(({ groupId }) => groupId), on: NEW_DAY });
    expect(new Set(lists.flatMap(({ pupils }) => pupils.map(({ pupilId }) => pupilId)))).toEqual(staying);
  });

  it('leaves last year as it was: no family hears that a child was in class after all, no figure becomes nought', async () => {
    expect(system.mail.count()).toBe(then.mails);
    expect(attendance.items('pupilDay')).toEqual(then.days);
    await attendance.write({ put: 'dayToCount', item: { uai: day.uai, date: LAST_LESSONS, rev: 1 } });
    await counted();
    expect(then.figures).toMatchObject({ lost: 2 });
    expect((await get(`${school()}/months/2027-07/figures`)).total).toEqual(then.figures);
  });

  it('takes nothing more for last year', async () => {
    const note = await post('POST', `${school()}/days/${LAST_LESSONS}/pupils/${day.pupil}/movements`, { kind: 'arrived', minute: 540 });
    expect([note.statusCode, JSON.parse(String(note.body)).code]).toEqual([422, 'attendance.year-over']);
  });

  it('shows nothing of last year as this year’s', async () => {
    system.clock.set(`${NEW_DAY}T10:05`);
    await system.run('attendance', 'chase-roll-calls');
    await system.run('notifications', 'reconcile');
    await counted();
    expect(await get(`${school()}/untreated`)).toMatchObject({ total: 0 });
    const board = await get(`${school()}/days/${NEW_DAY}/board`);
    expect(board).toMatchObject({ schoolDay: true, absentees: [], counters: { expected: STAYING } });
    expect(board.rollCalls.length).toBeGreaterThan(0);
    expect(await get(`${school()}/months/2027-09/alerts`)).toMatchObject({ pupils: [], near: [] });
    const figures = await get(`${school()}/months/2027-09/figures`, 'span=year');
    expect(figures).toMatchObject({ countedUntil: '2027-09-05', total: { owed: 0, lost: 0 } });
    const dossier = await get(`${school()}/pupils/${day.pupil}/dossier`);
    expect(dossier).toMatchObject({ pupil: { exit: 'usual-end' }, counters: { year: { halfDays: 0 } }, timeline: [] });
    expect(await get(`${school()}/arrangements`)).toMatchObject({ arrangements: [] });
    const family = await get(`${school()}/pupils/${day.pupil}/absences`, undefined, { door: 'guardian', personId: day.guardian });
    expect(family).toMatchObject({ absences: [] });
    expect(system.mail.count()).toBe(then.mails);
    expect(timetable.items('calendar')).toMatchObject([{ from: '2027-09-01' }]);
  });

  it('is still there to be read until its register is in the archive', async () => {
    system.clock.set('2027-11-15T09:00');
    await system.run('attendance', 'erase-years');
    expect(attendance.items('pupilDay')).toEqual(then.days);
    expect(timetable.items('changes')).toMatchObject([{ date: '2027-06-17' }]);
  });
});
