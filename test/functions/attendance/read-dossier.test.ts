import { describe, expect, it } from 'vitest';
import { justifyAbsence } from '../../../functions/attendance/justify-absence.ts';
import { logAction } from '../../../functions/attendance/log-action.ts';
import { readDossier } from '../../../functions/attendance/read-dossier.ts';
import { treatAbsences } from '../../../functions/attendance/treat-absences.ts';
import { aSchool, brun, DAD, FERRAND, LEA, MUM, mum, OTHER_UAI, request, TODAY, UAI } from './a-school.ts';
import { dayOf, itemOf, missed } from './an-absence.ts';

const read = (school: ReturnType<typeof aSchool>, query: { since?: string } = {}, uai = UAI) =>
  readDossier({ params: { uai, pupilId: LEA }, caller: brun, ...request(undefined), query }, school.ports);

describe('the dossier of a pupil', () => {
  it('tells what was seen, said and done, the last first, and who said it', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    const at = { uai: UAI, date: TODAY, pupilId: LEA };
    const episodeId = dayOf(school, LEA).episodes[0]?.episodeId as string;
    const next = () => school.clock.move(60_000);
    next();
    await justifyAbsence(
      { params: at, caller: mum, ...request({ episodeId, reason: 'illness' as const, withProof: false }) },
      school.ports,
    );
    next();
    await logAction({ params: at, caller: brun, ...request({ kind: 'answered', personId: DAD }) }, school.ports);
    next();
    await treatAbsences(
      { params: { uai: UAI }, caller: brun, ...request({ items: [itemOf(school, LEA)], reasonId: 'r_illness', untilSeen: false }) },
      school.ports,
    );
    school.store.forget();
    const dossier = await read(school);
    expect(school.store.consumed().map(({ kind }) => kind)).toEqual(['get', 'query', 'query', 'batch']);
    expect(dossier.timeline.map(({ entry }) => entry)).toEqual(['treatment', 'action', 'answer', 'observation']);
    expect(Object.keys(dossier.people).sort()).toEqual([brun.personId, DAD, FERRAND, MUM].sort());
    expect(dossier).toMatchObject({
      pupil: { pupilId: LEA, classLabel: '5e B', adult: false },
      unit: 'half-day',
      counters: { month: { halfDays: 1, halfDaysWithoutReason: 0 }, year: { halfDays: 1, absences: 1 } },
      absences: [{ halfDays: ['morning'], state: 'settled', treatment: { label: 'Maladie' }, proposed: 'r_illness' }],
      latenesses: [],
    });
  });

  it('draws the last thirty days, the closed half-days among them', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    const { strip } = await read(school);
    expect(strip).toHaveLength(30);
    expect(strip.at(-1)).toEqual({ date: TODAY, morning: 'absent' });
    // The Sunday before, and the Saturday before that.
    expect(strip.slice(-4, -2)).toMatchObject([{ afternoon: 'closed' }, { morning: 'closed', afternoon: 'closed' }]);
  });

  it('shows households, whom to call first first', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    const { households } = await read(school);
    expect(households.map(({ householdId, people }) => [householdId, people.map(({ personId }) => personId)])).toEqual([
      ['h1', [MUM]],
      ['h2', [DAD]],
    ]);
  });

  it('begins where it is asked to, and says that there is more', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    expect(await read(school, { since: '2026-09-16' })).toMatchObject({ timeline: [], earlier: true, counters: { year: { halfDays: 1 } } });
    expect(await read(school, { since: TODAY })).toMatchObject({ timeline: [{ entry: 'observation' }], earlier: false });
  });

  it('is missing at another school', async () => {
    const school = aSchool();
    await missed(school, [LEA]);
    await expect(read(school, {}, OTHER_UAI)).rejects.toMatchObject({ kind: 'missing' });
  });
});
