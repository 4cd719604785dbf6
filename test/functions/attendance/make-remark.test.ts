import { describe, expect, it } from 'vitest';
import { listLessonRemarks } from '../../../functions/attendance/list-lesson-remarks.ts';
import { listPupilRemarks } from '../../../functions/attendance/list-pupil-remarks.ts';
import { makeRemark } from '../../../functions/attendance/make-remark.ts';
import { readDossier } from '../../../functions/attendance/read-dossier.ts';
import { undoRemark } from '../../../functions/attendance/undo-remark.ts';
import { aSchool, brun, FERRAND, FRENCH, ferrand, HISTORY, LATIN_TEN, LEA, MUM, request, TODAY, TOM, UAI, vasseur } from './a-school.ts';

const lesson = { uai: UAI, date: TODAY, lessonId: FRENCH };
const ofPupil = { params: { uai: UAI, pupilId: LEA } };

const inLesson = (school = aSchool()) => {
  const note = (kindId: string, { pupilId = LEA, text = undefined as string | undefined, key = undefined as string | undefined } = {}) =>
    makeRemark({ params: lesson, caller: ferrand, ...request({ pupilId, kindId, ...(text && { text }) }, key) }, school.ports);
  const undo = (remarkId: string, caller = ferrand) => undoRemark({ params: { ...lesson, remarkId }, caller }, school.ports);
  const listed = (caller = ferrand) => listLessonRemarks({ params: lesson, caller }, school.ports);
  const family = () => listPupilRemarks(ofPupil, school.ports);
  const dossier = () => readDossier({ ...ofPupil, caller: brun, ...request(undefined) }, school.ports);
  return { school, note, undo, listed, family, dossier };
};

describe('a teacher’s remark', () => {
  it('is noted once for each key, with the words of the school’s list, and is no part of presence', async () => {
    const { school, note, listed } = inLesson();
    const remark = await note('k_equipment', { key: 'attempt-000000000001' });
    expect(await note('k_equipment', { key: 'attempt-000000000001' })).toEqual(remark);
    expect(remark).toMatchObject({ pupilId: LEA, label: 'Oubli de matériel', visible: true });
    expect((await listed()).remarks).toEqual([remark]);
    expect(school.store.items('pupilDay')).toEqual([]);
  });

  it('is read by the family where its kind is shown to them, and by school life in any case', async () => {
    const { note, family, dossier } = inLesson();
    await note('k_encouragement', { text: 'Très bel exposé' });
    await note('k_incident', { text: 'Dispute avec un camarade' });
    expect((await family()).remarks).toMatchObject([{ label: 'Encouragement', text: 'Très bel exposé', subject: 'Français', date: TODAY }]);
    const read = await dossier();
    expect(read.remarks).toEqual([
      { label: 'Encouragement', count: 1 },
      { label: 'Incident', count: 1 },
    ]);
    expect(read.timeline.filter(({ entry }) => entry === 'remark')).toMatchObject([
      { label: 'Encouragement', by: FERRAND },
      { label: 'Incident', visible: false },
    ]);
    expect(read.people[FERRAND]).toMatchObject({ familyName: 'Ferrand' });
  });

  it('is taken back once: the family reads it no more, the dossier reads that it was', async () => {
    const { school, note, undo, listed, family, dossier } = inLesson();
    const { remarkId } = await note('k_homework');
    const undone = await undo(remarkId);
    school.clock.move(60_000);
    expect(await undo(remarkId)).toEqual(undone);
    expect((await listed()).remarks).toEqual([]);
    expect((await family()).remarks).toEqual([]);
    expect(await dossier()).toMatchObject({ remarks: [], timeline: [{ entry: 'remark', undone: { by: FERRAND } }] });
    expect(school.store.items('remark')).toMatchObject([{ revision: 2 }]);
    await expect(undo('o_unknown01')).rejects.toMatchObject({ kind: 'missing' });
  });

  it('may be of a pupil who was added to the lesson, not of somebody who is none', async () => {
    const { note } = inLesson();
    await expect(note('k_involved', { pupilId: TOM })).resolves.toMatchObject({ pupilId: TOM });
    await expect(note('k_involved', { pupilId: MUM })).rejects.toMatchObject({ code: 'attendance.pupil-outside-lesson' });
  });

  it('is refused in a lesson of others, before it began, and of a kind the school does not have', async () => {
    const { school, note, undo, listed } = inLesson();
    const at = (lessonId: string, caller = ferrand) =>
      makeRemark({ params: { ...lesson, lessonId }, caller, ...request({ pupilId: LEA, kindId: 'k_equipment' }) }, school.ports);
    await expect(at(LATIN_TEN)).rejects.toMatchObject({ kind: 'missing' });
    await expect(at(LATIN_TEN, vasseur)).resolves.toMatchObject({ label: 'Oubli de matériel' });
    await expect(at(HISTORY)).rejects.toMatchObject({ code: 'attendance.lesson-in-future' });
    await expect(note('k_invented')).rejects.toMatchObject({ code: 'attendance.remark-kind-unknown' });
    const { remarkId } = await note('k_equipment');
    await expect(undo(remarkId, vasseur)).rejects.toMatchObject({ kind: 'missing' });
    await expect(listed(vasseur)).rejects.toMatchObject({ kind: 'missing' });
    await expect(undo(remarkId, brun)).resolves.toMatchObject({ remarkId });
  });
});
