import { describe, expect, it } from 'vitest';
import { answerDay } from '../../../functions/timetable/answer-day.ts';
import { answerLesson } from '../../../functions/timetable/answer-lesson.ts';
import { answerSchoolDay } from '../../../functions/timetable/answer-school-day.ts';
import { changeDay } from '../../../functions/timetable/changed-day.ts';
import { closeDays } from '../../../functions/timetable/close-days.ts';
import type { ApiPorts } from '../../../functions/timetable/manifest.ts';
import { markHeld, markNotHeld } from '../../../functions/timetable/mark-not-held.ts';
import { onTimetableImported } from '../../../functions/timetable/on-timetable-imported.ts';
import { openLesson } from '../../../functions/timetable/open-lesson.ts';
import { readCalendar } from '../../../functions/timetable/read-calendar.ts';
import { readDay } from '../../../functions/timetable/read-day.ts';
import { readPupilDay } from '../../../functions/timetable/read-pupil-day.ts';
import { Person } from '../../../shared/directory/person.ts';
import { classLists, people, rosters, school as schoolOf, timetableOfImport } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import { AccessCard, type Caller, type Door } from '../../../shared/kernel/index.ts';
import { MOST_CHANGES, timetable } from '../../../shared/timetable/table.ts';
import { expectedIn } from '../../../shared/timetable/week.ts';
import { answered, askDouble, basePorts, memoryStore } from '../../doubles/index.ts';

const uai = '0750001A';
const date = '2026-09-15';

const caller = (door: Door, personId: string, groups: string[] = []): Caller => ({
  personId,
  door,
  issuedAt: '2026-09-15T06:00:00.000Z',
  card: AccessCard.parse({ personId, door, schools: { [uai]: { personId, groups } } }),
});
const wanted = (lessonId: string, more: Partial<Parameters<typeof answerLesson>[0]> = {}) => ({
  uai,
  date,
  lessonId,
  groupIds: [],
  pupilIds: [],
  ...more,
});
const request = { query: {}, idempotencyKey: '', address: '127.0.0.1', cookies: {} };

const person = (personId: string, door: Door) =>
  Person.parse({ uai, personId, door, familyName: `NAME ${personId}`, givenName: 'Ada', sortKey: personId });

async function school() {
  const store = memoryStore(timetable);
  const course = (n: number, startMinute: number, teacherIds: string[], groupIds: string[]) => ({
    weekday: 2,
    startMinute,
    minutes: 55,
    weeks: '4503599627370494',
    subject: { code: `0613${n}`, label: 'Maths' },
    teacherIds,
    groupIds,
    groupLabels: groupIds,
    rooms: [],
  });
  const courses = [
    course(1, 605, ['p_teacher01'], ['g_class001']),
    course(2, 480, ['p_teacher01', 'p_teacher02'], ['g_class002']),
    course(3, 480, ['p_teacher03'], ['g_class001']),
  ];
  const line = (n: number, more = {}) => ({ pupilId: `p_pupil000${n}`, familyName: 'LEMOINE', givenName: `Inès ${n}`, ...more });
  const lists = [
    { uai, groupId: 'g_class001', kind: 'class' as const, label: '5e B', pupils: [line(1), line(2), line(3, { until: '2026-09-10' })] },
    { uai, groupId: 'g_class002', kind: 'class' as const, label: '5e C', pupils: [line(3, { from: '2026-09-11' }), line(4)] },
  ];
  const imported = askDouble(
    answered(schoolOf, () => School.parse({ uai, name: 'Les Tilleuls', settings: { graceMinutes: 3 } })),
    answered(timetableOfImport, () => ({ calendar: { firstMonday: '2026-08-31', from: '2026-09-01', until: '2027-07-02' }, courses })),
    answered(classLists, () => ({ lists })),
    answered(people, ({ personIds }) => personIds.map((personId) => person(personId, 'teacher'))),
  );
  await onTimetableImported(
    { name: 'directory.timetable-imported', payload: { uai, importId: 'i_00000001', revision: 1 } },
    { ...basePorts(), timetable: store, ask: imported },
  );
  store.forget();
  const ask = askDouble(
    answered(people, ({ personIds }) => personIds.filter((id) => id !== 'p_nobody01').map((personId) => person(personId, 'pupil'))),
    answered(rosters, ({ groupIds }) =>
      groupIds.filter((id) => id.startsWith('g_class')).map((groupId) => ({ groupId, kind: 'class' as const, label: groupId, pupils: [] })),
    ),
  );
  const ports = { ...basePorts(), timetable: store, ask } satisfies ApiPorts;
  return { store, ports };
}

