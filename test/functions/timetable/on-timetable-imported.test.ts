import { describe, expect, it } from 'vitest';
import { answerDay } from '../../../functions/timetable/answer-day.ts';
import { onSchoolChanged } from '../../../functions/timetable/on-school-changed.ts';
import { onTimetableImported } from '../../../functions/timetable/on-timetable-imported.ts';
import { Person } from '../../../shared/directory/person.ts';
import { classLists, people, peopleAt, school, timetableOfImport } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import type { AnswerTo } from '../../../shared/kernel/index.ts';
import { timetable } from '../../../shared/timetable/table.ts';
import { unfoldWeek } from '../../../shared/timetable/week.ts';
import { answered, askDouble, basePorts, memoryStore } from '../../doubles/index.ts';

const uai = '0750001A';
type Listed = AnswerTo<typeof classLists>['lists'];
const listsOf = (perClass: number, classes = 4): Listed =>
  Array.from({ length: classes }, (_, n) => ({
    uai,
    groupId: `g_class00${n}`,
    kind: 'class' as const,
    label: `5e ${n}`,
    pupils: Array.from({ length: perClass }, (_, k) => ({
      pupilId: `p_pupil${n}${String(k).padStart(3, '0')}`,
      familyName: `NAME ${k}`,
      givenName: 'Ada',
      classLabel: `5e ${n}`,
    })),
  }));
const event = { name: 'directory.timetable-imported', payload: { uai, importId: 'i_00000001', revision: 1 } } as const;
type ImportedCourse = AnswerTo<typeof timetableOfImport>['courses'][number];

const course = (n: number, changes: Partial<ImportedCourse> = {}): ImportedCourse => ({
  weekday: (n % 5) + 1,
  startMinute: 480 + 55 * Math.floor(n / 5),
  minutes: 55,
  weeks: '4503599627370494',
  subject: { code: '061300', label: 'Mathématiques' },
  teacherIds: [`p_teacher${n % 7}`],
  groupIds: [`g_class00${n % 4}`],
  groupLabels: [`5e ${n % 4}`],
  rooms: [],
  ...changes,
});

function system(courses: ImportedCourse[], lists = listsOf(3)) {
  const store = memoryStore(timetable);
  let current = courses;
  const ask = askDouble(
    answered(school, () => School.parse({ uai, name: 'Les Tilleuls', academy: '10' })),
    answered(classLists, ({ cursor }) => (cursor === undefined ? { lists: lists.slice(0, 2), cursor: '2' } : { lists: lists.slice(2) })),
    answered(people, ({ personIds }) =>
      personIds.map((personId) =>
        Person.parse({ uai, personId, door: 'teacher', familyName: `NAME ${personId}`, givenName: 'Ada', sortKey: personId }),
      ),
    ),
    answered(timetableOfImport, ({ cursor, limit }) => ({
      calendar: { firstMonday: '2026-08-31', from: '2026-09-01', until: '2027-07-02' },
      courses: current.slice(cursor, cursor + limit),
      ...(cursor + limit < current.length && { next: cursor + limit }),
    })),
  );
  const ports = { ...basePorts(), timetable: store, ask };
  return {
    store,
    import: (next = current) => {
      current = next;
      return onTimetableImported(event, ports);
    },
    importPeople: (next: Listed) => {
      lists = next;
      return onTimetableImported({ ...event, name: 'directory.people-imported' }, ports);
    },
    ports,
  };
}

const many = Array.from({ length: 230 }, (_, n) => course(n, { startMinute: 300 + n }));

