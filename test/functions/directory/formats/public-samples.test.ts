import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSchoolFile } from '../../../../functions/directory/formats/read-school-file.ts';
import { SchoolFileRecord } from '../../../../shared/directory/school-file.ts';

const samples = fileURLToPath(new URL('../../../../../shared/fixtures/', import.meta.url));
const present = existsSync(samples);
if (!present) console.warn('Public sample files are not beside this repository: their tests are skipped');

async function read(path: string): Promise<SchoolFileRecord[]> {
  const records: SchoolFileRecord[] = [];
  for await (const record of readSchoolFile(createReadStream(samples + path), { file: path })) records.push(SchoolFileRecord.parse(record));
  return records;
}

const count = (records: SchoolFileRecord[], chosen: (record: SchoolFileRecord) => boolean) => records.filter(chosen).length;

describe.skipIf(!present)('public samples', () => {
  it('reads a whole collège from an EDT export', async () => {
    const records = await read('edt/Edt_To_LaclasseCom_0134567A_Enclair.xml');
    const ofType = (type: SchoolFileRecord['type']) => count(records, (record) => record.type === type);
    expect([ofType('pupil'), ofType('guardian'), ofType('link'), ofType('teacher')]).toEqual([426, 703, 808, 31]);
    expect(count(records, (record) => record.type === 'group' && record.kind === 'class')).toBe(16);
    expect(count(records, (record) => record.type === 'group' && record.kind === 'group')).toBe(48);
    expect(count(records, (record) => record.type === 'group' && record.classCodes.length > 1)).toBe(22);
    expect(ofType('course')).toBe(704);
    expect(count(records, (record) => record.type === 'course' && record.teacherIds.length > 1)).toBe(3);
    expect(count(records, (record) => record.type === 'course' && record.classCodes.length + record.groupCodes.length === 0)).toBe(100);
    expect(count(records, (record) => record.type === 'guardian' && record.email !== undefined)).toBe(0);
    expect(new Set(records.flatMap((record) => (record.type === 'anomaly' ? record.code : [])))).toEqual(
      new Set(['course-without-pupils', 'group-unknown']),
    );
    // The file itself comments this mask: [1..7,10..16,19..25,28..33,36..44].
    const course = records.find((record) => record.type === 'course');
    expect(course).toMatchObject({ weekday: 3, startMinute: 720, minutes: 60, groupCodes: ['3ATRAVGR.1'] });
    expect(course?.type === 'course' && [course.weeks.length, course.weeks[0], course.weeks[7], course.weeks.at(-1)]).toEqual([
      36,
      '2013-09-02',
      '2013-11-04',
      '2014-06-30',
    ]);
  });

  it('reads every SIECLE sample without an error, accents included', async () => {
    for (const path of readdirSync(`${samples}siecle`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'))) {
      const records = await read(`siecle/${path}`);
      expect(records[0], path).toMatchObject({ type: 'header' });
      expect(records.length, path).toBeGreaterThan(1);
      for (const record of records)
        if (record.type === 'pupil') expect(`${record.givenName}${record.otherGivenNames}`, path).not.toContain('\ufffd');
    }
  });

  it('keeps a pupil without INE, with group only or gone', async () => {
    const records = await read('siecle/pix_only-ignored-students_departed-inactive-no-ine-group-only.xml');
    expect(count(records, (record) => record.type === 'pupil')).toBe(5);
    expect(records).toContainEqual(expect.objectContaining({ type: 'pupil', sourceId: '0005', exitDate: '2019-09-01' }));
    expect(count(records, (record) => record.type === 'anomaly' && record.code === 'pupil-without-class')).toBe(2);
  });

  it('reads STS-Web and refuses the upward file', async () => {
    const records = await read('sts/sts_emp_0750001A_2026.xml');
    expect(records).toContainEqual(
      expect.objectContaining({ type: 'teacher', sourceId: 'epp:8949', principalOf: ['6E1'], functionCode: 'ENS' }),
    );
    expect(records).toContainEqual(expect.objectContaining({ type: 'service', groupCode: '6LV1.ALL', teacherIds: ['epp:8949'] }));
    await expect(read('sts/emp_sts_wrong-direction_TRUNCATED.xml')).rejects.toMatchObject({ code: 'directory.sts-upward-file' });
  });
});
