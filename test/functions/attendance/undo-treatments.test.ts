import { describe, expect, it } from 'vitest';
import { treatAbsences } from '../../../functions/attendance/treat-absences.ts';
import { undoTreatments } from '../../../functions/attendance/undo-treatments.ts';
import { aSchool, brun, LEA, NOA, request, TODAY, UAI } from './a-school.ts';
import { dayOf, itemOf, missed } from './an-absence.ts';

const treatedSchool = async () => {
  const school = aSchool();
  await missed(school, [LEA, NOA]);
  const treat = (reasonId: string, over?: string) =>
    treatAbsences(
      { params: { uai: UAI }, caller: brun, ...request({ items: [itemOf(school, LEA, over)], reasonId, untilSeen: false }) },
      school.ports,
    );
  const first = (await treat('r_illness')).results[0]?.treatment?.treatmentId as string;
  const undo = (...treatmentIds: string[]) =>
    undoTreatments(
      {
        params: { uai: UAI },
        caller: brun,
        ...request({ items: treatmentIds.map((treatmentId) => ({ date: TODAY, pupilId: LEA, treatmentId })) }),
      },
      school.ports,
    );
  return { school, treat, first, undo };
};

describe('taking treatments back', () => {
  it('lets what stood before stand again, as an entry more', async () => {
    const { school, treat, first, undo } = await treatedSchool();
    const second = (await treat('r_awaiting', first)).results[0]?.treatment?.treatmentId as string;
    expect(dayOf(school, LEA).queue).toBe('open');
    expect((await undo(second)).results).toMatchObject([{ outcome: 'undone' }]);
    expect(dayOf(school, LEA).queue).toBeUndefined();
    expect(dayOf(school, LEA).treatments).toMatchObject([{ treatmentId: first }, { treatmentId: second }, { undoes: second }]);
    await undo(first);
    expect(dayOf(school, LEA).queue).toBe('open');
  });

  it('does it once however often it is asked, and says what was not there', async () => {
    const { school, first, undo } = await treatedSchool();
    await undo(first);
    expect((await undo(first, 't_unheard-of')).results.map(({ outcome }) => outcome)).toEqual(['undone', 'missing']);
    expect(dayOf(school, LEA).treatments).toHaveLength(2);
  });
});