describe('an imported timetable', () => {
  it('is kept by weekday for the school, and as a week for each teacher, group and pupil, whatever its size', async () => {
    const { store, import: run } = system(many);
    await run();
    const weeks = new Map(store.items('week').map((week) => [week.owner, unfoldWeek(week)]));
    expect([1, 2, 3, 4, 5].flatMap((weekday) => weeks.get(`all-${weekday}`) ?? [])).toHaveLength(230);
    const own = (who: (one: ImportedCourse) => boolean) => many.filter(who).length;
    expect(weeks.get('p_teacher0')).toHaveLength(own(({ teacherIds }) => teacherIds.includes('p_teacher0')));
    expect(weeks.get('g_class001')).toHaveLength(own(({ groupIds }) => groupIds.includes('g_class001')));
    expect(weeks.get('p_pupil1000')).toEqual(
      weeks.get('g_class001')?.map((one) => ({ ...one, teachers: one.teacherIds.map((personId) => ({ personId })) })),
    );
    expect(weeks.size).toBe(5 + 7 + 4 + 12);
    expect(store.items('list')).toHaveLength(4);
    expect(await store.get('calendar', { uai })).toMatchObject({ firstMonday: '2026-08-31', rev: 1 });
  });

  it('writes nothing the second time', async () => {
    const { store, import: run } = system(many);
    await run();
    store.forget();
    await run();
    expect(store.changes()).toEqual([]);
  });

  it('gives exactly its differences when a course moves', async () => {
    const { store, import: run } = system(many);
    await run();
    store.forget();
    await run([...many.slice(1), course(0, { startMinute: 900 })]);
    const touched = store.changes().map((change) => (change.after?.entity === 'week' ? change.after.owner : change.entity));
    expect(touched.sort()).toEqual(['all-1', 'g_class000', 'p_pupil0000', 'p_pupil0001', 'p_pupil0002', 'p_teacher0']);
  });

  it('is finished by a retry, wherever it died', async () => {
    const whole = system(many);
    await whole.import();
    for (const dies of [1, 2]) {
      const { store, import: run } = system(many);
      const write = store.write.bind(store);
      let writes = 0;
      store.write = async (...all) => {
        if (++writes === dies) throw new Error('killed');
        return write(...all);
      };
      await expect(run()).rejects.toThrow('killed');
      await run();
      expect(store.items()).toEqual(whole.store.items());
    }
  });

  it('removes what it no longer holds from everyone, even when it dies half-way', async () => {
    const { store, import: run } = system(many);
    await run();
    const write = store.write.bind(store);
    let alive = 0;
    store.write = async (...all) => {
      if (alive-- === 0) throw new Error('killed');
      return write(...all);
    };
    await expect(run(many.slice(0, 3))).rejects.toThrow('killed');
    await run();
    const weeks = store.items('week').filter(({ courses }) => courses.length > 0);
    expect(weeks.filter(({ owner }) => owner.startsWith('all-')).flatMap(({ courses }) => courses)).toHaveLength(3);
    // Three teachers, three classes of three pupils each.
    expect(weeks).toHaveLength(3 + 3 + 3 + 9);
  });

  it('is left as it lies by an import of people, who move and leave', async () => {
    const { store, import: run, importPeople, ports } = system(many);
    await run();
    store.forget();
    await importPeople(listsOf(3));
    expect(store.changes()).toEqual([]);
    const [first, ...rest] = listsOf(3) as [Listed[number], ...Listed];
    await importPeople([{ ...first, pupils: first.pupils.slice(1) }, ...rest]);
    expect(store.changes().flatMap(({ before, after }) => (after ? [] : [before]))).toMatchObject([{ owner: 'p_pupil0000' }]);
    expect((await answerDay({ uai, date: '2026-09-15', teacherId: 'p_teacher0' }, ports)).lessons.length).toBeGreaterThan(0);
  });

  it('keeps the school’s clock beside its calendar', async () => {
    const { store, import: run } = system(many);
    await run();
    expect(await store.get('calendar', { uai })).toMatchObject({ school: { timeZone: 'Europe/Paris' }, schoolRev: 1 });
  });

  it('fits a school of three thousand in items far below what a table holds', { timeout: 60_000 }, async () => {
    const courses = Array.from({ length: 3000 }, (_, n) =>
      course(n, { startMinute: 480 + 55 * (n % 8), teacherIds: [`p_teacher${n % 250}`], groupIds: [`g_class00${n % 100}`] }),
    );
    const { store, import: run } = system(courses, listsOf(30, 100));
    await run();
    expect(store.items('week').filter(({ pupil }) => pupil)).toHaveLength(3000);
    const weights = store.items().map((item) => Buffer.byteLength(JSON.stringify(item)));
    expect(Math.max(...weights)).toBeLessThan(200_000);
  });
});

