import { describe, expect, it } from 'vitest';
import { beginEngagement } from '../../../functions/directory/begin-engagement.ts';
import { changeEngagement, endEngagement } from '../../../functions/directory/change-engagement.ts';
import { invite } from '../../../functions/directory/invite.ts';
import { listEngagements } from '../../../functions/directory/list-engagements.ts';
import { me } from '../../../functions/directory/me.ts';
import { beginEngagement as route } from '../../../shared/directory/engagement-routes.ts';
import { invite as invitation } from '../../../shared/directory/questions.ts';
import { directs, runsSchoolLife, teachesAt, worksAt } from '../../../shared/kernel/index.ts';
import { UAI } from './imports/job-double.ts';
import { again, callerOf, GUARDIANS, input, PUPILS, scene, staff } from './scene.ts';

const NORA = { door: 'staff', familyName: 'PETIT', givenName: 'Nora', duties: ['school-life'], until: '2026-09-18' };
type Scene = Awaited<ReturnType<typeof scene>>;
const begin = (school: Scene, given: object = {}) =>
  beginEngagement(input(staff(), { uai: UAI }, { body: route.body.parse({ ...NORA, ...given }) }), school.ports);
const change = (school: Scene, personId: string, body: object, caller = staff()) =>
  changeEngagement(input(caller, { uai: UAI, personId }, { body: body as Parameters<typeof changeEngagement>[0]['body'] }), school.ports);
const end = (school: Scene, personId: string, caller = staff()) => endEngagement(input(caller, { uai: UAI, personId }), school.ports);
const days = ['2026-09-18', '2026-09-19'];

describe('temporary staff', () => {
  it('have their duties until their last day, and nothing from the next on', async () => {
    const school = await scene();
    const { personId, ended } = await begin(school);
    expect(ended).toBe(false);
    const { card } = await callerOf(school, personId);
    const on = (today: string) => [runsSchoolLife.holds(card, { uai: UAI }, today), worksAt.holds(card, { uai: UAI }, today)];
    expect(days.map(on)).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(directs.holds(card, { uai: UAI }, '2026-09-18')).toBe(false);
  });

  it('are teachers as well, without any duty', async () => {
    const school = await scene();
    const { personId } = await begin(school, { door: 'teacher', duties: ['direction'] });
    const { card } = await callerOf(school, personId);
    expect(days.map((today) => teachesAt.holds(card, { uai: UAI }, today))).toEqual([true, false]);
    expect(card.schools[UAI]?.duties).toEqual([]);
  });

  it('outlive an import that does not know them, and keep their end', async () => {
    const school = await scene();
    const { personId } = await begin(school);
    await again(school, PUPILS.slice(0, 2), GUARDIANS);
    expect(school.person('Nora PETIT')).toMatchObject({ personId, listed: 'staff', until: '2026-09-18' });
  });

  it('come back to the same record', async () => {
    const school = await scene();
    const { personId } = await begin(school);
    expect(await begin(school, { until: '2026-12-18', duties: ['office'] })).toMatchObject({
      personId,
      until: '2026-12-18',
      duties: ['office'],
    });
    expect(school.directory.items('figures')[0]).toMatchObject({ loadedStaff: 1 });
  });

  it('are refused an engagement that is over, staff one without a duty, and whoever is there for good', async () => {
    const school = await scene();
    await expect(begin(school, { until: '2026-09-01' })).rejects.toMatchObject({ code: 'directory.engagement-over' });
    await expect(begin(school, { duties: [] })).rejects.toMatchObject({ code: 'directory.duty-missing' });
    await invite(
      invitation.input.parse({ uai: UAI, familyName: 'Petit', givenName: 'Nora', door: 'staff', duties: ['direction'] }),
      school.ports,
    );
    await expect(begin(school)).rejects.toMatchObject({ code: 'directory.already-at-school' });
    expect(school.person('Nora Petit').until).toBeUndefined();
  });

  it('stand on direction’s list, those first whose engagement ends soonest, then those whose engagement has ended', async () => {
    const school = await scene();
    await begin(school, { familyName: 'LATER', until: '2026-12-18' });
    const { personId } = await begin(school, { familyName: 'OVER' });
    await begin(school, { door: 'teacher', familyName: 'SOON', until: '2026-09-20' });
    await end(school, personId);
    const { engagements } = await listEngagements(input(staff(), { uai: UAI }), school.ports);
    expect(engagements.map(({ familyName, ended, door }) => [familyName, ended, door])).toEqual([
      ['SOON', false, 'teacher'],
      ['LATER', false, 'staff'],
      ['OVER', true, 'staff'],
    ]);
  });
});

describe('an engagement', () => {
  it('is ended at once: the home shows no school, record and account stay', async () => {
    const school = await scene();
    const { personId } = await begin(school, { until: '2026-12-18' });
    await end(school, personId);
    const caller = await callerOf(school, personId);
    expect(worksAt.holds(caller.card, { uai: UAI }, '2026-09-15')).toBe(false);
    expect((await me({ ...input(caller, {}), params: {} }, school.ports)).schools).toEqual([]);
    expect(school.person('Nora PETIT')).toMatchObject({ listed: 'staff', duties: ['school-life'] });
    expect(school.person('Nora PETIT')).not.toHaveProperty('departedOn');
  });

  it('is lengthened, gets other duties, and becomes one for good', async () => {
    const school = await scene();
    const { personId } = await begin(school);
    await change(school, personId, { until: '2026-10-02', duties: ['office', 'school-life'] });
    const link = async () => (await callerOf(school, personId)).card.schools[UAI];
    expect(await link()).toMatchObject({ until: '2026-10-02', duties: ['office', 'school-life'] });
    await change(school, personId, { until: null });
    expect(await link()).not.toHaveProperty('until');
    expect((await listEngagements(input(staff(), { uai: UAI }), school.ports)).engagements).toEqual([]);
  });

  it('of nobody else’s school or door is touched, nor one’s own', async () => {
    const school = await scene();
    const { personId } = await begin(school);
    await expect(change(school, school.person('Léa MARTIN').personId, { until: '2026-10-02' })).rejects.toMatchObject({ kind: 'missing' });
    await expect(change(school, 'p_nobody0001', { until: '2026-10-02' })).rejects.toMatchObject({ kind: 'missing' });
    await expect(change(school, personId, { until: '2026-10-02' }, await callerOf(school, personId))).rejects.toMatchObject({
      code: 'directory.not-yourself',
    });
    await expect(change(school, personId, { until: '2026-09-01' })).rejects.toMatchObject({ code: 'directory.engagement-over' });
    await expect(end(school, personId, await callerOf(school, personId))).rejects.toMatchObject({ code: 'directory.not-yourself' });
    await expect(end(school, school.person('Claire MARTIN').personId)).rejects.toMatchObject({ kind: 'missing' });
    await expect(change(school, personId, { until: '2026-10-02', duties: [] })).rejects.toMatchObject({ code: 'directory.duty-missing' });
  });
});