describe('reading a day', () => {
  it('shows a teacher their own lessons by start, co-taught ones included, and staff all of them', async () => {
    const { ports } = await school();
    const own = await readDay({ ...request, params: { uai, date }, body: undefined, caller: caller('teacher', 'p_teacher01') }, ports);
    expect(own.lessons.map(({ startMinute }) => startMinute)).toEqual([480, 605]);
    const all = await readDay({ ...request, params: { uai, date }, body: undefined, caller: caller('staff', 'p_staff0001') }, ports);
    expect(all.lessons).toHaveLength(3);
    const pupil = await readDay({ ...request, params: { uai, date }, body: undefined, caller: caller('pupil', 'p_pupil0001') }, ports);
    expect(pupil.lessons.map(({ startMinute }) => startMinute)).toEqual([480, 605]);
  });

  it('shows a guardian the lessons of the child’s groups', async () => {
    const { ports } = await school();
    const day = await readPupilDay(
      { ...request, params: { uai, date, pupilId: 'p_pupil0001' }, body: undefined, caller: caller('guardian', 'p_guard0001') },
      ports,
    );
    expect(day.lessons).toHaveLength(2);
  });

  it('gives the lesson asked for, and none to a teacher who does not give it', async () => {
    const { ports } = await school();
    const { lessons } = await answerDay({ uai, date, teacherId: 'p_teacher03' }, ports);
    const lessonId = lessons[0]?.lessonId ?? '';
    expect(await answerLesson(wanted(lessonId), ports)).toMatchObject({
      school: { timeZone: 'Europe/Paris', settings: { graceMinutes: 3 } },
      lesson: { teacherIds: ['p_teacher03'], teachers: [{ familyName: 'NAME p_teacher03' }] },
      // Who left the class on the 10th is in the list of the other.
      pupils: [{ pupilId: 'p_pupil0001', groups: ['g_class001'] }, { pupilId: 'p_pupil0002' }],
    });
    expect(await answerLesson(wanted(lessonId, { teacherId: 'p_teacher01' }), ports)).toMatchObject({ lesson: null, pupils: [] });
  });

  it('reads a lesson, its list and other lessons of its pupils in one request, when told its classes', async () => {
    const { store, ports } = await school();
    const { lessons } = await answerDay({ uai, date, teacherId: 'p_teacher03' }, ports);
    const lessonId = lessons[0]?.lessonId ?? '';
    const answers = [];
    for (const groupIds of [['g_class001'], [], ['g_class002']]) {
      store.forget();
      const answer = await answerLesson(wanted(lessonId, { teacherId: 'p_teacher03', groupIds, pupilIds: ['p_pupil0001'] }), ports);
      answers.push([store.consumed().length, answer.pupils.length, answer.others.map(({ startMinute }) => startMinute)]);
    }
    // Not told, or told wrong: one more, and the same answer.
    expect(answers).toEqual([
      [1, 2, [605]],
      [2, 2, [605]],
      [2, 2, [605]],
    ]);
    store.forget();
    expect(await answerLesson(wanted(lessonId, { groupIds: ['g_class001'] }), ports)).toMatchObject({ lesson: { lessonId } });
    expect(store.consumed()).toHaveLength(1);
    expect(await answerLesson(wanted(lessonId, { groupIds: ['g_class002'] }), ports)).toMatchObject({ lesson: { lessonId } });
  });

  it('costs one request, whoever’s day it is', async () => {
    const { store, ports } = await school();
    for (const whose of [{ teacherId: 'p_teacher01' }, { pupilId: 'p_pupil0001' }, {}]) {
      store.forget();
      await answerDay({ uai, date, ...whose }, ports);
      expect(store.consumed().map(({ requests }) => requests)).toEqual([1]);
    }
  });

  it('follows a pupil from one class to another on the day', async () => {
    const { ports } = await school();
    const slots = async (on: string) =>
      (await answerDay({ uai, date: on, pupilId: 'p_pupil0003' }, ports)).lessons.map(({ groupIds }) => groupIds[0]);
    expect(await slots('2026-09-08')).toEqual(['g_class001', 'g_class001']);
    expect(await slots(date)).toEqual(['g_class002']);
    expect((await answerDay({ uai, date, pupilId: 'p_pupil0003' }, ports)).pupil).toMatchObject({ givenName: 'Inès 3' });
  });

  it('knows a pupil of no class from nobody', async () => {
    const { ports } = await school();
    const input = (pupilId: string) => ({
      ...request,
      params: { uai, date, pupilId },
      body: undefined,
      caller: caller('guardian', 'p_guard0001'),
    });
    expect(await readPupilDay(input('p_unlisted1'), ports)).toMatchObject({ schoolDay: true, lessons: [] });
    await expect(readPupilDay(input('p_nobody01'), ports)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('tells the board who teaches and how many pupils a slot expects, each once', async () => {
    const { ports } = await school();
    const { lessons } = await answerSchoolDay({ uai, date }, ports);
    expect(lessons.map(({ startMinute }) => startMinute)).toEqual([480, 480, 605]);
    expect(lessons[2]?.teachers).toEqual([{ personId: 'p_teacher01', familyName: 'NAME p_teacher01', givenName: 'Ada' }]);
    expect(expectedIn(lessons.slice(0, 2))).toBe(4);
  });
});

describe('« n’a pas eu lieu »', () => {
  it('is marked by the teacher of the lesson, taken back, and refused to another teacher', async () => {
    const { ports } = await school();
    const { lessons } = await answerDay({ uai, date, teacherId: 'p_teacher03' }, ports);
    const target = lessons[0]?.lessonId ?? '';
    const input = { ...request, params: { uai, date, target }, body: { reason: 'outing' as const } };
    await expect(markNotHeld({ ...input, caller: caller('teacher', 'p_teacher01') }, ports)).rejects.toMatchObject({
      code: 'timetable.not-your-lesson',
    });
    expect(await markNotHeld({ ...input, caller: caller('teacher', 'p_teacher03') }, ports)).toEqual({ lessons: [target] });
    expect((await answerLesson(wanted(target), ports)).lesson?.notHeld).toEqual({ reason: 'outing' });
    await markHeld({ ...input, body: undefined, caller: caller('teacher', 'p_teacher03') }, ports);
    expect((await answerLesson(wanted(target), ports)).lesson?.notHeld).toBeUndefined();
  });

  it('is a whole class’s day for school life, not for a teacher', async () => {
    const { ports } = await school();
    const input = { ...request, params: { uai, date, target: 'g_class001' }, body: { reason: 'outing' as const } };
    expect((await markNotHeld({ ...input, caller: caller('staff', 'p_staff0001') }, ports)).lessons).toHaveLength(2);
    await expect(markNotHeld({ ...input, caller: caller('teacher', 'p_teacher03') }, ports)).rejects.toMatchObject({ kind: 'missing' });
  });
});

describe('what differs from the timetable on a day', () => {
  it('is changed by two at once without losing either', async () => {
    const { store, ports } = await school();
    const mark = (target: string) =>
      markNotHeld({ ...request, params: { uai, date, target }, body: { reason: 'outing' }, caller: caller('staff', 'p_staff0001') }, ports);
    await Promise.all([mark('g_class001'), mark('g_class002')]);
    expect(
      store
        .items('changes')
        .flatMap(({ notHeld }) => notHeld.map(({ target }) => target))
        .sort(),
    ).toEqual(['g_class001', 'g_class002']);
  });

  it('is said of no day of an ended school year, by the school’s own clock', async () => {
    const { store, ports } = await school();
    const mark = () =>
      markNotHeld(
        { ...request, params: { uai, date, target: 'g_class001' }, body: { reason: 'outing' }, caller: caller('staff', 'p_staff0001') },
        ports,
      );
    ports.clock.set('2027-08-31T22:30:00.000Z');
    await expect(mark()).rejects.toMatchObject({ kind: 'refused', code: 'timetable.year-over' });
    expect(store.items('changes')).toEqual([]);
    ports.clock.set('2027-08-31T21:30:00.000Z');
    await mark();
    expect(store.items('changes')).toMatchObject([{ date }]);
  });

  it('is bounded, far above any day', async () => {
    const { ports } = await school();
    const many = Array.from({ length: MOST_CHANGES }, (_, n) => ({
      target: `l_lesson${String(n).padStart(4, '0')}`,
      reason: 'other' as const,
      by: 'p_staff0001',
      at: '2026-09-15T06:00:00.000Z',
    }));
    await changeDay({ uai, date }, () => ({ notHeld: many }), ports);
    const one = { ...many[0], target: 'l_lesson9999' } as (typeof many)[number];
    await expect(changeDay({ uai, date }, ({ notHeld }) => ({ notHeld: [...notHeld, one] }), ports)).rejects.toMatchObject({
      code: 'timetable.too-many-changes',
    });
    await changeDay({ uai, date }, ({ notHeld }) => ({ notHeld: notHeld.slice(1) }), ports);
  });
});

describe('an unscheduled roll call', () => {
  const body = { startMinute: 700, endMinute: 755, groupIds: ['g_class001'], label: 'Permanence' };

  it('is one lesson however often it is opened, and is seen by its teacher', async () => {
    const { store, ports } = await school();
    const input = { ...request, params: { uai, date }, body, caller: caller('teacher', 'p_teacher02') };
    const first = await openLesson(input, ports);
    const second = await openLesson(input, ports);
    expect(second.lessonId).toBe(first.lessonId);
    expect(store.items('changes')).toMatchObject([{ opened: [{ subject: { label: 'Permanence' } }] }]);
    const { lessons } = await answerDay({ uai, date, teacherId: 'p_teacher02' }, ports);
    expect(lessons.at(-1)).toMatchObject({ unscheduled: true, subject: { label: 'Permanence' } });
  });

  it('is a study room of no class, shared by whoever opens it: no pupil is awaited in it', async () => {
    const { ports } = await school();
    const study = { ...body, groupIds: [] };
    const open = (door: Door, who: string) =>
      openLesson({ ...request, params: { uai, date }, body: study, caller: caller(door, who) }, ports);
    const { lessonId } = await open('teacher', 'p_teacher02');
    expect(await open('staff', 'p_staff0001')).toMatchObject({ lessonId, groupIds: [], teacherIds: ['p_teacher02', 'p_staff0001'] });
    const { lesson, pupils } = await answerLesson(wanted(lessonId, { teacherId: 'p_teacher02' }), ports);
    expect(lesson).toMatchObject({ unscheduled: true, groupLabels: [] });
    expect(pupils).toEqual([]);
  });

  it('is refused for a group of nowhere or a slot that ends before it starts', async () => {
    const { ports } = await school();
    const input = { ...request, params: { uai, date }, caller: caller('teacher', 'p_teacher02') };
    await expect(openLesson({ ...input, body: { ...body, groupIds: ['g_elsewhere'] } }, ports)).rejects.toMatchObject({
      code: 'timetable.unknown-group',
    });
    await expect(openLesson({ ...input, body: { ...body, endMinute: 600 } }, ports)).rejects.toMatchObject({
      code: 'timetable.ends-before-it-starts',
    });
  });
});

describe('closing days', () => {
  it('empties them at once, and refuses an edit based on an older calendar', async () => {
    const { ports } = await school();
    const input = { ...request, params: { uai }, caller: caller('staff', 'p_staff0001') };
    const body = { basedOn: 1, closedDays: [{ from: date, until: date, label: 'Grève' }] };
    await closeDays({ ...input, body }, ports);
    expect(await answerDay({ uai, date }, ports)).toMatchObject({ schoolDay: false, closedBecause: 'Grève', lessons: [] });
    await expect(closeDays({ ...input, body }, ports)).rejects.toMatchObject({ code: 'timetable.calendar-changed' });
    expect(await readCalendar({ ...input, body: undefined }, ports)).toMatchObject({ rev: 2 });
  });
});
