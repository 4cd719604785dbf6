import { describe, expect, it } from 'vitest';
import { listPupilRemarks } from '../../../functions/attendance/list-pupil-remarks.ts';
import { listRemarkKinds } from '../../../functions/attendance/list-remark-kinds.ts';
import { makeRemark } from '../../../functions/attendance/make-remark.ts';
import { setRemarkKinds } from '../../../functions/attendance/set-remark-kinds.ts';
import { aSchool, brun, FRENCH, ferrand, LEA, request, TODAY, UAI } from './a-school.ts';

const kindsOf = (school: ReturnType<typeof aSchool>) => {
  const list = () => listRemarkKinds({ params: { uai: UAI } }, school.ports);
  type Given = Parameters<typeof setRemarkKinds>[0]['body']['kinds'];
  const set = (basedOn: number, kinds: Given) =>
    setRemarkKinds({ params: { uai: UAI }, caller: brun, ...request({ basedOn, kinds }) }, school.ports);
  return { list, set };
};

describe('what teachers can note', () => {
  it('is the default list until the school sets its own', async () => {
    const { list, set } = kindsOf(aSchool());
    const before = await list();
    expect(before).toMatchObject({ rev: 0 });
    expect(before.kinds.filter(({ visible }) => !visible).map(({ label }) => label)).toContain('Incident');
    const after = await set(0, [{ label: 'Carnet oublié', visible: true }, ...before.kinds.slice(0, 2)]);
    expect(after.kinds.map(({ label }) => label)).toEqual(['Carnet oublié', 'Oubli de matériel', 'Travail non fait']);
    expect(await list()).toEqual(after);
  });

  it('moves nothing that was noted: neither its words nor who reads it', async () => {
    const school = aSchool();
    const { list, set } = kindsOf(school);
    const [first] = (await list()).kinds;
    if (!first) throw new Error('no kind');
    const { kindId } = first;
    const body = { pupilId: LEA, kindId };
    await makeRemark({ params: { uai: UAI, date: TODAY, lessonId: FRENCH }, caller: ferrand, ...request(body) }, school.ports);
    await set(0, [{ kindId, label: 'Affaires oubliées', visible: false }]);
    const read = await listPupilRemarks({ params: { uai: UAI, pupilId: LEA } }, school.ports);
    expect(read.remarks).toMatchObject([{ label: 'Oubli de matériel' }]);
  });

  it('is not mixed by two people, and refuses a word twice and an id that is nobody’s', async () => {
    const { list, set } = kindsOf(aSchool());
    const { kinds } = await list();
    const [one, other] = kinds as [(typeof kinds)[number], (typeof kinds)[number]];
    await expect(set(0, [one, { ...other, label: 'OUBLI DE MATÉRIEL' }])).rejects.toMatchObject({ code: 'attendance.remark-kind-twice' });
    await expect(set(0, [{ ...one, kindId: 'k_nobodys' }])).rejects.toMatchObject({ code: 'attendance.remark-kind-unknown' });
    await set(0, [one]);
    await expect(set(0, [other])).rejects.toMatchObject({ code: 'attendance.remark-kinds-changed', details: { rev: 1 } });
    await expect(set(1, [one])).resolves.toMatchObject({ rev: 2 });
  });
});
