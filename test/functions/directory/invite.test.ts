import { describe, expect, it } from 'vitest';
import { invite } from '../../../functions/directory/invite.ts';
import { invite as question } from '../../../shared/directory/questions.ts';
import { UAI } from './imports/job-double.ts';
import { again, callerOf, GUARDIANS, PUPILS, scene } from './scene.ts';

const asked = (given: object) =>
  question.input.parse({ uai: UAI, familyName: 'Roche', givenName: 'Inès', door: 'staff', duties: ['school-life'], ...given });

describe('inviting a person no file holds', () => {
  it('makes a record and a card with the duties', async () => {
    const school = await scene();
    const person = question.answer.parse(await invite(asked({ email: 'ines@example.org' }), school.ports));
    expect(person).toMatchObject({ door: 'staff', email: 'ines@example.org', duties: ['school-life'] });
    expect((await callerOf(school, person.personId)).card).toMatchObject({
      door: 'staff',
      schools: { [UAI]: { duties: ['school-life'] } },
    });
  });
  it('takes the same names at the same door for the same person', async () => {
    const school = await scene();
    const first = await invite(asked({}), school.ports);
    const second = await invite(asked({ familyName: 'ROCHE', duties: ['direction'] }), school.ports);
    expect(second).toMatchObject({ personId: first.personId, duties: ['direction', 'school-life'] });
    expect(school.directory.items('figures')[0]).toMatchObject({ loadedStaff: 1 });
  });
  it('gives an authority its schools', async () => {
    const school = await scene();
    const person = await invite(asked({ door: 'authority', duties: [], oversees: [UAI] }), school.ports);
    expect((await callerOf(school, person.personId)).card).toMatchObject({ door: 'authority', oversees: [UAI] });
  });
  it('is not undone by an import', async () => {
    const school = await scene();
    const { personId } = await invite(asked({}), school.ports);
    await again(school, PUPILS.slice(0, 2), GUARDIANS);
    expect(school.person('Inès Roche')).toMatchObject({ personId, listed: 'staff' });
  });
  it('needs a school', async () => {
    const school = await scene();
    await expect(invite(asked({ uai: '0750001A' }), school.ports)).rejects.toMatchObject({ code: 'request.not-found' });
  });
});
