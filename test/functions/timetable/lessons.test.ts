import { describe, expect, it } from 'vitest';
import { answerDay } from '../../../functions/timetable/answer-day.ts';
import { answerLesson } from '../../../functions/timetable/answer-lesson.ts';
import { closeDays } from '../../../functions/timetable/close-days.ts';
import type { ApiPorts } from '../../../functions/timetable/manifest.ts';
import { markHeld, markNotHeld } from '../../../functions/timetable/mark-not-held.ts';
import { openLesson } from '../../../functions/timetable/open-lesson.ts';
import { readCalendar } from '../../../functions/timetable/read-calendar.ts';
import { readDay } from '../../../functions/timetable/read-day.ts';
import { readPupilDay } from '../../../functions/timetable/read-pupil-day.ts';
import { Person } from '../../../shared/directory/person.ts';
import { people, rosters } from '../../../shared/directory/questions.ts';
import { AccessCard, type Caller, type Door } from '../../../shared/kernel/index.ts';
import { timetable } from '../../../shared/timetable/table.ts';
import { answered, askDouble, basePorts, memoryStore } from '../../doubles/index.ts';

const uai = '0750001A';
const date = '2026-09-15';

const caller = (door: Door, personId: string, groups: string[] = []): Caller => ({
  personId,
  door,
  issuedAt: '2026-09-15T06:00:00.000Z',
  card: AccessCard.parse({ personId, door, schools: { [uai]: { personId, groups } } }),
});
const request = { query: {}, idempotencyKey: '', address: '127.0.0.1', cookies: {} };

async function school() {
  const store = memoryStore(timetable);
  const course = (n: number, startMinute: number, teacherIds: string[], groupIds: string[]) =>
    ['all', ...teacherIds, ...groupIds].map((owner) => ({
      put: 'course' as const,
      item: {
        uai,
        owner,
        courseId: `c_0000000${n}`,
        weekday: 2,
        startMinute,
        minutes: 55,
        weeks: '4503599627370494',
        subject: { code: `0613${n}`, label: 'Maths' },
        teacherIds,
        groupIds,
        groupLabels: groupIds,
        rooms: [],
      },
    }));
  await store.write(
    { put: 'calendar', item: { uai, firstMonday: '2026-08-31', from: '2026-09-01', until: '2027-07-02', holidays: [] } },
    ...course(1, 605, ['p_teacher01'], ['g_class001']),
    ...course(2, 480, ['p_teacher01', 'p_teacher02'], ['g_class002']),
    ...course(3, 480, ['p_teacher03'], ['g_class001']),
  );
  const ask = askDouble(
    answered(people, ({ personIds }) =>
      personIds.map((personId) =>
        Person.parse({
          uai,
          personId,
          door: 'pupil',
          familyName: 'LEMOINE',
          givenName: 'Inès',
          sortKey: 'lemoine ines',
          groups: ['g_class001'],
        }),
      ),
    ),
    answered(rosters, ({ groupIds }) =>
      groupIds.filter((id) => id.startsWith('g_class')).map((groupId) => ({ groupId, kind: 'class' as const, label: groupId, pupils: [] })),
    ),
  );
  const ports: ApiPorts = { ...basePorts(), timetable: store, ask };
  return { store, ports };
}

describe('reading a day', () => {
  it('shows a teacher their own lessons by start, co-taught ones included, and staff all of them', async () => {
    const { ports } = await school();
    const own = await readDay({ ...request, params: { uai, date }, body: undefined, caller: caller('teacher', 'p_teacher01') }, ports);
    expect(own.lessons.map(({ startMinute }) => startMinute)).toEqual([480, 605]);
    const all = await readDay({ ...request, params: { uai, date }, body: undefined, caller: caller('staff', 'p_staff0001') }, ports);
    expect(all.lessons).toHaveLength(3);
    const pupil = await readDay(
      { ...request, params: { uai, date }, body: undefined, caller: caller('pupil', 'p_pupil0001', ['g_class001']) },
      ports,
    );
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
    expect(await answerLesson({ uai, date, lessonId }, ports)).toMatchObject({ teacherIds: ['p_teacher03'] });
    expect(await answerLesson({ uai, date, lessonId, teacherId: 'p_teacher01' }, ports)).toBeNull();
  });

  it('costs three requests whatever the size of the school', async () => {
    const { store, ports } = await school();
    store.forget();
    await answerDay({ uai, date, teacherId: 'p_teacher01' }, ports);
    expect(store.consumed().length).toBe(3);
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
    expect((await answerLesson({ uai, date, lessonId: target }, ports))?.notHeld).toEqual({ reason: 'outing' });
    await markHeld({ ...input, body: undefined, caller: caller('teacher', 'p_teacher03') }, ports);
    expect((await answerLesson({ uai, date, lessonId: target }, ports))?.notHeld).toBeUndefined();
  });

  it('is a whole class’s day for school life, not for a teacher', async () => {
    const { ports } = await school();
    const input = { ...request, params: { uai, date, target: 'g_class001' }, body: { reason: 'outing' as const } };
    expect((await markNotHeld({ ...input, caller: caller('staff', 'p_staff0001') }, ports)).lessons).toHaveLength(2);
    await expect(markNotHeld({ ...input, caller: caller('teacher', 'p_teacher03') }, ports)).rejects.toMatchObject({ kind: 'missing' });
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
    expect(store.items('opened')).toHaveLength(1);
    const { lessons } = await answerDay({ uai, date, teacherId: 'p_teacher02' }, ports);
    expect(lessons.at(-1)).toMatchObject({ unscheduled: true, subject: { label: 'Permanence' } });
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
