import { describe, expect, it } from 'vitest';
import { answerDay } from '../../../functions/timetable/answer-day.ts';
import { answerLesson } from '../../../functions/timetable/answer-lesson.ts';
import { listStandIns } from '../../../functions/timetable/list-stand-ins.ts';
import { onTimetableImported } from '../../../functions/timetable/on-timetable-imported.ts';
import { setStandIns } from '../../../functions/timetable/set-stand-ins.ts';
import { Person } from '../../../shared/directory/person.ts';
import { classLists, people, peopleAt, rosters, school as schoolOf, timetableOfImport } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import { AccessCard, type Caller } from '../../../shared/kernel/index.ts';
import { timetable } from '../../../shared/timetable/table.ts';
import { answered, askDouble, basePorts, memoryStore } from '../../doubles/index.ts';

const uai = '0750001A';
const TUESDAY = '2026-09-15';
const [ROY, PETIT, CPE, CLASS] = ['p_roy000001', 'p_petit0001', 'p_cpe000001', 'g_class001'];
const caller: Caller = {
  personId: 'p_direction',
  door: 'staff',
  issuedAt: '2026-09-15T06:00:00.000Z',
  card: AccessCard.parse({
    personId: 'p_direction',
    door: 'staff',
    schools: { [uai]: { personId: 'p_direction', duties: ['direction'] } },
  }),
};
const request = { query: {}, caller, idempotencyKey: '', address: '127.0.0.1', cookies: {} };
const person = (personId: string, familyName: string, door: 'teacher' | 'staff' = 'teacher') =>
  Person.parse({ uai, personId, door, familyName, givenName: 'Ada', sortKey: personId, civility: 'Mme', groups: [] });

async function system() {
  const store = memoryStore(timetable);
  const staff = [person(ROY, 'ROY'), person(PETIT, 'PETIT'), person(CPE, 'BRUN', 'staff')];
  const course = {
    weekday: 2,
    startMinute: 480,
    minutes: 55,
    weeks: '4503599627370494',
    subject: { code: '061300', label: 'Maths' },
    teacherIds: [ROY],
    groupIds: [CLASS],
    groupLabels: ['5e B'],
    rooms: [],
  };
  const ask = askDouble(
    answered(schoolOf, () => School.parse({ uai, name: 'Les Tilleuls' })),
    answered(timetableOfImport, () => ({
      calendar: { firstMonday: '2026-08-31', from: '2026-09-01', until: '2027-07-02' },
      courses: [course],
    })),
    answered(classLists, () => ({ lists: [{ uai, groupId: CLASS, kind: 'class' as const, label: '5e B', pupils: [] }] })),
    answered(people, ({ personIds }) => staff.filter(({ personId }) => personIds.includes(personId))),
    answered(peopleAt, () => ({ people: [] })),
    answered(rosters, ({ groupIds }) =>
      groupIds.filter((id) => id === CLASS).map((groupId) => ({ groupId, kind: 'class' as const, label: '5e B', pupils: [] })),
    ),
  );
  const ports = { ...basePorts(), timetable: store, ask };
  const bring = () =>
    onTimetableImported({ name: 'directory.timetable-imported', payload: { uai, importId: 'i_00000001', revision: 1 } }, ports);
  const now = async () => (await listStandIns({ ...request, body: undefined, params: { uai } }, ports)) ?? { rev: 0, standIns: [] };
  const set = async (standIns: object[], basedOn?: number) =>
    setStandIns(
      {
        ...request,
        params: { uai },
        body: { basedOn: basedOn ?? (await now()).rev, standIns: standIns as Parameters<typeof setStandIns>[0]['body']['standIns'] },
      },
      ports,
    );
  const has = async (teacherId: string, date = TUESDAY) => (await answerDay({ uai, date, teacherId }, ports)).lessons.length;
  return { store, ports, bring, set, now, has };
}
const standIn = { target: ROY, personId: PETIT, from: '2026-09-14', until: '2026-09-18' };

describe('who takes whose lessons', () => {
  it('has them from a day to a day: in the day, and where the roll is called; the other has them before and after', async () => {
    const { ports, bring, set, has } = await system();
    await bring();
    expect(await set([standIn])).toMatchObject({ standIns: [{ label: 'Mme ROY', by: { familyName: 'PETIT', civility: 'Mme' } }] });
    expect([await has(ROY), await has(PETIT)]).toEqual([0, 1]);
    expect([await has(ROY, '2026-09-22'), await has(PETIT, '2026-09-22')]).toEqual([1, 0]);
    const { lessons } = await answerDay({ uai, date: TUESDAY }, ports);
    const lessonId = lessons[0]?.lessonId ?? '';
    expect(lessons[0]).toMatchObject({ teacherIds: [PETIT], teachers: [{ familyName: 'PETIT' }] });
    const asked = { uai, date: TUESDAY, lessonId, groupIds: [CLASS], pupilIds: [] };
    expect((await answerLesson({ ...asked, teacherId: PETIT }, ports)).lesson).toMatchObject({ lessonId });
    expect((await answerLesson({ ...asked, teacherId: ROY }, ports)).lesson).toBeNull();
  });

  it('helps with a class beside its teacher', async () => {
    const { bring, set, has } = await system();
    await bring();
    await set([{ ...standIn, target: CLASS }]);
    expect([await has(ROY), await has(PETIT)]).toEqual([1, 1]);
  });

  it('outlives the next import, and ends when taken off the list', async () => {
    const { bring, set, has, now } = await system();
    await bring();
    await set([standIn]);
    await bring();
    expect(await has(PETIT)).toBe(1);
    await set([]);
    expect([await has(ROY), await has(PETIT), (await now()).standIns.length]).toEqual([1, 0, 0]);
  });

  it('refuses dates the wrong way round, somebody who is no teacher here, themselves, an unknown class, and a list that has changed', async () => {
    const { bring, set, has } = await system();
    await expect(set([standIn])).rejects.toMatchObject({ code: 'timetable.no-calendar' });
    await bring();
    await expect(set([{ ...standIn, until: '2026-09-13' }])).rejects.toMatchObject({ code: 'timetable.dates-reversed' });
    for (const wrong of [{ personId: CPE }, { target: CPE }, { personId: 'p_nobody01' }, { personId: ROY }, { target: 'g_nothing01' }])
      await expect(set([{ ...standIn, ...wrong }]), JSON.stringify(wrong)).rejects.toMatchObject({ code: 'timetable.unknown-stand-in' });
    await expect(set([standIn], 40)).rejects.toMatchObject({ code: 'timetable.calendar-changed' });
    expect(await has(ROY)).toBe(1);
  });
});
