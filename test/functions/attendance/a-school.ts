import type { ApiPorts, RollCallChasedPorts } from '../../../functions/attendance/manifest.ts';
import { attendance } from '../../../shared/attendance/table.ts';
import type { GuardianLink, Person, RosterPupil } from '../../../shared/directory/person.ts';
import { classLists, guardiansToTell, people, rosters, school } from '../../../shared/directory/questions.ts';
import { School } from '../../../shared/directory/school.ts';
import type { Caller, Duty } from '../../../shared/kernel/index.ts';
import { AccessCard } from '../../../shared/kernel/index.ts';
import { OUT_OF_YEAR } from '../../../shared/timetable/calendar.ts';
import type { Lesson } from '../../../shared/timetable/lesson.ts';
import { day, lesson, schoolDay } from '../../../shared/timetable/questions.ts';
import { membersOf } from '../../../shared/timetable/week.ts';
import { answered, askDouble, basePorts, memoryFiles, memoryMail, memorySecret, memoryStore } from '../../doubles/index.ts';

export const UAI = '0750001A';
export const OTHER_UAI = '0690002B';
export const TODAY = '2026-09-15';

const FIFTH_B = 'g_class5eb';
const FOURTH_A = 'g_class4ea';
/** A teaching group with pupils of both classes. */
const LATIN = 'g_latin001';

export const FERRAND = 'p_ferrand1';
export const VASSEUR = 'p_vasseur1';
export const BRUN = 'p_brun0001';
export const MUM = 'p_claire01';
export const DAD = 'p_paul0001';
/** Léa, Noa and Zoé are in 5e B, Tom in 4e A; Léa and Tom learn Latin. */
export const LEA = 'p_lea00001';
export const NOA = 'p_noa00001';
export const ZOE = 'p_zoe00001';
export const TOM = 'p_tom00001';

const pupil = (pupilId: string, familyName: string, givenName: string, sex: 'F' | 'M', classLabel: string): RosterPupil => ({
  pupilId,
  familyName,
  givenName,
  sex,
  classLabel,
});
const LISTS: Record<string, RosterPupil[]> = {
  [FIFTH_B]: [pupil(NOA, 'Zidane', 'Noa', 'M', '5e B'), pupil(LEA, 'Éluard', 'Léa', 'F', '5e B'), pupil(ZOE, 'Ferry', 'Zoé', 'F', '5e B')],
  [FOURTH_A]: [pupil(TOM, 'Martin', 'Tom', 'M', '4e A')],
  [LATIN]: [pupil(LEA, 'Éluard', 'Léa', 'F', '5e B'), pupil(TOM, 'Martin', 'Tom', 'M', '4e A')],
};

const person = (personId: string, door: Person['door'], familyName: string, givenName: string, more: Partial<Person> = {}): Person => ({
  uai: UAI,
  personId,
  door,
  familyName,
  givenName,
  sortKey: `${familyName} ${givenName}`,
  phones: [],
  acceptsSms: false,
  language: 'fr',
  groups: [],
  duties: [],
  sources: {},
  rev: 1,
  ...more,
});

const taught = (
  lessonId: string,
  startMinute: number,
  subject: string,
  teacherIds: string[],
  groupIds: string[],
  more: Partial<Lesson> = {},
): Lesson => ({
  uai: UAI,
  lessonId,
  date: TODAY,
  startMinute,
  endMinute: startMinute + 55,
  subject: { code: subject, label: subject },
  teacherIds,
  groupIds,
  groupLabels: groupIds,
  rooms: ['104'],
  unscheduled: false,
  ...more,
});
export const FRENCH = 'l_french08';
export const MATHS = 'l_maths009';
export const SPORT = 'l_sport010';
export const LATIN_TEN = 'l_latin010';
export const HISTORY = 'l_history1';
export const CANCELLED = 'l_cancel10';

/**
 * Ferrand teaches 5e B French at 8 and, with Vasseur, maths at 9; sport and Latin are both at 10; history is at 11.
 * It is 10:05 unless the clock is moved.
 */
