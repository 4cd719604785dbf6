import { describe, expect, it } from 'vitest';
import { justifyAbsence } from '../../../functions/attendance/justify-absence.ts';
import { listPupilAbsences } from '../../../functions/attendance/list-pupil-absences.ts';
import { readPupilAttendance } from '../../../functions/attendance/read-pupil-attendance.ts';
import { treatAbsences } from '../../../functions/attendance/treat-absences.ts';
import { aSchool, brun, dad, LEA, mum, request, TODAY, UAI } from './a-school.ts';
import { dayOf, itemOf, missed } from './an-absence.ts';

const scene = async () => {
  const school = aSchool();
  await missed(school, [LEA]);
  const list = () => listPupilAbsences({ params: { uai: UAI, pupilId: LEA } }, school.ports);
  const treat = (reasonId: string, over?: string) =>
    treatAbsences(
      {
        params: { uai: UAI },
        caller: brun,
        ...request({ items: [itemOf(school, LEA, over)], reasonId, remark: 'Certificat douteux', untilSeen: false }),
      },
      school.ports,
    );
  return { school, list, treat };
};

describe('the absences of a year, as a family reads them', () => {
  it('are open, then settled with the reason in words the school shows', async () => {
    const { list, treat } = await scene();
    expect((await list()).absences).toEqual([
      { date: TODAY, absenceId: expect.any(String), fromMinute: 540, untilMinute: 595, halfDays: ['morning'], state: 'open' },
    ]);
    const { results } = await treat('r_illness');
    expect(await list()).toMatchObject({
      counters: { month: { halfDays: 1, halfDaysWithoutReason: 0 }, year: { halfDays: 1 } },
      absences: [{ state: 'settled', justified: true, reason: 'Maladie' }],
    });
    await treat('r_bereavement', results[0]?.treatment?.treatmentId);
    const [absence] = (await list()).absences;
    expect(absence).toMatchObject({ state: 'settled', justified: true });
    expect(absence).not.toHaveProperty('reason');
  });

  it('tell nothing of what the other guardian answered, nor of school life’s remark', async () => {
    const { school, list, treat } = await scene();
    const episodeId = dayOf(school, LEA).episodes[0]?.episodeId as string;
    const before = await list();
    await justifyAbsence(
      {
        params: { uai: UAI, date: TODAY, pupilId: LEA },
        caller: mum,
        ...request({ episodeId, reason: 'travel' as const, withProof: false }),
      },
      school.ports,
    );
    expect(await list()).toEqual(before);
    await treat('r_none');
    expect(JSON.stringify(await list())).not.toMatch(/douteux|travel|p_claire01/);
  });

  it('are no more to be justified once they are settled', async () => {
    const { school, treat } = await scene();
    const home = async () =>
      (await readPupilAttendance({ params: { uai: UAI, pupilId: LEA }, caller: dad, ...request(undefined) }, school.ports)).toJustify;
    expect(await home()).toHaveLength(1);
    await treat('r_none');
    expect(await home()).toEqual([]);
  });
});
