import { describe, expect, it } from 'vitest';
import { restrictGuardian } from '../../../functions/directory/restrict-guardian.ts';
import { guards } from '../../../shared/kernel/index.ts';
import { UAI } from './imports/job-double.ts';
import { callerOf, input, scene, staff } from './scene.ts';

describe('a dated restriction', () => {
  it('begins and ends by itself, both days included', async () => {
    const school = await scene();
    const [pupilId, guardianId] = [school.person('Léa MARTIN').personId, school.person('Paul MARTIN').personId];
    await restrictGuardian(
      input(staff(), { uai: UAI, pupilId, guardianId }, { body: { from: '2026-10-01', until: '2026-10-31' } }),
      school.ports,
    );
    const { card } = await callerOf(school, guardianId);
    const on = (today: string) => guards.holds(card, { uai: UAI, pupilId }, today);
    expect(['2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01'].map(on)).toEqual([true, false, false, true]);
    expect(school.link('Paul MARTIN', 'Léa MARTIN')?.restriction).toMatchObject({ from: '2026-10-01', setBy: 'p_direction00' });
  });

  it('refuses one that ends before it begins', async () => {
    const school = await scene();
    const params = { uai: UAI, pupilId: school.person('Léa MARTIN').personId, guardianId: school.person('Paul MARTIN').personId };
    await expect(
      restrictGuardian(input(staff(), params, { body: { from: '2026-10-02', until: '2026-10-01' } }), school.ports),
    ).rejects.toMatchObject({ code: 'directory.dates-reversed' });
    expect(school.link('Paul MARTIN', 'Léa MARTIN')?.restriction).toBeUndefined();
  });
});