export const aSchool = (at = `${TODAY}T10:05`) => {
  const base = basePorts();
  base.clock.set(at);
  const lists = structuredClone(LISTS);
  const lessons: Lesson[] = [
    taught(FRENCH, 480, 'Français', [FERRAND], [FIFTH_B]),
    taught(MATHS, 540, 'Mathématiques', [FERRAND, VASSEUR], [FIFTH_B]),
    taught(SPORT, 600, 'EPS', [FERRAND], [FIFTH_B]),
    taught(LATIN_TEN, 600, 'Latin', [VASSEUR], [LATIN]),
    taught(CANCELLED, 600, 'Arts', [FERRAND], [FOURTH_A], { notHeld: { reason: 'outing' } }),
    taught(HISTORY, 660, 'Histoire', [FERRAND], [FIFTH_B]),
  ];
  const records = new Map<string, Person>(
    [
      person(FERRAND, 'teacher', 'Ferrand', 'Luc', { civility: 'M.' }),
      person(VASSEUR, 'teacher', 'Vasseur', 'Anne', { civility: 'Mme' }),
      person(BRUN, 'staff', 'Brun', 'Sonia', { civility: 'Mme', duties: ['school-life'] }),
      person(MUM, 'guardian', 'Éluard', 'Claire', { civility: 'Mme', language: 'fr' }),
      person(DAD, 'guardian', 'Éluard', 'Paul', { civility: 'M.', language: 'en' }),
      person(LEA, 'pupil', 'Éluard', 'Léa', { sex: 'F', groups: [FIFTH_B, LATIN] }),
      person(NOA, 'pupil', 'Zidane', 'Noa', { sex: 'M', groups: [FIFTH_B] }),
      person(ZOE, 'pupil', 'Ferry', 'Zoé', { sex: 'F', groups: [FIFTH_B] }),
      person(TOM, 'pupil', 'Martin', 'Tom', { sex: 'M', groups: [FOURTH_A, LATIN] }),
    ].map((one) => [one.personId, one]),
  );
  /** Who may be told of Léa; tests take one out to restrict them. */
  const guardians = new Map<string, Pick<GuardianLink, 'level' | 'householdId'>>([
    [MUM, { level: 1, householdId: 'h1' }],
    [DAD, { level: 1, householdId: 'h2' }],
  ]);
  /** Pupils of age. */
  const adults = new Set<string>();
  const closed = new Set<string>();
  /** Days the timetable knows nothing of: it is of another year. */
  const outOfYear = new Set<string>();
  const settings = School.parse({ uai: UAI, name: 'Collège des <Tilleuls>', schoolLifePhone: '02 61 91 04 12' });
  const onDay = (date: string) => (closed.has(date) || outOfYear.has(date) ? [] : lessons.map((one) => ({ ...one, date })));
  const dayOf = (date: string) => ({
    schoolDay: !closed.has(date) && !outOfYear.has(date),
    ...(closed.has(date) && { closedBecause: 'holiday' }),
    ...(outOfYear.has(date) && { closedBecause: OUT_OF_YEAR }),
    school: settings,
  });
  const groupsOf = (pupilId: string) => records.get(pupilId)?.groups ?? [];
  const meets = ({ groupIds }: Lesson, pupilId: string) => groupIds.some((groupId) => groupsOf(pupilId).includes(groupId));
  const listed = (pupilId: string) => {
    const line = Object.values(lists)
      .flat()
      .find((one) => one.pupilId === pupilId);
    return line && { ...line, groups: groupsOf(pupilId) };
  };
  const members = membersOf(
    Object.entries(lists).map(([groupId, pupils]) => ({ groupId, pupils: pupils.map((one) => ({ ...one, groups: [] })) })),
  );
  const named = (one: Lesson) => ({
    ...one,
    teachers: one.teacherIds.flatMap((personId) => {
      const found = records.get(personId);
      return found ? [{ personId, familyName: found.familyName, givenName: found.givenName, civility: found.civility }] : [];
    }),
  });
  const ask = askDouble(
    answered(school, ({ uai }) => (uai === UAI ? settings : null)),
    answered(people, ({ uai, personIds }) => (uai === UAI ? personIds.flatMap((id) => records.get(id) ?? []) : [])),
    answered(rosters, ({ groupIds }) =>
      groupIds.map((groupId) => ({ groupId, kind: 'class', label: groupId, pupils: lists[groupId] ?? [] })),
    ),
    answered(classLists, ({ uai }) => ({
      lists:
        uai === UAI
          ? Object.entries(lists).map(([groupId, pupils]) => ({ uai, groupId, kind: 'class' as const, label: groupId, pupils }))
          : [],
    })),
    answered(guardiansToTell, ({ pupilIds }) =>
      pupilIds.flatMap((pupilId) => {
        const found = records.get(pupilId);
        if (!found) return [];
        const { familyName, givenName, sex } = found;
        return [
          {
            pupil: { pupilId, familyName, givenName, ...(sex && { sex }), adult: adults.has(pupilId) },
            guardians: (pupilId === LEA ? [...guardians] : []).map(([personId, link]) => ({
              ...(records.get(personId) as Person),
              ...link,
              contactFirst: false,
            })),
          },
        ];
      }),
    ),
    answered(day, ({ date, teacherId, pupilId }) => {
      const pupil = pupilId === undefined ? undefined : listed(pupilId);
      return {
        ...dayOf(date),
        ...(pupil && { pupil }),
        lessons: onDay(date).filter(
          (one) => (teacherId === undefined || one.teacherIds.includes(teacherId)) && (pupilId === undefined || meets(one, pupilId)),
        ),
      };
    }),
    answered(schoolDay, ({ date }) => ({
      ...dayOf(date),
      lessons: onDay(date).map((one) => ({ ...named(one), members: one.groupIds.map((groupId) => members.get(groupId) ?? '') })),
    })),
    answered(lesson, ({ date, lessonId, teacherId, pupilIds }) => {
      const found = onDay(date).find((one) => one.lessonId === lessonId && (teacherId === undefined || one.teacherIds.includes(teacherId)));
      return {
        ...dayOf(date),
        lesson: found ? named(found) : null,
        pupils: [...new Set(found?.groupIds.flatMap((groupId) => lists[groupId] ?? []))]
          .map(({ pupilId }) => pupilId)
          .flatMap((pupilId) => listed(pupilId) ?? []),
        others: onDay(date).filter((one) => one.lessonId !== lessonId && pupilIds.some((pupilId) => meets(one, pupilId))),
      };
    }),
  );
  const store = memoryStore(attendance);
  const proofsFiles = memoryFiles();
  const registersFiles = memoryFiles();
  const linksSecret = memorySecret();
  const mail = memoryMail();
  const ports = { ...base, attendance: store, ask, proofsFiles, registersFiles, linksSecret, mail } satisfies ApiPorts &
    RollCallChasedPorts;
  return {
    ports,
    store,
    settings,
    adults,
    lessons,
    records,
    lists,
    guardians,
    closed,
    outOfYear,
    proofsFiles,
    registersFiles,
    linksSecret,
    mail,
    clock: base.clock,
    ask,
  };
};

export const callerAt = (
  door: Caller['door'],
  personId: string,
  { uai = UAI, duties = [] as Duty[], children = [] as string[] } = {},
): Caller => ({
  personId,
  door,
  card: AccessCard.parse({
    personId,
    door,
    schools: { [uai]: { personId, duties, children: children.map((pupilId) => ({ pupilId, level: 1 })) } },
  }),
  issuedAt: '2026-09-15T07:00:00.000Z',
});
export const ferrand = callerAt('teacher', FERRAND);
export const vasseur = callerAt('teacher', VASSEUR);
export const brun = callerAt('staff', BRUN, { duties: ['school-life'] });
export const mum = callerAt('guardian', MUM, { children: [LEA] });
export const dad = callerAt('guardian', DAD, { children: [LEA] });

let keys = 0;
/** What every input has beside what a test is about. */
export const request = <B>(body: B, key = `key-0000000000-${++keys}`) => ({
  body,
  query: {},
  idempotencyKey: key,
  address: '203.0.113.7',
  cookies: {},
});
