import { describe, expect, it } from 'vitest';
import { readDossier } from '../../../functions/attendance/read-dossier.ts';
import { readExit } from '../../../functions/attendance/read-exit.ts';
import { readExitRules } from '../../../functions/attendance/read-exit-rules.ts';
import { setExitRight } from '../../../functions/attendance/set-exit-right.ts';
import { setExitRules } from '../../../functions/attendance/set-exit-rules.ts';
import { DEFAULT_EXIT_RIGHTS } from '../../../shared/attendance/exit-right.ts';
import { aSchool, brun, callerAt, FERRAND, LEA, OTHER_UAI, request, TODAY, TOM, UAI } from './a-school.ts';

const atSchool = () => {
  const school = aSchool();
  const read = (pupilId = LEA) => readExit({ params: { uai: UAI, date: TODAY, pupilId } }, school.ports);
  const sign = (right?: 'when-free' | 'usual-end' | 'never', pupilId = LEA, caller = brun) =>
    setExitRight({ params: { uai: UAI, pupilId }, caller, ...request({ ...(right && { right }) }) }, school.ports);
  const rules = (basedOn: number, over: Partial<typeof DEFAULT_EXIT_RIGHTS>) =>
    setExitRules(
      { params: { uai: UAI }, caller: brun, ...request({ basedOn, rights: { ...DEFAULT_EXIT_RIGHTS, ...over } }) },
      school.ports,
    );
  return { school, read, sign, rules };
};

describe('a pupil’s exit right', () => {
  it('is the school’s for their regime until a family signed another', async () => {
    const { read, sign } = atSchool();
    expect(await read()).toEqual({ right: 'usual-end', schools: 'usual-end', times: [{ from: 715, until: 1440 }] });
    expect(await sign('never')).toMatchObject({ right: 'never', schools: 'usual-end', own: { by: 'Mme Brun' } });
    expect(await read()).toMatchObject({ right: 'never', times: [] });
    expect(await sign()).toEqual({ right: 'usual-end', schools: 'usual-end' });
    expect(await read()).not.toHaveProperty('own');
  });

  it('is of the school year it was signed in: the next one begins with the school’s', async () => {
    const { read, sign, school } = atSchool();
    await sign('never');
    expect(await readExit({ params: { uai: UAI, date: '2027-07-01', pupilId: LEA } }, school.ports)).toMatchObject({ right: 'never' });
    expect(await readExit({ params: { uai: UAI, date: '2027-09-02', pupilId: LEA } }, school.ports)).not.toHaveProperty('own');
    school.clock.set('2027-08-30T09:00');
    await sign('when-free');
    expect(await readExit({ params: { uai: UAI, date: '2027-09-02', pupilId: LEA } }, school.ports)).toMatchObject({ right: 'when-free' });
    expect(await read()).toMatchObject({ right: 'when-free' });
  });

  it('says when they may leave: at the usual end, or earlier where the last lesson is cancelled', async () => {
    const { read, sign, school } = atSchool();
    // Tom has Latin at 10, and arts that are not held.
    const arts = school.lessons.find(({ subject }) => subject.label === 'Arts');
    if (arts) Object.assign(arts, { startMinute: 700, endMinute: 755 });
    expect((await read(TOM)).times).toEqual([{ from: 755, until: 1440 }]);
    await sign('when-free', TOM);
    expect((await read(TOM)).times).toEqual([{ from: 655, until: 1440 }]);
  });

  it('follows the school’s rules, which two people do not mix', async () => {
    const { read, rules, school } = atSchool();
    expect(await readExitRules({ params: { uai: UAI } }, school.ports)).toEqual({ rev: 0, rights: DEFAULT_EXIT_RIGHTS });
    await rules(0, { unknown: 'never' });
    expect(await read()).toMatchObject({ right: 'never', schools: 'never' });
    await expect(rules(0, {})).rejects.toMatchObject({ code: 'attendance.exit-rules-changed' });
    await expect(rules(1, {})).resolves.toMatchObject({ rev: 2 });
  });

  it('is told in the dossier: what the family signed, else the school’s', async () => {
    const { school, sign, rules } = atSchool();
    const dossier = async () =>
      (await readDossier({ params: { uai: UAI, pupilId: LEA }, caller: brun, ...request(undefined) }, school.ports)).pupil.exit;
    expect(await dossier()).toBe('usual-end');
    await rules(0, { unknown: 'never' });
    expect(await dossier()).toBe('never');
    await sign('when-free');
    expect(await dossier()).toBe('when-free');
  });

  it('is of a pupil of the school alone', async () => {
    const { read, sign } = atSchool();
    await expect(read(FERRAND)).rejects.toMatchObject({ kind: 'missing' });
    await expect(sign('never', FERRAND)).rejects.toMatchObject({ kind: 'missing' });
    await expect(sign('never', LEA, callerAt('staff', 'p_stranger', { uai: OTHER_UAI }))).rejects.toMatchObject({ kind: 'missing' });
  });
});
