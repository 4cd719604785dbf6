import { beforeAll, describe, expect, it } from 'vitest';
import { readSchoolFiles } from '../../../../functions/directory/formats/read-school-files.ts';
import { type DemoSchool, makeDemo } from '../../../../infra/local/demo/index.ts';
import { SchoolFileRecord } from '../../../../shared/directory/school-file.ts';
import { ANOMALIES } from '../../../../shared/directory/school-file-anomaly.ts';

type Of<T extends SchoolFileRecord['type']> = Extract<SchoolFileRecord, { type: T }>;

async function read({ uai, files }: DemoSchool, chosen = /./): Promise<SchoolFileRecord[]> {
  const records: SchoolFileRecord[] = [];
  const sources = Object.entries(files)
    .filter(([file]) => chosen.test(file))
    .map(([file, bytes]) => ({
      file,
      bytes: (async function* () {
        yield bytes;
      })(),
    }));
  for await (const record of readSchoolFiles(sources, { school: uai })) records.push(SchoolFileRecord.parse(record));
  return records;
}

const only = <T extends SchoolFileRecord['type']>(records: SchoolFileRecord[], type: T): Of<T>[] =>
  records.filter((record): record is Of<T> => record.type === type);

describe('the demo', () => {
  const [college, small] = makeDemo({ seed: 1 });
  let siecle: SchoolFileRecord[];
  let edt: SchoolFileRecord[];
  beforeAll(async () => {
    siecle = await read(college, /Avec/);
    edt = await read(college, /Emploi/);
  });

  it('has the size of a collège, and a small school beside it', () => {
    expect(college.counts).toMatchObject({ pupils: 450, classes: 16, teachers: 30 });
    expect(college.counts.guardians).toBeGreaterThan(800);
    expect(college.counts.guardians).toBeLessThan(900);
    expect(small.counts).toMatchObject({ pupils: 60, classes: 4 });
  });

  it('is the same, byte for byte, for the same seed, and another for another', () => {
    expect(makeDemo({ seed: 1 })[0].files).toEqual(college.files);
    expect(makeDemo({ seed: 2 })[0].files).not.toEqual(college.files);
  });

  it('is read back by the importer’s own readers, its only anomalies those it was given', async () => {
    for (const school of [college, small]) {
      const records = await read(school);
      const { counts } = school;
      expect(only(records, 'header').map(({ format, uai, year }) => [format, uai, year])).toEqual(
        ['siecle-pupils', 'siecle-guardians', 'sts', 'edt'].map((format) => [format, school.uai, 2026]),
      );
      expect(only(records, 'pupil')).toHaveLength(2 * counts.pupils);
      expect(only(records, 'anomaly').filter(({ code }) => ANOMALIES[code].severity === 'error')).toEqual([]);
      expect(new Set(only(records, 'anomaly').map(({ code }) => code))).toEqual(new Set(['pupil-without-ine', 'email-of-pupil']));
    }
  });

  it('says of each pupil the same in SIECLE and in EDT', () => {
    const memberships = (records: SchoolFileRecord[]) =>
      Object.fromEntries(
        only(records, 'pupil').map(({ sourceId, ine, memberships: all }) => [
          sourceId,
          [ine, ...all.map(({ code, kind }) => `${kind} ${code}`).sort()],
        ]),
      );
    expect(memberships(edt)).toEqual(memberships(siecle));
  });

  it('joins every teacher of the timetable to STS', async () => {
    const sts = new Set(only(await read(college, /sts/), 'teacher').map(({ stsId }) => stsId));
    expect(only(edt, 'teacher').filter(({ stsId }) => !sts.has(stsId))).toEqual([]);
  });

  it.each([1, 2, 3])('puts nobody and no room twice at once (seed %s)', async (seed) => {
    for (const school of makeDemo({ seed })) {
      const records = await read(school, /Emploi/);
      const members = new Map<string, string[]>();
      for (const { sourceId, memberships } of only(records, 'pupil')) {
        for (const { code } of memberships) members.set(code, [...(members.get(code) ?? []), sourceId]);
      }
      const taken = new Set<string>();
      for (const course of only(records, 'course')) {
        const people = [
          ...course.teacherIds,
          ...[...course.classCodes, ...course.groupCodes].flatMap((code) => members.get(code) ?? []),
          ...course.rooms.map((room) => `room ${room}`),
        ];
        expect(course.weeks.length).toBeGreaterThan(0);
        expect(people.length).toBeGreaterThan(2);
        for (const week of [course.weeks[0], course.weeks[1]]) {
          for (let slot = course.slot; slot < course.slot + course.slots; slot += 1) {
            for (const who of people) {
              const key = `${who} ${week} ${course.weekday} ${slot}`;
              expect(taken.has(key), key).toBe(false);
              taken.add(key);
            }
          }
        }
      }
    }
  });

  it('has every class and most teachers in a lesson on a Tuesday at 10:05', () => {
    const now = only(edt, 'course').filter(
      ({ weekday, startMinute, minutes }) => weekday === 2 && startMinute <= 605 && 605 < startMinute + minutes,
    );
    const classOf = new Map(only(edt, 'group').map(({ code, classCodes }) => [code, classCodes]));
    expect(
      new Set(now.flatMap(({ classCodes, groupCodes }) => [...classCodes, ...groupCodes.flatMap((code) => classOf.get(code) ?? [])])).size,
    ).toBe(16);
    expect(new Set(now.flatMap(({ teacherIds }) => teacherIds)).size).toBeGreaterThan(18);
  });

  it('has co-taught lessons, half classes, groups over classes and lessons every other week', () => {
    const courses = only(edt, 'course');
    expect(courses.filter(({ teacherIds }) => teacherIds.length > 1)).toHaveLength(4);
    expect(courses.filter(({ weeks }) => weeks.length < 25).length).toBeGreaterThan(10);
    expect(only(edt, 'group').filter(({ kind, classCodes }) => kind === 'group' && classCodes.length > 1).length).toBeGreaterThan(15);
  });

  it('has the people that tests and the tour look for', async () => {
    const links = only(siecle, 'link');
    const guardians = new Map(only(siecle, 'guardian').map((guardian) => [guardian.sourceId, guardian]));
    const levels = (name: string) =>
      links.filter(({ pupilSourceId }) => pupilSourceId === college.cast[name]?.[0]).map(({ level }) => level);
    const homes = (name: string) => new Set(college.cast[name]?.slice(1).map((id) => guardians.get(id)?.addressId)).size;
    expect([levels('separated'), homes('separated')]).toEqual([[1, 1], 2]);
    expect([levels('shared-custody'), homes('shared-custody')]).toEqual([[1, 1], 2]);
    expect(levels('without-rights')).toEqual([1, 3]);
    expect(levels('foster')).toEqual([1, 2, 2]);
    expect(guardians.get(college.cast['guardian-without-email']?.[1] ?? '')?.email).toBeUndefined();
    const [one, other] = (college.cast.homonyms ?? []).map((id) => only(siecle, 'pupil').find(({ sourceId }) => sourceId === id));
    expect([one?.familyName, one?.givenName]).toEqual([other?.familyName, other?.givenName]);
    const mother = small.cast['guardian-of-two-schools']?.[1];
    expect(mother).toBe(college.cast.separated?.[1]);
    expect(only(await read(small, /Resp/), 'guardian').map(({ sourceId }) => sourceId)).toContain(mother);
    const [staffId, personId] = college.cast['teacher-and-parent'] ?? [];
    const teacher = only(await read(college, /sts/), 'teacher').find(({ stsId }) => stsId === staffId);
    expect([teacher?.familyName, teacher?.givenName]).toEqual([
      guardians.get(personId ?? '')?.familyName,
      guardians.get(personId ?? '')?.givenName,
    ]);
  });

  it('reaches nobody: reserved mail domains, telephone numbers kept for fiction, a checked UAI of no school', () => {
    for (const { email, phones } of only(siecle, 'guardian')) {
      if (email !== undefined) expect(email).toMatch(/@(famille|eleve)\.example$/);
      for (const phone of Object.values(phones)) expect(phone).toMatch(/^(\+3363998\d{4}|019900\d{4})$/);
    }
    expect([college.uai, small.uai]).toEqual(['0359901X', '0359902Y']);
  });

  it('grows with the number of pupils asked for', () => {
    const [large] = makeDemo({ seed: 4, pupils: 1200, schoolYear: 2025 });
    expect(large.counts.pupils).toBe(1200);
    expect(large.counts.classes).toBe(44);
  });
});