describe('an école without a timetable', () => {
  const pupils = [{ pupilId: 'p_pupil00001', familyName: 'MARTIN', givenName: 'Léa', classLabel: 'CM1' }];
  const lists: Listed = [
    { uai, groupId: 'g_cm1class1', kind: 'class', label: 'CM1', pupils },
    { uai, groupId: 'g_cpclass01', kind: 'class', label: 'CP', pupils: [] },
    { uai, groupId: 'g_choir0001', kind: 'group', label: 'Chorale', pupils },
  ];
  const teacher = (personId: string, groups: string[]) =>
    Person.parse({ uai, personId, door: 'teacher', familyName: 'ROY', givenName: 'Adèle', sortKey: personId, groups });
  const ecole = (settings: object = { kind: 'primary' }, now = '2026-09-14T07:00:00.000Z') => {
    const store = memoryStore(timetable);
    let current = settings;
    const staff = [
      teacher('p_adele0001', ['g_cm1class1']),
      teacher('p_friday001', ['g_cm1class1', 'g_cpclass01']),
      teacher('p_choir0001', ['g_choir0001']),
    ];
    const ask = askDouble(
      answered(school, () => School.parse({ uai, name: 'École Prévert', academy: '10', settings: current })),
      answered(classLists, () => ({ lists })),
      answered(people, ({ personIds }) => staff.filter(({ personId }) => personIds.includes(personId))),
      answered(peopleAt, ({ cursor }) => (cursor === undefined ? { people: staff.slice(0, 2), cursor: '2' } : { people: staff.slice(2) })),
      answered(timetableOfImport, () => ({
        calendar: { firstMonday: '2026-08-31', from: '2026-09-01', until: '2027-07-02' },
        courses: [course(1, { groupIds: ['g_cm1class1'] })],
      })),
    );
    const ports = { ...basePorts(), clock: { civil: () => new Date(now), system: () => new Date(now) }, timetable: store, ask };
    return {
      store,
      ports,
      people: () => onTimetableImported({ ...event, name: 'directory.people-imported' }, ports),
      timetable: () => onTimetableImported(event, ports),
      set: (next: object) => {
        current = next;
        return onSchoolChanged({ name: 'directory.school-changed', payload: { uai, revision: 2 } }, ports);
      },
    };
  };
  const starts = async (ports: Parameters<typeof answerDay>[1], asked: object, date = '2026-09-14') =>
    (await answerDay({ uai, date, ...asked }, ports)).lessons.map(({ startMinute }) => startMinute);

  it('calls the roll of each class that has pupils by half-days: for the school, each of its teachers, and its pupils', async () => {
    const { ports, people: run } = ecole();
    await run();
    for (const asked of [{}, { teacherId: 'p_adele0001' }, { teacherId: 'p_friday001' }, { pupilId: 'p_pupil00001' }])
      expect(await starts(ports, asked), JSON.stringify(asked)).toEqual([510, 615, 810, 915]);
    expect(await starts(ports, { teacherId: 'p_choir0001' })).toEqual([]);
    const { lessons, schoolDay, school: time } = await answerDay({ uai, date: '2026-09-14' }, ports);
    expect({ schoolDay, kind: time?.settings.kind }).toEqual({ schoolDay: true, kind: 'primary' });
    expect(lessons[0]).toMatchObject({ groupLabels: ['CM1'], subject: { label: 'Matin' }, teacherIds: ['p_adele0001', 'p_friday001'] });
  });

  it('has the calendar of its académie, with no timetable to say it', async () => {
    const { ports, store, people: run } = ecole();
    await run();
    expect(await store.get('calendar', { uai })).toMatchObject({ firstMonday: '2026-08-31', from: '2026-09-01', until: '2027-07-02' });
    expect(await answerDay({ uai, date: '2026-10-19' }, ports)).toMatchObject({
      schoolDay: false,
      closedBecause: 'Vacances de la Toussaint',
    });
    const beyond = ecole({ kind: 'primary' }, '2027-08-25T07:00:00.000Z');
    await beyond.people();
    expect(await beyond.store.get('calendar', { uai })).toMatchObject({
      firstMonday: '2027-08-30',
      from: '2027-09-01',
      until: '2028-07-10',
    });
  });

  it('writes nothing the second time', async () => {
    const { store, people: run } = ecole();
    await run();
    store.forget();
    await run();
    expect(store.changes()).toEqual([]);
  });

  it('follows its settings from the day they change', async () => {
    const { ports, set, people: run } = ecole();
    await run();
    await set({
      kind: 'primary',
      afternoonHours: { startMinute: 825, endMinute: 1005 },
      openHalfDays: [{ weekday: 1, half: 'afternoon' }],
    });
    expect(await starts(ports, { teacherId: 'p_adele0001' })).toEqual([825]);
  });

  it('begins when the school says it is one, and ends when it says it is none', async () => {
    const { ports, set, people: run } = ecole({});
    await run();
    expect(await starts(ports, {})).toEqual([]);
    await set({ kind: 'primary' });
    expect(await starts(ports, {})).toEqual([510, 615, 810, 915]);
    await set({});
    expect(await starts(ports, {})).toEqual([]);
  });

  it('calls by its timetable once it brings one', async () => {
    const { ports, store, people: run, timetable: bring } = ecole();
    await run();
    await bring();
    expect(await starts(ports, {}, '2026-09-15')).toEqual([480]);
    expect(await starts(ports, {}, '2026-09-14')).toEqual([]);
    store.forget();
    await run();
    expect(store.changes()).toEqual([]);
  });
});
